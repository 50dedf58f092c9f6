"""Import of publication decisions and of the law documents behind them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from motcua.agencies.operations import ensure_agency
from motcua.agencies.queries import agency, calendar_for
from motcua.catalogue.gateways import publication_terms
from motcua.catalogue.models import LawDocument, Procedure, Publication
from motcua.catalogue.operations.services import ensure_stub
from motcua.catalogue.rules.declared import LineRefused
from motcua.catalogue.rules.publications import (
    LAW_COLUMNS,
    PUBLICATION_COLUMNS,
    LawLine,
    PublicationLine,
    decide_by,
    public_by,
    read_law,
    read_publication,
)
from motcua.core.actor import Actor
from motcua.core.references import block_of
from motcua.core.tabular import LineCounts, Row, read_rows
from motcua.core.working_time import YearNotFrozen
from motcua.events.operations import append

CHUNK = 500
L = TypeVar("L", PublicationLine, LawLine)


def import_laws(*, path: Path, actor: Actor, now: datetime) -> LineCounts:
    """Read law documents; the same file twice changes nothing. Raises ``core.tabular.HeaderUnknown``."""
    counts = LineCounts()
    for chunk in _chunks(path, LAW_COLUMNS, read_law, counts):
        with transaction.atomic():
            before = counts.new + counts.changed
            for _, law in chunk:
                values = {name: value for name, value in asdict(law).items() if name != "number"}
                row, made = LawDocument.objects.get_or_create(number=law.number, defaults=values)
                _count(row, made, values, counts)
            _told("catalogue.laws_imported", path, counts, before, actor, now)
    return counts


def import_publications(*, path: Path, actor: Actor, now: datetime) -> LineCounts:
    """Read decisions on procedures; the same file twice changes nothing, an unknown code becomes a stub.

    Without ``effective_on`` the newest effect of the documents named in ``legal`` counts. A line whose years
    have no fixed calendar is refused. Raises ``core.tabular.HeaderUnknown``.
    """
    counts = LineCounts()
    for chunk in _chunks(path, PUBLICATION_COLUMNS, read_publication, counts):
        with transaction.atomic():
            before = counts.new + counts.changed
            laws = _effects({number for _, line in chunk for number in line.legal})
            for number, line in chunk:
                try:
                    _keep(line, laws, counts, actor, now)
                except YearNotFrozen as why:
                    counts.refuse(number, f"{why.cause.en} {why.next_step.en}")
            _told("catalogue.publications_imported", path, counts, before, actor, now)
    return counts


def _chunks(
    path: Path,
    columns: tuple[str, ...],
    read: Callable[[Mapping[str, str], str], L],
    counts: LineCounts,
) -> Iterator[list[tuple[int, L]]]:
    def lines(rows: Iterator[Row]) -> Iterator[tuple[int, L]]:
        for row in rows:
            try:
                if row.fault:
                    raise LineRefused(row.fault)
                yield row.line, read(row.cells, path.name)
            except LineRefused as why:
                counts.refuse(row.line, why)

    source = lines(read_rows(path, needed=columns))
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _effects(numbers: set[str]) -> dict[str, date]:
    rows = LawDocument.objects.filter(number__in=sorted(numbers), effective_on__isnull=False)
    return {number: on for number, on in rows.values_list("number", "effective_on") if on is not None}


def _keep(
    line: PublicationLine, laws: Mapping[str, date], counts: LineCounts, actor: Actor, now: datetime
) -> None:
    known = [laws[number] for number in line.legal if number in laws]
    effective = line.effective_on or max(known, default=None)
    terms = publication_terms(line.decided_on, block_of(line.agency))
    if ensure_agency(identifier=line.agency, actor=actor, now=now):
        counts.stubs.append(f"agency {line.agency}")
    if ensure_stub(line.procedure, source=line.source, actor=actor, now=now):
        counts.stubs.append(f"procedure {line.procedure}")
    where = agency(line.agency).id
    years = {d.year + step for d in (line.decided_on, effective) if d for step in (-1, 0, 1)}
    calendar = calendar_for(where, years)
    values = {
        "kind": line.kind,
        "decided_on": line.decided_on,
        "effective_on": effective,
        "public_on": line.public_on,
        "legal": "; ".join(line.legal)[:500],
        "decide_by": decide_by(calendar, effective, terms),
        "public_by": public_by(calendar, line.decided_on, terms),
        "source": line.source,
    }
    procedure = Procedure.objects.get(code=line.procedure)
    row, made = Publication.objects.get_or_create(
        procedure=procedure, agency_id=where, decision=line.decision, defaults=values
    )
    _count(row, made, values, counts)


def _count(
    row: Publication | LawDocument, made: bool, values: Mapping[str, object], counts: LineCounts
) -> None:
    """Count a line, and save what it changes."""
    if made:
        counts.new += 1
    elif any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        counts.changed += 1
    else:
        counts.unchanged += 1


def _told(kind: str, path: Path, counts: LineCounts, before: int, actor: Actor, now: datetime) -> None:
    if counts.new + counts.changed != before:
        data = {"file": path.name, "new": counts.new, "changed": counts.changed}
        append(stream="catalogue", kind=kind, data=data, actor=actor, now=now)
