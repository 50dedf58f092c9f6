"""Where one subject of an outside index stands: its distance to others, and which parts cost it most."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from motcua.voice.rules.book import Book
from motcua.voice.rules.indices import IndexRow, published_parts

Parts = Mapping[str, Mapping[str, Decimal | None]]  # subject → part → value


@dataclass(frozen=True, slots=True)
class PartStanding:
    """A dimension or part of one subject beside all others; None where nothing was published."""

    code: str
    own: Decimal | None
    before: Decimal | None  # the subject's own of the year before that was imported
    median: Decimal | None
    best: Decimal | None
    best_subject: str

    @property
    def change(self) -> Decimal | None:
        """Against the year before."""
        return None if self.own is None or self.before is None else self.own - self.before

    @property
    def to_median(self) -> Decimal | None:
        """Own less the median: negative where it is behind."""
        return None if self.own is None or self.median is None else self.own - self.median

    @property
    def cost(self) -> Decimal | None:
        """Points of the composite that are missing to the best subject of that part."""
        return None if self.own is None or self.best is None else self.best - self.own


def dimensions_of(
    subject: str, rows: Sequence[IndexRow], before: Sequence[IndexRow], book: Book
) -> tuple[PartStanding, ...]:
    """Each dimension of a subject, in the book's order."""
    return tuple(
        _standing(
            code,
            subject,
            {row.subject: row.dimensions[place] for row in rows},
            {row.subject: row.dimensions[place] for row in before},
        )
        for place, code in enumerate(book.dimensions)
    )


def parts_of(subject: str, parts: Parts, before: Parts, book: Book) -> tuple[PartStanding, ...]:
    """Each published part of a subject, the one that costs most points first."""
    published = published_parts(parts)
    found = [
        _standing(
            code,
            subject,
            {other: values.get(code) for other, values in parts.items()},
            {other: values.get(code) for other, values in before.items()},
        )
        for code in book.parts
        if code in published
    ]
    return tuple(sorted(found, key=lambda p: (p.cost is None, -(p.cost or 0), p.code)))


def _standing(
    code: str, subject: str, now: Mapping[str, Decimal | None], before: Mapping[str, Decimal | None]
) -> PartStanding:
    known = {other: value for other, value in now.items() if value is not None}
    best = max(known, key=lambda other: (known[other], other), default="")
    return PartStanding(
        code=code,
        own=now.get(subject),
        before=before.get(subject),
        median=median(known.values()) if known else None,
        best=known.get(best),
        best_subject=best,
    )


def peers_of(asked: Iterable[str], rows: Iterable[IndexRow], most: int) -> tuple[IndexRow, ...]:
    """The rows of some subjects, best first as given, each once; unknown ones are passed over."""
    wanted = set(list(dict.fromkeys(asked))[:most])
    return tuple(row for row in rows if row.subject in wanted)
