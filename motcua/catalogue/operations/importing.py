"""Import of the national database's files: each line read, kept or refused by name; constant memory."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction

from motcua.catalogue.gateways import Line, read_lines
from motcua.catalogue.operations.records import Change, keep
from motcua.catalogue.rules.exchange import is_own, read_own
from motcua.catalogue.rules.facts import to_record
from motcua.catalogue.rules.national import Refused, read_record, read_row
from motcua.core.actor import Actor
from motcua.core.canonical import digest

BATCH = 100
MOST_REFUSED = 1_000  # refused lines kept with their reason; beyond it they are only counted


@dataclass(slots=True)
class ImportCounts:
    """What an import did. ``refused`` holds (line, reason); ``refused_count`` counts all of them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused_count: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """Lines that were read."""
        return self.new + self.changed + self.unchanged + self.refused_count

    def refuse(self, line: int, reason: str) -> None:
        """Note a line that was not kept."""
        self.refused_count += 1
        if len(self.refused) < MOST_REFUSED:
            self.refused.append((line, reason))


def import_procedures(
    path: str | Path,
    *,
    actor: Actor,
    now: datetime,
    progress: Callable[[ImportCounts], None] | None = None,
) -> ImportCounts:
    """Import one ``.jsonl`` or ``.xlsx`` file; the same file twice changes nothing.

    A batch of lines is one transaction, so an import that is broken off is simply run again.
    Raises OSError when the file cannot be opened; every other fault is a refused line.
    """
    counts = ImportCounts()
    file = Path(path)
    batch: list[Change] = []
    for change in _changes(file, counts):
        batch.append(change)
        if len(batch) == BATCH:
            _keep(batch, counts, actor, now)
            batch = []
            if progress:
                progress(counts)
    _keep(batch, counts, actor, now)
    if progress:
        progress(counts)
    return counts


def _keep(batch: list[Change], counts: ImportCounts, actor: Actor, now: datetime) -> None:
    if not batch:
        return
    with transaction.atomic():
        kept = keep(batch, actor=actor, now=now)
    counts.new += len(kept.new)
    counts.changed += len(kept.changed)
    counts.unchanged += kept.unchanged


def _changes(file: Path, counts: ImportCounts) -> Iterator[Change]:
    """The readable lines of a file, each code once; the others are refused in ``counts``."""
    seen: dict[str, tuple[int, str]] = {}
    for line in read_lines(file):
        try:
            change = _read(line, file.name)
        except Refused as refusal:
            counts.refuse(line.number, str(refusal))
            continue
        code = change.facts.code
        content = digest({"facts": to_record(change.facts), "others": change.others})
        before = seen.setdefault(code, (line.number, content))
        if before[0] == line.number:
            yield change
        elif before[1] == content:
            counts.unchanged += 1
        else:
            counts.refuse(line.number, f"{code} is already in line {before[0]} of this file, otherwise")


def _read(line: Line, source: str) -> Change:
    if line.fault:
        raise Refused(line.fault)
    if line.cells is not None:
        return Change(read_row(line.cells, ministry_codes()), "list", source)
    if isinstance(line.record, Mapping) and is_own(line.record):
        layers = read_own(line.record)
        best, *rest = layers
        return Change(layers[best], best, source, others={name: to_record(layers[name]) for name in rest})
    return Change(read_record(line.record), "record", source)


@cache
def ministry_codes() -> dict[str, str]:
    """Identifiers of ministries by name (ministries.toml, with its source and day)."""
    file = Path(__file__).resolve().parent.parent / "ministries.toml"
    return {str(k): str(v) for k, v in tomllib.loads(file.read_text("utf-8"))["codes"].items()}
