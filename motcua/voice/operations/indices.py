"""Reading files of outside indices."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.voice.gateways import book, lines
from motcua.voice.models import IndexScore
from motcua.voice.rules.indices import (
    Interval,
    LineRefused,
    bounds,
    columns,
    not_csv,
    read_bounds,
    read_line,
)

PAPI = "papi"
Values = dict[str, Decimal | None]
Row = tuple[str, Values, dict[str, Interval]]


class IndexFileRefused(Refusal):
    """The file as a whole cannot be read."""

    code = "index_file_unreadable"
    cause = Text("Không đọc được {name}: {why}.", "{name} cannot be read: {why}.")
    next_step = Text(
        "Dùng tệp CSV UTF-8 với dòng đầu Province,SC11,SC12,…",
        "Give a CSV file in UTF-8 whose first line is Province,SC11,SC12,…",
    )
    status = 422


@dataclass(slots=True)
class IndexCounts:
    """What an import did, in subjects (lines); ``refused`` holds line number and reason."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_papi(*, path: Path, year: int, actor: Actor, now: datetime) -> IndexCounts:
    """Read sub-dimensions of PAPI by province for a year; the same file again changes nothing.

    A province named twice in one file is refused the second time. Raises ``IndexFileRefused``.
    """
    counts = IndexCounts()
    with transaction.atomic():
        for row in _read(path, counts):
            _keep(row, year, path.name, counts, now)
        if counts.new or counts.changed:
            data = {
                "index": PAPI,
                "year": year,
                "file": path.name,
                "new": counts.new,
                "changed": counts.changed,
            }
            append(stream=f"voice:{PAPI}", kind="voice.index_imported", data=data, actor=actor, now=now)
    return counts


def _read(path: Path, counts: IndexCounts) -> Iterator[Row]:
    known, seen, number = book(PAPI), set[str](), 1
    try:
        numbered = lines(path)
        _, header = next(numbered)
        subject, parts = columns(list(header), known)
        pairs = bounds(list(header), parts)
        for number, raw in numbered:
            try:
                code, values = read_line(raw, subject, parts, known)
                intervals = read_bounds(raw, values, pairs)
                if code in seen:
                    raise LineRefused(f"{subject}: {code} stands in this file already")
                seen.add(code)
            except LineRefused as why:
                counts.refused.append((number, str(why)))
            else:
                yield code, values, intervals
    except csv.Error as error:
        counts.refused.append((number + 1, not_csv(error)))
    except (LineRefused, UnicodeDecodeError) as why:
        raise IndexFileRefused(name=path.name, why=why) from why


def _keep(row: Row, year: int, source: str, counts: IndexCounts, now: datetime) -> None:
    subject, values, intervals = row
    rows = IndexScore.objects.filter(index=PAPI, year=year, subject=subject)
    old = {part: told for part, *told in rows.order_by("part").values_list("part", "value", "low", "high")}
    new = {part: [value, *intervals.get(part, (None, None))] for part, value in values.items()}
    changed = {part: told for part, told in new.items() if old.get(part) != told}
    if not changed:
        counts.unchanged += 1
        return
    counts.new, counts.changed = counts.new + (not old), counts.changed + bool(old)
    IndexScore.objects.bulk_create(
        [
            IndexScore(
                index=PAPI,
                year=year,
                subject=subject,
                part=part,
                value=value,
                low=low,
                high=high,
                source=source,
                imported_at=now,
            )
            for part, (value, low, high) in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["index", "year", "subject", "part"],
        update_fields=["value", "low", "high", "source", "imported_at"],
    )
