"""The life of each dossier of a simulated past: when it came, how long it took, what was kept of it."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from statistics import NormalDist
from typing import Any

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


def past(scenario: Scenario, split: Sequence[Share], seed: int) -> Iterator[Recorded]:
    """Every dossier, one offer after another; the same seed gives the same past."""
    calendar, numbers = Calendar(scenario), Numbers()
    said = f"simulate {scenario.name} seed {seed}"
    for share in split:
        source = Random(f"{seed} {share.offer.root} {share.offer.procedure} {share.offer.agencies[0]}")  # noqa: S311 - a load, no secret
        yield from _of_offer(share, source, calendar, numbers, said)


def _of_offer(
    share: Share, source: Random, calendar: Calendar, numbers: Numbers, said: str
) -> Iterator[Recorded]:
    channels = [ONLINE] * share.online
    posted = round(share.other * share.offer.behaviour.post)
    channels += [POST] * posted + [DIRECT] * (share.other - posted)
    # each way in is spread by itself, so that shares within it hold as well
    for channel in (ONLINE, POST, DIRECT):
        count = channels.count(channel)
        if count:
            draws = zip(*(spread(source, count) for _ in range(9)), strict=True)
            for drawn in draws:
                yield _one(share.offer, channel, drawn, source, calendar, numbers, said)


def _one(
    offer: Offer,
    channel: int,
    drawn: Sequence[float],
    source: Random,
    calendar: Calendar,
    numbers: Numbers,
    said: str,
) -> Recorded:
    by_day, by_agency, by_filer, by_result, by_pace, by_supplement, by_money, by_data, by_end = drawn
    behaviour, online = offer.behaviour, channel == ONLINE
    day = calendar.day(by_day)
    minute = source.randrange(1440) if online else source.randrange(*OFFICE)
    received = datetime.combine(day, time(), tzinfo=VIETNAM) + timedelta(minutes=minute)
    agency = offer.agencies[_agency(by_agency, len(offer.agencies), offer.skew)]
    result = behaviour.e_result_online if online else behaviour.e_result_direct
    visit = behaviour.visit if online else 1.0
    # one draw decides both, so that "online to the end" does not depend on how two draws meet
    kind = pick((result * (1 - visit), result * visit, (1 - result) * (1 - visit)), by_result)
    e_result, visited = kind in {0, 1}, kind in {1, 3}
    asked_more = by_supplement < behaviour.supplement
    paused = int(600 + 8_000 * by_supplement / behaviour.supplement) if asked_more else 0
    times = _times(offer, received, by_pace, by_end, paused)
    return Recorded(
        code=numbers.code(agency, day),
        procedure=offer.procedure,
        agency=agency,
        applicant_kind="citizen" if root_of(agency)[0] == "H" else "business",
        channel=channel,
        filed_by=_filed_by(behaviour.helped, behaviour.officer, by_filer) if online else "officer",
        received_at=received,
        supplements=int(asked_more),
        paused_minutes=paused,
        supplement_requested_at=received + timedelta(hours=20) if asked_more else None,
        visits=1 if visited else 0,
        fee=offer.fee,
        paid_online=online and offer.fee > 0 and by_money < behaviour.paid_online,
        e_result=e_result,
        digitised=online or by_data < behaviour.reused * 2,
        reused=by_data < behaviour.reused,
        from_store=by_data < behaviour.from_store,
        vneid=online and by_money < behaviour.vneid,
        synced=by_agency < behaviour.synced,
        source=said,
        **times,
    )


def _agency(drawn: float, count: int, skew: float) -> int:
    whole = 1 - skew**count
    return min(count - 1, int(math.log(1 - drawn * whole) / math.log(skew)))


def _filed_by(helped: float, officer: float, drawn: float) -> str:
    return ("helped", "officer", "self")[pick((helped, officer), drawn)]


def _times(offer: Offer, received: datetime, by_pace: float, by_end: float, paused: int) -> dict[str, Any]:
    """Promise, end and state: the limit times an accidental pace, a pause added to the end alone."""
    behaviour = offer.behaviour
    due = _working_days_later(received, offer.limit_days)
    pace = behaviour.pace * math.exp(behaviour.spread * SIGMA.inv_cdf(min(max(by_pace, 1e-6), 1 - 1e-6)))
    minutes = max(5, int((due - received).total_seconds() * pace / 60)) + paused
    finished = received + timedelta(minutes=minutes)
    which = pick((behaviour.refused, behaviour.withdrawn, 0.04), by_end)
    status = (REFUSED, WITHDRAWN, DONE, RETURNED)[which]
    handed = finished + timedelta(hours=1 + 40 * by_end) if status == RETURNED else None
    return {"due_at": due, "finished_at": finished, "returned_at": handed, "status": status}
