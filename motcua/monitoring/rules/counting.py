"""From predicates to counts: what one dossier adds to the rollups, and rates from sums."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from motcua.core.periods import end_of
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


def verdict(definition: Definition, facts: Facts, to: date) -> Verdict:
    """Where a dossier stands in a figure whose period ends with the day ``to``."""
    return verdict_at(definition, facts, end_of(to))


def verdict_at(definition: Definition, facts: Facts, end: datetime) -> Verdict:
    """The same by the first moment after the period."""
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


def rate_of(numerator: int, denominator: int, factors: Iterable[Factor] = ()) -> Decimal | None:
    """Per cent, half up to two decimals; None where the denominator is zero (not applicable)."""
    if denominator == 0:
        return None
    value = Decimal(100 * numerator)
    for factor in factors:
        value *= factor.value
    return (value / denominator).quantize(CENT, rounding=ROUND_HALF_UP)


def average_days(minutes: int, count: int) -> Decimal | None:
    """Days of 24 hours a dossier, two decimals; None where there is none."""
    return (Decimal(minutes) / 1440 / count).quantize(CENT, rounding=ROUND_HALF_UP) if count else None


def measured_factor(assumed: Factor, numerator: int, denominator: int) -> Factor:
    """The factor as counted, to six decimals; the assumed one where there is nothing to count."""
    if denominator == 0:
        return assumed
    value = (Decimal(numerator) / denominator).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)
    return Factor(assumed.name, value, assumed=False, words=assumed.words)


def reasons_of(cells: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Excluded dossiers by reason, without zeros, in the order of the reasons."""
    found: Counter[str] = Counter()
    for reason, count in cells:
        found[reason] += count
    return {reason: found[reason] for reason in sorted(found) if found[reason]}
