"""The life of each dossier of a simulated past: when it came, how long it took, what was kept of it."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from statistics import NormalDist
from typing import Any, NamedTuple

from motcua.core.periods import VIETNAM
from motcua.core.references import root_of
from motcua.demo.simulation.demand import Offer, Share
from motcua.demo.simulation.scenario import Scenario
from motcua.dossiers.rules.recorded import Recorded

DIRECT, ONLINE, POST = 1, 2, 3
REFUSED, WITHDRAWN, DONE, RETURNED = 3, 7, 9, 10
SIGMA = NormalDist()
OFFICE = (450, 1020)  # minutes of a day in which desks take in


@dataclass(slots=True)
class Numbers:
    """The next number of each agency and day."""

    taken: Counter[tuple[str, date]] = field(default_factory=Counter)

    def code(self, agency: str, on: date) -> str:
        """A dossier code that no other dossier of this past has."""
        self.taken[agency, on] += 1
        return f"{agency}-{on:%y%m%d}-{self.taken[agency, on]:06d}"


def spread(source: Random, count: int) -> list[float]:
    """``count`` numbers from 0 to 1, evenly spread from an accidental start, in an accidental order.

    So a share of them lies below any bound, whatever the seed: rates differ by rounding only.
    """
    start = source.random()
    found = [(index + start) / count for index in range(count)]
    source.shuffle(found)
    return found


def pick(chances: Sequence[float], drawn: float) -> int:
    """The place of the chance into which a number from 0 to 1 falls; beyond all of them: their count."""
    for place, chance in enumerate(chances):
        if drawn < chance:
            return place
        drawn -= chance
    return len(chances)


class Calendar:
    """Days of a scenario, weighted by season, weekday and growth."""

    def __init__(self, scenario: Scenario) -> None:
        days = (scenario.last - scenario.first).days + 1
        self.days = [scenario.first + timedelta(days=n) for n in range(days)]
        weights = [self._weight(scenario, day) for day in self.days]
        whole = sum(weights)
        self._sums: list[float] = []
        so_far = 0.0
        for weight in weights:
            so_far += weight / whole
            self._sums.append(so_far)

    @staticmethod
    def _weight(scenario: Scenario, day: date) -> float:
        growth = 1 + scenario.growth * (day - scenario.first).days / 365.25
        return scenario.seasons[day.month - 1] * growth * (1.0 if day.weekday() < 5 else 0.12)

    def day(self, drawn: float) -> date:
        """The day into which a number from 0 to 1 falls."""
        low, high = 0, len(self._sums) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if drawn < self._sums[middle] else (middle + 1, high)
        return self.days[low]


def _working_days_later(moment: datetime, days: int) -> datetime:
    """The same hour so many working days later, weekends passed over."""
    weeks, rest = divmod(days, 5)
    moment += timedelta(days=7 * weeks)
    while rest or moment.weekday() > 4:
        moment += timedelta(days=1)
        rest -= 1 if moment.weekday() < 5 and rest else 0
    return moment


def past(scenario: Scenario, split: Sequence[Share], seed: int, source: str) -> Iterator[Recorded]:
    """Every dossier, one offer after another; the same seed gives the same past. Each keeps ``source``."""
    calendar, numbers = Calendar(scenario), Numbers()
    for share in split:
        offer = share.offer
        chance = Random(f"{seed} {offer.root} {offer.procedure} {offer.agencies[0]}")  # noqa: S311 - a load, no secret
        for channel, drawn in _draws(share, chance):
            day = calendar.day(drawn.day)
            agency = offer.agencies[_agency(drawn.agency, len(offer.agencies), offer.skew)]
            yield _one(
                offer, channel, drawn, chance, day, agency, code=numbers.code(agency, day), source=source
            )


class Draws(NamedTuple):
    """The accidents of one dossier, each a number from 0 to 1."""

    day: float
    agency: float
    filer: float
    result: float
    pace: float
    supplement: float
    money: float
    data: float
    end: float


def _draws(share: Share, chance: Random) -> Iterator[tuple[int, Draws]]:
    """Channel and accidents of each dossier; each way in spread by itself, so that shares in it hold."""
    posted = round(share.other * share.offer.behaviour.post)
    for channel, count in ((ONLINE, share.online), (POST, posted), (DIRECT, share.other - posted)):
        if count:
            for drawn in zip(*(spread(chance, count) for _ in Draws._fields), strict=True):
                yield channel, Draws(*drawn)


def _one(
    offer: Offer,
    channel: int,
    drawn: Draws,
    chance: Random,
    day: date,
    agency: str,
    *,
    code: str,
    source: str,
) -> Recorded:
    behaviour, online = offer.behaviour, channel == ONLINE
    minute = chance.randrange(1440) if online else chance.randrange(*OFFICE)
    received = datetime.combine(day, time(), tzinfo=VIETNAM) + timedelta(minutes=minute)
    asked_more = drawn.supplement < behaviour.supplement
    paused = int(600 + 8_000 * drawn.supplement / behaviour.supplement) if asked_more else 0
    return Recorded(
        code=code,
        procedure=offer.procedure,
        agency=agency,
        applicant_kind="citizen" if root_of(agency)[0] == "H" else "business",
        channel=channel,
        received_at=received,
        supplements=int(asked_more),
        paused_minutes=paused,
        supplement_requested_at=received + timedelta(hours=20) if asked_more else None,
        fee=offer.fee,
        synced=drawn.day < behaviour.synced,
        source=source,
        **_electronic(offer, online, drawn),
        **_times(offer, received, drawn, paused),
    )


def _electronic(offer: Offer, online: bool, drawn: Draws) -> dict[str, Any]:
    """Who filed, what was reused and paid, and how the result came."""
    behaviour = offer.behaviour
    result = behaviour.e_result_online if online else behaviour.e_result_direct
    visit = behaviour.visit if online else 1.0
    # one draw decides both, so that "online to the end" does not depend on how two draws meet
    kind = pick((result * (1 - visit), result * visit, (1 - result) * (1 - visit)), drawn.result)
    return {
        "filed_by": _filed_by(behaviour.helped, behaviour.officer, drawn.filer) if online else "officer",
        "visits": 1 if kind in {1, 3} else 0,
        "paid_online": online and offer.fee > 0 and drawn.money < behaviour.paid_online,
        "e_result": kind in {0, 1},
        "digitised": online or drawn.data < behaviour.reused * 2,
        "reused": drawn.data < behaviour.reused,
        "from_store": drawn.data < behaviour.from_store,
        "vneid": online and drawn.money < behaviour.vneid,
    }


def _agency(drawn: float, count: int, skew: float) -> int:
    whole = 1 - skew**count
    return min(count - 1, int(math.log(1 - drawn * whole) / math.log(skew)))


def _filed_by(helped: float, officer: float, drawn: float) -> str:
    return ("helped", "officer", "self")[pick((helped, officer), drawn)]


def _times(offer: Offer, received: datetime, drawn: Draws, paused: int) -> dict[str, Any]:
    """Promise, end and state: the limit times an accidental pace, a pause added to the end alone."""
    behaviour = offer.behaviour
    due = _working_days_later(received, offer.limit_days)
    pace = behaviour.pace * math.exp(behaviour.spread * SIGMA.inv_cdf(min(max(drawn.pace, 1e-6), 1 - 1e-6)))
    minutes = max(5, int((due - received).total_seconds() * pace / 60)) + paused
    finished = received + timedelta(minutes=minutes)
    which = pick((behaviour.refused, behaviour.withdrawn, 0.04), drawn.end)
    status = (REFUSED, WITHDRAWN, DONE, RETURNED)[which]
    handed = finished + timedelta(hours=1 + 40 * drawn.end) if status == RETURNED else None
    return {"due_at": due, "finished_at": finished, "returned_at": handed, "status": status}
