"""Outside indices by their published rules: parts, dimensions, composite, rank (domain.md §7)."""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from statistics import mean, median

from motcua.voice.rules.book import Book

FOUR = Decimal("0.0001")
# a part of four lies between 0.25 and 2.5, of three between 0.33 and 3.33 (domain.md §7); files round
LEAST, MOST = Decimal("0.24"), Decimal("3.35")
EMPTY = frozenset({"", "na", "n/a", "nan", "-", ".", "null", "none"})

Interval = tuple[Decimal, Decimal]
Scores = Mapping[str, Mapping[str, Decimal | None]]  # subject → part → value


class LineRefused(ValueError):
    """A line that cannot be read; its words name the column and the reason."""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One subject in one year; ``dimensions`` in the book's order, None where a part is missing."""

    subject: str
    dimensions: tuple[Decimal | None, ...]
    composite: Decimal | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Middle:
    """Two different middles of the composites: never called "the average" without saying which."""

    median: Decimal
    mean: Decimal
    counted: int


def score(column: str, text: str | None) -> Decimal | None:
    """A cell: a number within the scale, or None where nothing was published. Raises ``LineRefused``."""
    cell = (text or "").strip()
    if cell.casefold() in EMPTY:
        return None
    try:
        value = Decimal(cell)
    except InvalidOperation:
        raise LineRefused(f"{column}: {cell!r:.40} is no number") from None
    if not value.is_finite() or not LEAST <= value <= MOST:
        raise LineRefused(f"{column}: {cell!r:.40} is outside the scale {LEAST} to {MOST}")
    return value.quantize(Decimal("1.000000000"))


def columns(header: Sequence[str], book: Book) -> tuple[str, dict[str, str]]:
    """Which column holds the subject, and which the parts (code → column as written).

    Raises ``LineRefused`` when there is no column of subjects or none of the parts.
    """
    subject = next((h for h in header if h.strip().casefold() in {"province", "code"}), None)
    parts = {code: h for h in header if (code := h.strip().upper()) in book.parts}
    if subject is None or not parts:
        raise LineRefused("the first line must be Province,SC11,SC12,… (codes of the code book)")
    return subject, parts


def bounds(header: Sequence[str], parts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Columns of a published interval by part: ``SC11_LOW`` and ``SC11_HIGH``, both or none.

    Raises ``LineRefused`` where one of the two is absent.
    """
    written = {h.strip().upper(): h for h in header}
    found = {}
    for part in parts:
        pair = (written.get(f"{part}_LOW"), written.get(f"{part}_HIGH"))
        if pair[0] and pair[1]:
            found[part] = (pair[0], pair[1])
        elif any(pair):
            raise LineRefused(f"{part}: give both {part}_LOW and {part}_HIGH")
    return found


def read_bounds(
    raw: Mapping[str, str | None], values: Mapping[str, Decimal | None], found: Mapping[str, tuple[str, str]]
) -> dict[str, Interval]:
    """The interval of each part of one subject. Raises ``LineRefused`` when it does not hold its value."""
    read: dict[str, Interval] = {}
    for part, (low_column, high_column) in found.items():
        low, high = score(low_column, raw.get(low_column)), score(high_column, raw.get(high_column))
        value = values[part]
        if (low is None) != (high is None):
            raise LineRefused(f"{part}: an interval has two ends")
        if low is not None and high is not None:
            if value is None or not low <= value <= high:
                raise LineRefused(f"{part}: the value does not lie within {low} to {high}")
            read[part] = (low, high)
    return read


def read_line(
    raw: Mapping[str, str | None], subject: str, parts: Mapping[str, str], book: Book
) -> tuple[str, dict[str, Decimal | None]]:
    """One subject's parts. Raises ``LineRefused``."""
    code = (raw.get(subject) or "").strip().upper()
    if code not in book.subjects:
        raise LineRefused(f"{subject}: {code!r:.40} is not in the code book")
    if None in raw:
        raise LineRefused("more cells than columns")
    return code, {part: score(part, raw.get(column)) for part, column in parts.items()}


def not_csv(error: csv.Error) -> str:
    """Words for a line that is no CSV."""
    return f"not CSV: {error}"


def published_parts(scores: Scores) -> frozenset[str]:
    """Parts that have a value for at least one subject: the others were not published that year."""
    return frozenset(part for values in scores.values() for part, v in values.items() if v is not None)


def dimension(
    values: Mapping[str, Decimal | None], parts: Iterable[str], published: Collection[str]
) -> Decimal | None:
    """The sum of the published parts; None where one is missing, or none was published."""
    found = [values.get(part) for part in parts if part in published]
    known = [value for value in found if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(found) else None


def ranked(scores: Scores, book: Book) -> list[IndexRow]:
    """All subjects of a year, best composite first; those without one last, in the book's order.

    The composite is the unweighted sum of the dimensions that were published that year. Equal
    composites share a rank.
    """
    published = published_parts(scores)
    in_use = [bool(set(book.parts_of(d)) & published) for d in book.dimensions]
    rows: list[tuple[str, tuple[Decimal | None, ...], Decimal | None]] = []
    for subject in book.subjects:
        if subject in scores:
            found = tuple(dimension(scores[subject], book.parts_of(d), published) for d in book.dimensions)
            needed = [value for value, used in zip(found, in_use, strict=True) if used]
            known = [value for value in needed if value is not None]
            whole = sum(known, Decimal(0)) if known and len(known) == len(needed) else None
            rows.append((subject, found, whole))
    composites = [whole for _, _, whole in rows if whole is not None]
    ranks = {whole: 1 + sum(other > whole for other in composites) for whole in set(composites)}
    best_first = sorted(rows, key=lambda row: (row[2] is None, -(row[2] or 0)))
    return [
        IndexRow(subject, found, whole, None if whole is None else ranks[whole])
        for subject, found, whole in best_first
    ]


def middle(rows: Iterable[IndexRow]) -> Middle | None:
    """Median and mean of the composites, four decimals; None where there is none."""
    found = [row.composite for row in rows if row.composite is not None]
    return Middle(four(median(found)), four(mean(found)), len(found)) if found else None


def four(value: Decimal) -> Decimal:
    """Four decimals, half up, as PAPI is published."""
    return value.quantize(FOUR, rounding=ROUND_HALF_UP)
