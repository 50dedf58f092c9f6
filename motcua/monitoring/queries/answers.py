"""What an answer about rates looks like."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.core.periods import Period
from motcua.core.texts import Text
from motcua.monitoring.rules.counting import Counts, average_days, rate_of
from motcua.monitoring.rules.definition import Definition, Factor
from motcua.monitoring.rules.targets import Target


@dataclass(frozen=True, slots=True)
class RateRow:
    """One row: counts are whole, ``rate`` and ``target`` per cent with two decimals.

    ``excluded``: dossiers left out with a reason; for procedures and services, those in the
    denominator whose level is not known.
    """

    scope: str
    name: Text
    numerator: int
    denominator: int
    excluded: int
    factors: tuple[Factor, ...]
    rate: Decimal | None
    target: Decimal | None


@dataclass(frozen=True, slots=True)
class RatesAnswer:
    """The rows of one definition for one period; the national row is always the first."""

    definition: Definition
    period: Period
    rows: tuple[RateRow, ...]

    def row(self, scope: str) -> RateRow | None:
        """The row of a scope, if it is there."""
        return next((row for row in self.rows if row.scope == scope), None)

    def as_record(self, locale: str = "vi") -> dict[str, Any]:
        """Plain JSON, exactly as contract.md prints it."""
        return {
            "definition": self.definition.rule,
            "revision": self.definition.revision,
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "rows": [_row_record(row, locale) for row in self.rows],
        }


def _row_record(row: RateRow, locale: str) -> dict[str, Any]:
    return {
        "scope": row.scope,
        "name": row.name.to(locale),
        "numerator": row.numerator,
        "denominator": row.denominator,
        "factors": [_factor_record(f) for f in row.factors],
        "rate": None if row.rate is None else float(row.rate),
        "target": None if row.target is None else float(row.target),
    }


def _factor_record(factor: Factor) -> dict[str, Any]:
    record: dict[str, Any] = {"name": factor.name, "value": float(factor.value)}
    if factor.assumed:
        record["assumed"] = True
    return record


def make_row(
    definition: Definition,
    scope: str,
    name: Text,
    counts: Counts,
    factors: tuple[Factor, ...],
    target: Target | None,
) -> RateRow:
    """A row from its counts. An average is shown for a single procedure only, in days."""
    n, d = counts.numerator, counts.denominator
    average = average_days(n, d) if scope.startswith("procedure:") else None
    return RateRow(
        scope=scope,
        name=name,
        numerator=counts.numerator,
        denominator=counts.denominator,
        excluded=counts.excluded,
        factors=factors,
        rate=average if definition.measured else rate_of(n, d, factors),
        target=target.percent if target else None,
    )


def in_order(names: Iterable[str]) -> list[str]:
    """Scopes in the order of rows: identifiers and codes ascending, numbers inside as numbers."""
    return sorted(
        names, key=lambda s: [(not p.isdigit(), int(p) if p.isdigit() else 0, p) for p in _parts(s)]
    )


def _parts(scope: str) -> list[str]:
    return scope.replace(":", ".").split(".")
