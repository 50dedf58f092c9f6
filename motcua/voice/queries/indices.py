"""Reads of outside indices: public figures, the same for everybody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from motcua.core.actor import Actor
from motcua.core.folding import fold
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.voice.gateways import book
from motcua.voice.models import IndexScore
from motcua.voice.rules.book import Book
from motcua.voice.rules.indices import IndexRow, Interval, Middle, four, middle, ranked
from motcua.voice.rules.standing import PartStanding, dimensions_of, parts_of, peers_of

PAPI = "papi"
MOST_PEERS = 5


@dataclass(frozen=True, slots=True)
class PapiYear:
    """PAPI of one year: rows best first, exact; ``parts`` by subject for opening a dimension."""

    year: int
    rows: tuple[IndexRow, ...]
    middle: Middle | None
    parts: dict[str, dict[str, Decimal | None]]
    book: Book
    intervals: dict[str, dict[str, Interval]] = field(default_factory=dict)  # where they were published

    @property
    def ranked(self) -> int:
        """How many subjects have a composite."""
        return self.middle.counted if self.middle else 0

    def row(self, subject: str) -> IndexRow | None:
        """The row of a subject, if it is there."""
        return next((row for row in self.rows if row.subject == subject), None)

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
    intervals: dict[str, dict[str, Interval]] = {}
    for subject, part, value, low, high in found.values_list("subject", "part", "value", "low", "high"):
        parts.setdefault(subject, {})[part] = value
        if low is not None and high is not None:
            intervals.setdefault(subject, {})[part] = (low, high)
    known = book(PAPI)
    rows = tuple(ranked(parts, known))
    return PapiYear(year, rows, middle(rows), parts, known, intervals)


def papi_years(*, actor: Actor) -> tuple[int, ...]:
    """The years that were imported, newest first."""
    years = IndexScore.objects.filter(index=PAPI).order_by("-year").values_list("year", flat=True)
    return tuple(years.distinct())


def papi_provinces(year: int, *, actor: Actor) -> tuple[tuple[str, Text], ...]:
    """Code and name of each province that a year was imported for, by its Vietnamese name."""
    codes = IndexScore.objects.filter(index=PAPI, year=year).values_list("subject", flat=True).distinct()
    known = book(PAPI).subjects
    return tuple(sorted(((c, known[c].name) for c in codes if c in known), key=lambda one: fold(one[1].vi)))


@dataclass(frozen=True, slots=True)
class PapiPoint:
    """One year of a subject: its composite and rank, and how many were ranked."""

    year: int
    row: IndexRow | None
    ranked: int


@dataclass(frozen=True, slots=True)
class PapiSubject:
    """One province in one year beside all others, and its course over the years (oldest first)."""

    year: PapiYear
    before: int | None  # the imported year before it
    row: IndexRow
    dimensions: tuple[PartStanding, ...]
    parts: tuple[PartStanding, ...]  # the one that costs most first
    trend: tuple[PapiPoint, ...]
    peers: tuple[IndexRow, ...]


def papi_subject(year: int, subject: str, *, peers: Iterable[str] = (), actor: Actor) -> PapiSubject:
    """A province of PAPI; raises ``NotFound`` when the year has no such subject."""
    found = {one: papi(one, actor=actor) for one in papi_years(actor=actor)}
    if year not in found or (row := found[year].row(subject)) is None:
        raise NotFound
    here = found[year]
    before = max((one for one in found if one < year), default=None)
    earlier = found[before] if before is not None else None
    return PapiSubject(
        year=here,
        before=before,
        row=row,
        dimensions=dimensions_of(subject, here.rows, earlier.rows if earlier else (), here.book),
        parts=parts_of(subject, here.parts, earlier.parts if earlier else {}, here.book),
        trend=tuple(PapiPoint(one, found[one].row(subject), found[one].ranked) for one in sorted(found)),
        peers=peers_of(peers, here.rows, MOST_PEERS),
    )
