"""From people to dossiers of each service: what is asked for how often, and how many a sample holds of it."""

from dataclasses import dataclass
from datetime import date

from motcua.core.references import block_of
from motcua.demo.simulation.scenario import Behaviour, Root, Scenario

ONCE = 1.0  # a service that is not asked for online once in the whole time has no online dossier
NATIONAL_CODES = {"ministry": 7, "local": 8}  # first digit of made-up procedure codes


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure of a root: how often it is asked for in the whole time, and the levels it reached when."""

    procedure: str
    root: str
    agencies: tuple[str, ...]  # who handles it, most first
    skew: float  # each next agency has this share of what the one before it has
    requests: float
    online: float  # of them: online
    levels: tuple[tuple[date, str], ...]
    fee: int
    limit_days: int
    behaviour: Behaviour

    @property
    def level(self) -> str:
        """The level it has in the end."""
        return self.levels[-1][1] if self.levels else ""


@dataclass(frozen=True, slots=True)
class Share:
    """How many dossiers of an offer a simulated past holds."""

    offer: Offer
    online: int
    other: int


def offers(scenario: Scenario) -> list[Offer]:
    """Every procedure of every root (or those the scenario lists), with its demand."""
    if scenario.asked:
        return _listed(scenario)
    return [offer for root in scenario.roots for offer in _of_root(scenario, root)]


def _of_root(scenario: Scenario, root: Root) -> list[Offer]:
    """The most wanted procedure first: each next one is rarer; the phases put them online in that order."""
    block = block_of(root.identifier)
    behaviour = scenario.behaviours[block]
    asked = root.people * scenario.requests
    willing = behaviour.online_low + (behaviour.online_high - behaviour.online_low) * root.ready
    found = []
    for rank in range(root.procedures):
        requests = asked * (1 - behaviour.rarer) * behaviour.rarer**rank
        levels = _levels(scenario, root, rank)
        tries = requests * willing if levels[-1][1] != "information" else 0.0
        procedure = _code(block, root, rank)
        found.append(
            Offer(
                procedure=procedure,
                root=root.identifier,
                agencies=_agencies(root.identifier, scenario.branches),
                skew=scenario.skew,
                requests=requests,
                online=tries if tries >= ONCE else 0.0,
                levels=levels,
                fee=_fee(procedure, behaviour),
                limit_days=_limit(procedure),
                behaviour=behaviour,
            )
        )
    return found


def _levels(scenario: Scenario, root: Root, rank: int) -> tuple[tuple[date, str], ...]:
    """The day on which a procedure reached each level: those most wanted go first, so many a year."""
    found = []
    for phase in scenario.phases:
        a_year = {"partial": root.partial_a_year, "full": root.full_a_year}.get(phase.level, 1e9)
        year = phase.first_year + int(rank / a_year) if a_year > 0 else phase.last_year + 1
        if year <= phase.last_year:
            found.append((date(year, 1, 1), phase.level))
    return tuple(found)


def _listed(scenario: Scenario) -> list[Offer]:
    found = []
    for one in scenario.asked:
        root = one.agencies[0].split(".")[0]
        behaviour = scenario.behaviours[block_of(root)]
        requests = one.yearly * ((scenario.last - scenario.first).days + 1) / 365.25
        share = (behaviour.online_low + behaviour.online_high) / 2
        found.append(
            Offer(
                procedure=one.code,
                root=root,
                agencies=one.agencies,
                skew=scenario.skew,
                requests=requests,
                online=requests * share,
                levels=((date(2021, 1, 1), "full" if one.full else "partial"),),
                fee=_fee(one.code, behaviour),
                limit_days=_limit(one.code),
                behaviour=behaviour,
            )
        )
    return found


def _code(block: str, root: Root, rank: int) -> str:
    """Provinces handle the same procedures, each ministry its own."""
    own = int(root.identifier[1:3]) * 1000 if block == "ministry" else 0
    return f"{NATIONAL_CODES[block]}.{own + rank + 1:06d}"


def _agencies(root: str, branches: int) -> tuple[str, ...]:
    return tuple(f"{root}.{number}" for number in range(10, 10 + branches)) or (root,)


def _spread(text: str) -> int:
    """A number that looks accidental and is the same for ever (not Python's hash)."""
    value = 7
    for letter in text:
        value = (value * 131 + ord(letter)) % 1_000_003
    return value


def _fee(procedure: str, behaviour: Behaviour) -> int:
    drawn = _spread(procedure + "fee") % 1000 / 1000
    return (5_000, 8_000, 15_000, 50_000)[_spread(procedure) % 4] if drawn < behaviour.fee else 0


def _limit(procedure: str) -> int:
    return (1, 2, 3, 5, 7, 10, 15)[_spread(procedure + "limit") % 7]


def shares(found: list[Offer], dossiers: int) -> list[Share]:
    """Split a number of dossiers by demand; whatever is asked for online has one at least.

    The counts sum to ``dossiers`` exactly: what rounding leaves goes to the largest offers.
    """
    whole = sum(offer.requests for offer in found)
    scale = dossiers / whole
    split = []
    for offer in found:
        online = max(1, int(offer.online * scale)) if offer.online else 0
        split.append([online, int((offer.requests - offer.online) * scale)])
    left = dossiers - sum(online + other for online, other in split)
    order = sorted(range(len(found)), key=lambda i: -found[i].requests)
    step = 1 if left > 0 else -1
    place = 0
    while left:
        row = split[order[place % len(order)]]
        column = 0 if row[0] > 1 and found[order[place % len(order)]].online else 1
        if row[column] + step >= (1 if column == 0 else 0):
            row[column] += step
            left -= step
        place += 1
    return [Share(offer, *row) for offer, row in zip(found, split, strict=True)]
