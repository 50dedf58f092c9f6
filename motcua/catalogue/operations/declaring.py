"""Import of declared levels: what agencies say of their services where no pack shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from motcua.agencies.operations import ensure_agency
from motcua.agencies.queries import agency
from motcua.catalogue.models import Procedure, Service
from motcua.catalogue.operations.services import ensure_stub
from motcua.catalogue.rules.declared import COLUMNS, Declared, LineRefused, read_declared
from motcua.core.actor import Actor
from motcua.core.tabular import read_rows
from motcua.events.operations import append

CHUNK = 500
MOST_REFUSED = 1_000


@dataclass(slots=True)
class LevelCounts:
    """What an import did; ``stubs`` names procedures and agencies that were not known."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused_count: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)


def import_levels(*, path: Path, actor: Actor, now: datetime) -> LevelCounts:
    """Read declared levels; the same file twice changes nothing, an unknown code becomes a stub.

    A later ``valid_from`` ends the row before it. Raises ``core.tabular.HeaderUnknown``.
    """
    counts = LevelCounts()
    rows = _rows(path, counts)
    while chunk := list(islice(rows, CHUNK)):
        with transaction.atomic():
            before = (counts.new, counts.changed)
            for declared in chunk:
                _keep(declared, counts, actor, now)
            if before != (counts.new, counts.changed):
                data = {
                    "file": path.name,
                    "new": counts.new,
                    "changed": counts.changed,
                    "procedures": sorted({declared.procedure for declared in chunk}),
                }
                append(stream="catalogue", kind="catalogue.levels_imported", data=data, actor=actor, now=now)
    return counts


def _rows(path: Path, counts: LevelCounts) -> Iterator[Declared]:
    for row in read_rows(path, needed=COLUMNS):
        try:
            if row.fault:
                raise LineRefused(row.fault)
            yield read_declared(row.cells, path.name)
        except LineRefused as why:
            counts.refused_count += 1
            if len(counts.refused) < MOST_REFUSED:
                counts.refused.append((row.line, str(why)))


def _keep(declared: Declared, counts: LevelCounts, actor: Actor, now: datetime) -> None:
    if ensure_stub(declared.procedure, source=declared.source, actor=actor, now=now):
        counts.stubs.append(f"procedure {declared.procedure}")
    if ensure_agency(identifier=declared.agency, actor=actor, now=now):
        counts.stubs.append(f"agency {declared.agency}")
    procedure = Procedure.objects.get(code=declared.procedure)
    here = Service.objects.filter(procedure=procedure, agency_id=agency(declared.agency).id)
    said: dict[str, object] = {
        "level_declared": declared.level,
        "eligible_full": declared.eligible,
        "declared_source": declared.source,
    }
    same = here.filter(valid_from=declared.valid_from).first()
    if same is None:
        _add(declared, procedure, said, here.order_by("valid_from"))
        counts.new += 1
    elif any(getattr(same, name) != value for name, value in said.items()):
        Service.objects.filter(pk=same.pk).update(**said)
        counts.changed += 1
    else:
        counts.unchanged += 1


def _add(
    declared: Declared, procedure: Procedure, said: dict[str, object], ordered: QuerySet[Service]
) -> None:
    """A row from its day until the day before the next one; the one before it ends the day before."""
    rows = list(ordered)
    before = next((r for r in reversed(rows) if r.valid_from < declared.valid_from), None)
    after = next((r for r in rows if r.valid_from > declared.valid_from), None)
    until = after.valid_from - timedelta(days=1) if after else (before.valid_to if before else None)
    Service.objects.create(
        procedure=procedure,
        agency_id=agency(declared.agency).id,
        level=before.level if before else "information",
        blockers=before.blockers if before else [],
        valid_from=declared.valid_from,
        valid_to=until,
        **said,
    )
    if before and (before.valid_to is None or before.valid_to >= declared.valid_from):
        Service.objects.filter(pk=before.pk).update(valid_to=declared.valid_from - timedelta(days=1))
