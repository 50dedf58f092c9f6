"""Reads of outside indices: public figures, the same for everybody."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.core.actor import Actor
from motcua.voice.gateways import book
from motcua.voice.models import IndexScore
from motcua.voice.rules.book import Book
from motcua.voice.rules.indices import IndexRow, Middle, four, middle, ranked

PAPI = "papi"


@dataclass(frozen=True, slots=True)
class PapiYear:
    """PAPI of one year: rows best first, exact; ``parts`` by subject for opening a dimension."""

    year: int
    rows: tuple[IndexRow, ...]
    middle: Middle | None
    parts: dict[str, dict[str, Decimal | None]]
    book: Book

    def as_record(self) -> dict[str, Any]:
        """Plain JSON as contract.md prints it: four decimals, null where a part is missing."""
        return {"year": self.year, "rows": [self._row(row) for row in self.rows]}

    def _row(self, row: IndexRow) -> dict[str, Any]:
        return {
            "province": self.book.subjects[row.subject].name.en,
            "code": row.subject,
            "dimensions": [_number(value) for value in row.dimensions],
            "composite": _number(row.composite),
            "rank": row.rank,
        }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(four(value))


def papi(year: int, *, actor: Actor) -> PapiYear:
    """PAPI of a year from its parts; without rows when the year was not imported."""
    found = IndexScore.objects.filter(index=PAPI, year=year).order_by("subject", "part")
    parts: dict[str, dict[str, Decimal | None]] = {}
    for subject, part, value in found.values_list("subject", "part", "value"):
        parts.setdefault(subject, {})[part] = value
    known = book(PAPI)
    rows = tuple(ranked(parts, known))
    return PapiYear(year, rows, middle(rows), parts, known)


def papi_years(*, actor: Actor) -> tuple[int, ...]:
    """The years that were imported, newest first."""
    years = IndexScore.objects.filter(index=PAPI).order_by("-year").values_list("year", flat=True)
    return tuple(years.distinct())
