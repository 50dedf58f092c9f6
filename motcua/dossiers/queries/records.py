"""The facts of dossiers that other systems handled, for those who count."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.dossiers.models import Record

_COLUMNS = (
    "code", "procedure_code", "agency_id", "agency__identifier", "agency__path", "agency__serves__code",
    "channel", "filed_by", "status", "received_at", "due_at", "finished_at", "returned_at", "supplements",
    "supplement_requested_at", "paused_minutes", "visits", "fee", "paid_online", "e_result", "digitised",
    "reused", "from_store", "vneid", "synced",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What a record says. None (or ``filed_by`` empty, ``status`` 0): its source does not say."""

    code: str
    procedure_code: str
    agency_id: int
    agency: str
    agency_path: str
    place_code: str | None  # unit that the deciding agency serves
    channel: int | None
    filed_by: str
    status: int
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    supplements: int | None
    supplement_requested_at: datetime | None
    paused_minutes: int | None
    visits: int | None
    fee: int | None
    paid_online: bool | None
    e_result: bool | None
    digitised: bool | None
    reused: bool | None
    from_store: bool | None
    vneid: bool | None
    synced: bool | None


def batch_facts(batch: UUID, *, actor: Actor) -> list[RecordFacts]:
    """The present facts of the records last changed in a batch; only for the platform itself."""
    return list(_read(Record.objects.filter(batch=batch), actor, 2000))


def records_of_procedures(codes: Collection[str], *, actor: Actor) -> Iterator[RecordFacts]:
    """The records of some procedures, in constant memory; only for the platform itself."""
    return _read(Record.objects.filter(procedure_code__in=codes), actor, 2000)


def all_record_facts(*, actor: Actor, chunk: int = 2000) -> Iterator[RecordFacts]:
    """Every record, in constant memory; only for the platform itself."""
    return _read(Record.objects.all(), actor, chunk)


def record_sources(*, actor: Actor) -> tuple[str, ...]:
    """The sources of all records, sorted; only for the platform itself."""
    if actor.kind != "system":
        raise NotFound
    return tuple(Record.objects.order_by("source").values_list("source", flat=True).distinct())


def _read(rows: QuerySet[Record], actor: Actor, chunk: int) -> Iterator[RecordFacts]:
    if actor.kind != "system":
        raise NotFound
    found = rows.order_by("id").values_list(*_COLUMNS).iterator(chunk_size=chunk)
    return (RecordFacts(*row) for row in found)
