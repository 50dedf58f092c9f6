"""Import of declared levels: what agencies say of their services where no pack shows it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db import transaction

from motcua.agencies.operations import ensure_agency
from motcua.agencies.queries import agency
from motcua.catalogue.models import Procedure, Service
from motcua.catalogue.operations.services import ensure_stub
from motcua.catalogue.rules.declared import COLUMNS, Declared, LineRefused, read_declared
from motcua.core.actor import Actor
from motcua.core.tabular import LineCounts, read_rows
from motcua.events.operations import append

CHUNK = 500


def import_levels(*, path: Path, actor: Actor, now: datetime) -> LineCounts:
    """Read declared levels; the same file twice changes nothing, an unknown code becomes a stub.

    A later ``valid_from`` ends the row before it. Raises ``core.tabular.HeaderUnknown``.
    """
    counts = LineCounts()
    declare_levels(lines=_rows(path, counts), source=path.name, counts=counts, actor=actor, now=now)
    return counts


def declare_levels(
    *, lines: Iterable[Declared], source: str, counts: LineCounts, actor: Actor, now: datetime
) -> None:
    """Keep declared levels in chunks, each one transaction and one event, counting into ``counts``."""
    rows = iter(lines)
    while chunk := list(islice(rows, CHUNK)):
        with transaction.atomic():
            before = (counts.new, counts.changed)
            known = _known(chunk, counts, actor, now)
            for declared in chunk:
                _keep(declared, counts, known)
            if before != (counts.new, counts.changed):
                data = {
                    "file": source,
                    "new": counts.new,
                    "changed": counts.changed,
                    "procedures": sorted({declared.procedure for declared in chunk}),
                }
                append(stream="catalogue", kind="catalogue.levels_imported", data=data, actor=actor, now=now)


Pair = tuple[int, int]  # rows of the procedure and of the agency


@dataclass(slots=True)
class _Known:
    """Rows that a chunk needs: procedures and agencies by their codes, services by both."""

    procedures: dict[str, int]
    agencies: dict[str, int]
    services: dict[Pair, list[Service]]


def _known(chunk: Sequence[Declared], counts: LineCounts, actor: Actor, now: datetime) -> _Known:
    """Make the stubs that a chunk needs and look everything up once."""
    for code, source in {d.procedure: d.source for d in chunk}.items():
        if ensure_stub(code, source=source, actor=actor, now=now):
            counts.stubs.append(f"procedure {code}")
    for identifier in {d.agency: None for d in chunk}:
        if ensure_agency(identifier=identifier, actor=actor, now=now):
            counts.stubs.append(f"agency {identifier}")
    codes = sorted({d.procedure for d in chunk})
    procedures = dict(Procedure.objects.filter(code__in=codes).values_list("code", "id"))
    agencies = {i: agency(i).id for i in sorted({d.agency for d in chunk})}
    services: dict[Pair, list[Service]] = defaultdict(list)
    there = Service.objects.filter(procedure__in=procedures.values(), agency__in=agencies.values())
    for row in there.order_by("valid_from", "id"):
        services[row.procedure_id, row.agency_id].append(row)
    return _Known(procedures, agencies, services)


def _rows(path: Path, counts: LineCounts) -> Iterator[Declared]:
    for row in read_rows(path, needed=COLUMNS):
        try:
            if row.fault:
                raise LineRefused(row.fault)
            yield read_declared(row.cells, path.name)
        except LineRefused as why:
            counts.refuse(row.line, why)


def _keep(declared: Declared, counts: LineCounts, known: _Known) -> None:
    pair = (known.procedures[declared.procedure], known.agencies[declared.agency])
    rows = known.services[pair]
    said: dict[str, object] = {
        "level_declared": declared.level,
        "eligible_full": declared.eligible,
        "declared_source": declared.source,
    }
    same = next((row for row in rows if row.valid_from == declared.valid_from), None)
    if same is None:
        rows.append(_add(declared, pair, said, rows))
        rows.sort(key=lambda row: row.valid_from)
        counts.new += 1
    elif any(getattr(same, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(same, name, value)
        same.save(update_fields=list(said))
        counts.changed += 1
    else:
        counts.unchanged += 1


def _add(declared: Declared, pair: Pair, said: dict[str, object], rows: list[Service]) -> Service:
    """A row from its day until the day before the next one; the one before it ends the day before."""
    before = next((r for r in reversed(rows) if r.valid_from < declared.valid_from), None)
    after = next((r for r in rows if r.valid_from > declared.valid_from), None)
    until = after.valid_from - timedelta(days=1) if after else (before.valid_to if before else None)
    made = Service.objects.create(
        procedure_id=pair[0],
        agency_id=pair[1],
        level=before.level if before else "information",
        blockers=before.blockers if before else [],
        valid_from=declared.valid_from,
        valid_to=until,
        **said,
    )
    if before and (before.valid_to is None or before.valid_to >= declared.valid_from):
        before.valid_to = declared.valid_from - timedelta(days=1)
        before.save(update_fields=["valid_to"])
    return made
