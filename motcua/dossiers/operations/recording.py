"""Keeping the dossiers that other systems handled: import of their records, in constant memory."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from motcua.agencies.operations import ensure_agency
from motcua.agencies.queries import agency
from motcua.catalogue.operations import ensure_stub
from motcua.core.actor import Actor
from motcua.core.rows import insert_many
from motcua.core.tabular import read_rows
from motcua.dossiers.models import Dossier, Record
from motcua.dossiers.rules.recorded import NATIONAL_NAMES, NEEDED, Recorded, read_recorded
from motcua.dossiers.rules.recorded_cells import LineRefused
from motcua.events.operations import append

CHUNK = 2_000
MOST_REFUSED = 1_000
_SAID = tuple(f.name for f in fields(Recorded) if f.name not in {"procedure", "agency"})


@dataclass(slots=True)
class RecordCounts:
    """What an import did; ``refused`` names the first lines, ``stubs`` what was not known before."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    undated: int = 0  # kept, but without a day of reception they fall in no period
    refused_count: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)

    def refuse(self, line: int, why: str) -> None:
        """Name a line that is not kept."""
        self.refused_count += 1
        if len(self.refused) < MOST_REFUSED:
            self.refused.append((line, why))


@dataclass(slots=True)
class _Known:
    """Procedures and agencies met so far in this run, so that each is looked up once."""

    actor: Actor
    now: datetime
    counts: RecordCounts
    source: str  # of lines that name none of their own
    agencies: dict[str, int] = field(default_factory=dict)
    procedures: set[str] = field(default_factory=set)

    def agency(self, identifier: str) -> int:
        if identifier not in self.agencies:
            if ensure_agency(identifier=identifier, actor=self.actor, now=self.now):
                self.counts.stubs.append(f"agency {identifier}")
            self.agencies[identifier] = agency(identifier).id
        return self.agencies[identifier]

    def procedure(self, code: str) -> str:
        if code not in self.procedures:
            if ensure_stub(code, source=self.source, actor=self.actor, now=self.now):
                self.counts.stubs.append(f"procedure {code}")
            self.procedures.add(code)
        return code


Line = tuple[int, Recorded]


def import_dossiers(*, path: Path, actor: Actor, now: datetime) -> RecordCounts:
    """Read dossier records of another system; the same file twice changes nothing.

    A code that was read before takes the newer line; an unknown agency or procedure becomes a stub.
    Each chunk is one transaction and one event, so half a run leaves whole chunks, and the next run
    goes on. Raises ``core.tabular.HeaderUnknown``.
    """
    counts = RecordCounts()
    keep_records(lines=_lines(path, counts), source=path.name, counts=counts, actor=actor, now=now)
    return counts


def keep_records(
    *,
    lines: Iterable[Line],
    source: str,
    counts: RecordCounts,
    actor: Actor,
    now: datetime,
    tell: Callable[[str], object] = str,
) -> None:
    """Keep records in chunks, counting into ``counts``; ``source`` names them in the log.

    ``tell`` hears how far it is, after each chunk.
    """
    found, known = iter(lines), _Known(actor, now, counts, source)
    while chunk := list(islice(found, CHUNK)):
        with transaction.atomic():
            before = (counts.new, counts.changed)
            batch = _keep(chunk, known)
            new, changed = counts.new - before[0], counts.changed - before[1]
            if new or changed:
                data = {"source": source, "batch": str(batch), "new": new, "changed": changed}
                append(stream="records", kind="records.imported", data=data, actor=actor, now=now)
        tell(f"{counts.new + counts.changed + counts.unchanged:,} dossiers")


def _lines(path: Path, counts: RecordCounts) -> Iterator[Line]:
    for row in read_rows(path, needed=NEEDED, names=NATIONAL_NAMES):
        try:
            if row.fault:
                raise LineRefused(row.fault)
            yield row.line, read_recorded(row.cells, row.raw)
        except LineRefused as why:
            counts.refuse(row.line, str(why))


def _keep(chunk: Sequence[Line], known: _Known) -> uuid.UUID:
    counts, batch = known.counts, uuid.uuid4()
    lines = _without_own(chunk, counts)
    kept = dict(Record.objects.filter(code__in=[one.code for _, one in lines]).values_list("code", "digest"))
    fresh: dict[str, Record] = {}
    for _, one in lines:
        digest = one.digest
        if kept.get(one.code) == digest:
            counts.unchanged += 1
            continue
        if one.code in kept:
            counts.changed += 1
        else:
            counts.new += 1
            counts.undated += one.received_at is None
        kept[one.code] = digest
        fresh[one.code] = _row(one, digest, batch, known)
    insert_many(list(fresh.values()), unique="code")
    return batch


def _without_own(chunk: Sequence[Line], counts: RecordCounts) -> list[Line]:
    """Lines but those that bear the code of a dossier handled here: it counts by itself."""
    own = set(Dossier.objects.filter(code__in=[one.code for _, one in chunk]).values_list("code", flat=True))
    for line, one in chunk:
        if one.code in own:
            counts.refuse(line, f"code: {one.code} is a dossier of this site, which counts it itself")
    return [(line, one) for line, one in chunk if one.code not in own]


def _row(one: Recorded, digest: str, batch: uuid.UUID, known: _Known) -> Record:
    said = {name: getattr(one, name) for name in _SAID}
    return Record(
        **{**said, "source": one.source or known.source[:300]},
        procedure_code=known.procedure(one.procedure),
        agency_id=known.agency(one.agency),
        digest=digest,
        batch=batch,
    )
