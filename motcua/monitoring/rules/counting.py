"""From predicates to counts: what one dossier adds to the rollups, and rates from sums."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from motcua.core.periods import end_of, local_day
from motcua.monitoring.rules.definition import Definition, Factor
from motcua.monitoring.rules.facts import Facts
from motcua.monitoring.rules.predicates import Reason

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where one dossier stands in one figure for one end of the period."""

    numerator: int = 0
    denominator: int = 0
    excluded: int = 0
    reason: str = ""


OUT = Verdict()


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One cell of the rollups. ``since_on``: the cell counts for periods that end on that day or later."""

    definition: str
    revision: int
    received_on: date
    since_on: date
    agency_id: int
    procedure: str
    place: str
    channel: int  # 0 = unknown
    filed_by: str
    level: str
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Signed counts of a cell."""

    numerator: int = 0
    denominator: int = 0
    excluded: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.excluded + other.excluded,
        )

    def __neg__(self) -> "Counts":
        return Counts(-self.numerator, -self.denominator, -self.excluded)

    def __bool__(self) -> bool:
        return bool(self.numerator or self.denominator or self.excluded)


Contribution = dict[Key, Counts]


def verdict(definition: Definition, facts: Facts, to: date) -> Verdict:
    """Where a dossier stands in a figure whose period ends with the day ``to``."""
    end = end_of(to)
    if facts.received_at is None:
        return OUT
    counted = definition.denominator(facts, end)
    if isinstance(counted, Reason):
        return Verdict(excluded=1, reason=counted)
    if not counted:
        return OUT
    hit = definition.numerator(facts, end)
    if isinstance(hit, Reason):
        return Verdict(excluded=1, reason=hit)
    return Verdict(numerator=int(hit), denominator=1)


def contribution(definitions: Iterable[Definition], facts: Facts) -> Contribution:
    """All cells that one dossier adds to, over all definitions counted by dossier; empty if not received."""
    cells: Contribution = {}
    if facts.received_at is None:
        return cells
    first = local_day(facts.received_at)
    for definition in definitions:
        turn = definition.changes_on(facts)
        if turn is None or turn <= first:
            _add(cells, definition, facts, first, verdict(definition, facts, turn or first), 1)
            continue
        before = verdict(definition, facts, turn - timedelta(days=1))
        after = verdict(definition, facts, turn)
        _add(cells, definition, facts, first, before, 1)
        if before != after:
            _add(cells, definition, facts, turn, before, -1)
            _add(cells, definition, facts, turn, after, 1)
    return {key: counts for key, counts in cells.items() if counts}


def _add(
    cells: Contribution, definition: Definition, facts: Facts, since: date, standing: Verdict, sign: int
) -> None:
    if facts.received_at is None or standing == OUT:
        return
    key = Key(
        definition=definition.identifier,
        revision=definition.revision,
        received_on=local_day(facts.received_at),
        since_on=since,
        agency_id=facts.agency_id,
        procedure=facts.procedure,
        place=facts.place,
        channel=facts.channel or 0,
        filed_by=facts.filed_by,
        level=facts.level,
        reason=standing.reason,
    )
    one = Counts(sign * standing.numerator, sign * standing.denominator, sign * standing.excluded)
    cells[key] = cells.get(key, Counts()) + one


def difference(before: Contribution, after: Contribution) -> Contribution:
    """What must be added to the rollups so that ``before`` becomes ``after``."""
    keys = sorted({*before, *after})
    changes = {key: after.get(key, Counts()) + -before.get(key, Counts()) for key in keys}
    return {key: counts for key, counts in changes.items() if counts}


def rate_of(numerator: int, denominator: int, factors: Iterable[Factor] = ()) -> Decimal | None:
    """Per cent, half up to two decimals; None where the denominator is zero (not applicable)."""
    if denominator == 0:
        return None
    value = Decimal(100 * numerator)
    for factor in factors:
        value *= factor.value
    return (value / denominator).quantize(CENT, rounding=ROUND_HALF_UP)


def reasons_of(cells: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Excluded dossiers by reason, without zeros, in the order of the reasons."""
    found: Counter[str] = Counter()
    for reason, count in cells:
        found[reason] += count
    return {reason: found[reason] for reason in sorted(found) if found[reason]}
