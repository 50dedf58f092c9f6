"""Reading files of units into the tables."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.folding import fold
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.places.models import Unit
from motcua.places.rules import LEVELS, NEEDED, LineRefused, UnitLine, english, read_line


class HeaderUnknown(Refusal):
    """The first line does not name the columns."""

    code = "units_header_unknown"
    cause = Text("Tệp {name} thiếu cột: {missing}.", "{name} has no column: {missing}.")
    next_step = Text(
        "Dòng đầu phải là: code,name,level,parent,valid_from,valid_to,formed_from.",
        "The first line must be: code,name,level,parent,valid_from,valid_to,formed_from.",
    )
    status = 422


@dataclass(slots=True)
class ImportCounts:
    """What an import did; ``refused`` holds line number and reason."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def _read(path: Path, counts: ImportCounts) -> Iterator[tuple[int, UnitLine]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
        if missing:
            raise HeaderUnknown(name=path.name, missing=", ".join(missing))
        try:
            for raw in reader:
                try:
                    yield reader.line_num, read_line(raw)
                except LineRefused as error:
                    counts.refused.append((reader.line_num, str(error)))
        except csv.Error as error:
            counts.refused.append((reader.line_num, f"not CSV: {error}"))


def _fields(line: UnitLine, parent: Unit | None) -> dict[str, object]:
    return {
        "name": line.name,
        "name_en": english(line.name),
        "level": line.level,
        "parent_id": parent.pk if parent else None,
        "valid_from": line.valid_from,
        "valid_to": line.valid_to,
        "formed_from": line.formed_from,
        "folded": fold(line.name),
        "formed_folded": fold(line.formed_from),
    }


def _place(line: UnitLine, known: dict[str, Unit], counts: ImportCounts) -> None:
    parent = known.get(line.parent) if line.parent else None
    if line.parent and (parent is None or LEVELS.index(parent.level) >= LEVELS.index(line.level)):
        raise LineRefused(f"parent: {line.parent!r} is unknown or not above a {line.level}")
    fields, unit = _fields(line, parent), known.get(line.code)
    if unit is None:
        known[line.code] = Unit.objects.create(code=line.code, **fields)
        counts.new += 1
    elif any(getattr(unit, name) != value for name, value in fields.items()):
        Unit.objects.filter(pk=unit.pk).update(**fields)
        unit.level = line.level
        counts.changed += 1
    else:
        counts.unchanged += 1


def import_units(*, path: Path, actor: Actor, now: datetime) -> ImportCounts:
    """Read a CSV file in the columns of contract.md; the same file again changes nothing.

    Lines may come in any order: parents are placed first. A code named twice in one file is
    refused the second time. Raises ``HeaderUnknown``.
    """
    counts = ImportCounts()
    with transaction.atomic():
        lines = sorted(_read(path, counts), key=lambda pair: (LEVELS.index(pair[1].level), pair[0]))
        _place_all(lines, counts)
        counts.refused.sort()
        if counts.new or counts.changed:
            data = {"file": path.name, "new": counts.new, "changed": counts.changed}
            append(stream="places", kind="places.imported", data=data, actor=actor, now=now)
    return counts


def _place_all(lines: Iterable[tuple[int, UnitLine]], counts: ImportCounts) -> None:
    known = {unit.code: unit for unit in Unit.objects.order_by("pk")}
    seen: set[str] = set()
    for number, line in lines:
        try:
            if line.code in seen:
                raise LineRefused(f"code: {line.code} stands in this file already")
            seen.add(line.code)
            _place(line, known, counts)
        except LineRefused as error:
            counts.refused.append((number, str(error)))
