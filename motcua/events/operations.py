"""Writing to the log, reading it exactly once, sealing it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F, OuterRef, Subquery

from motcua.core.actor import Actor
from motcua.core.locks import Lock
from motcua.core.rows import insert
from motcua.events import registry
from motcua.events.gateways import Sealer
from motcua.events.models import Checkpoint, Event, Seal, Setback
from motcua.events.queries import EventRecord, events_after, last_event_id, position, positions
from motcua.events.registry import Reader
from motcua.events.rules import event_hash, leaf, loggable, merkle_root, named, seal_text

MOST_TRIES = 5
BATCH = 200  # events read at a time
TOGETHER = 100  # events of one transaction, where a reader takes many
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be appended: stream, kind, and data that is plain JSON without floats."""

    stream: str
    kind: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SealRecord:
    """A seal as it is published: anyone with the public key can check it."""

    first_id: int
    last_id: int
    count: int
    root: str
    previous: str
    at: datetime
    signature: str
    public_key: str


def _inside() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("events are appended inside the transaction of the change they tell of")


def _take_append_lock() -> None:
    """From here to the commit no other transaction appends: order of ids is order of commits."""
    _inside()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(Lock.EVENT_APPEND)])


def _heads(streams: set[str]) -> dict[str, tuple[int, str]]:
    newest = Event.objects.filter(stream=OuterRef("stream")).order_by("-sequence").values("sequence")[:1]
    heads: dict[str, tuple[int, str]] = {}
    names = sorted(streams)
    for start in range(0, len(names), 500):
        rows = Event.objects.filter(stream__in=names[start : start + 500], sequence=Subquery(newest))
        heads.update({s: (n, h) for s, n, h in rows.values_list("stream", "sequence", "hash")})
    return heads


def append(*, stream: str, kind: str, data: Mapping[str, object], actor: Actor, now: datetime) -> int:
    """Append one event and return its id. The last statement of an operation, in its transaction."""
    return append_many([Entry(stream, kind, data)], actor=actor, now=now)[0]


def append_first(*, stream: str, kind: str, data: Mapping[str, object], actor: Actor, now: datetime) -> int:
    """As ``append``, for a stream that is new: hashed before the lock is taken, which is then held for one
    statement. A stream that has events after all raises ``IntegrityError``.
    """
    _inside()
    named(stream, kind)
    event = _event(
        Entry(stream, kind, data), loggable(data), (0, ""), loggable(actor.as_record(), "actor"), now
    )
    # PostgreSQL reads the source, and so takes the lock, before the row gets its id
    lock = f"pg_advisory_xact_lock({int(Lock.EVENT_APPEND)})" if connection.vendor == "postgresql" else ""
    return int(insert(event, source=lock).pk)


def _event(entry: Entry, data: object, head: tuple[int, str], actor: object, now: datetime) -> Event:
    """The event that follows the head (sequence, hash) of its stream."""
    sequence, previous = head[0] + 1, head[1]
    made = event_hash(
        stream=entry.stream,
        sequence=sequence,
        kind=entry.kind,
        at=now,
        actor=actor,
        data=data,
        previous=previous,
    )
    return Event(
        stream=entry.stream, sequence=sequence, kind=entry.kind, at=now, actor=actor, data=data,
        previous=previous, hash=made,
    )  # fmt: skip


def append_many(entries: Sequence[Entry], *, actor: Actor, now: datetime) -> list[int]:
    """Append events in the order given, under one lock; returns their ids.

    Raises ``NotLoggable`` for data that is not plain JSON, ``RuntimeError`` outside a transaction.
    """
    record = loggable(actor.as_record(), "actor")
    ready = [(entry, loggable(entry.data)) for entry in entries]
    for entry in entries:
        named(entry.stream, entry.kind)
    _take_append_lock()
    heads = _heads({entry.stream for entry in entries})
    rows = []
    for entry, data in ready:
        event = _event(entry, data, heads.get(entry.stream, (0, "")), record, now)
        heads[entry.stream] = (event.sequence, event.hash)
        rows.append(event)
    return [event.pk for event in Event.objects.bulk_create(rows)]


def _moved(reader: Reader, *, expected: int, to: int, now: datetime) -> bool:
    """Move the checkpoint if it is still where it was seen; waits for another run of this reader."""
    here = Checkpoint.objects.filter(reader=reader.name, last_id=expected)
    return here.update(last_id=to, moved_at=now) == 1


def _record_failure(
    reader: Reader, event: EventRecord, expected: int, error: Exception, now: datetime
) -> None:
    """Count the failed try; after ``MOST_TRIES`` park the event and go on without it."""
    log.warning("reader %s could not apply event %s: %r", reader.name, event.id, error)
    text = f"{type(error).__name__}: {error}"[:2000]
    with transaction.atomic():
        setback, new = Setback.objects.get_or_create(
            reader=reader.name, event_id=event.id, defaults={"error": text, "at": now}
        )
        if not new:
            Setback.objects.filter(pk=setback.pk).update(error=text, at=now, tries=F("tries") + 1)
            setback.refresh_from_db()
        if setback.tries >= MOST_TRIES:
            _moved(reader, expected=expected, to=event.id, now=now)


def _apply(reader: Reader, event: EventRecord, expected: int, troubled: set[int], now: datetime) -> bool:
    """One event and the checkpoint in one transaction; False when another run was faster."""
    with transaction.atomic():
        if not _moved(reader, expected=expected, to=event.id, now=now):
            return False
        if event.id in troubled:
            Setback.objects.filter(reader=reader.name, event_id=event.id).update(solved_at=now)
        reader.apply(event, now)
    return True


def _troubled(reader: Reader) -> set[int]:
    rows = Setback.objects.filter(reader=reader.name, solved_at__isnull=True)
    return set(rows.values_list("event_id", flat=True))


def _together(
    reader: Reader, events: Sequence[EventRecord], expected: int, troubled: set[int], now: datetime
) -> bool:
    """Several events and the checkpoint in one transaction; False: nothing was done, take them singly."""
    if reader.apply_many is None or len(events) < 2 or troubled.intersection(e.id for e in events):
        return False
    try:
        with transaction.atomic():
            if not _moved(reader, expected=expected, to=events[-1].id, now=now):
                return False
            reader.apply_many(events, now)
    except OperationalError:
        raise
    except Exception as error:  # one of them: the single run finds out which
        log.info("reader %s takes %s events one by one: %r", reader.name, len(events), error)
        return False
    return True


def _run(reader: Reader, *, now: datetime, limit: int) -> tuple[int, bool]:
    """Events applied, and whether a try failed (which ends this run)."""
    Checkpoint.objects.get_or_create(reader=reader.name)
    last, troubled, applied = position(reader), _troubled(reader), 0
    while applied < limit and (batch := events_after(last, BATCH)):
        wanted = [event for event in batch if reader.wants(event.kind)]
        seen = last
        while wanted and applied < limit:
            some = wanted[: min(TOGETHER, limit - applied)]
            if not _together(reader, some, seen, troubled, now):
                some = wanted[:1]
                done = _single(reader, some[0], seen, troubled, now)
                if done is None:
                    return applied, True
                if not done:
                    break
            seen, applied, wanted = some[-1].id, applied + len(some), wanted[len(some) :]
        if not wanted and seen < batch[-1].id:
            _moved(reader, expected=seen, to=batch[-1].id, now=now)
        last = position(reader)
    return applied, False


def _single(
    reader: Reader, event: EventRecord, expected: int, troubled: set[int], now: datetime
) -> bool | None:
    """One event: done, False when another run was faster, None when it failed (noted for the next try)."""
    try:
        return _apply(reader, event, expected, troubled, now)
    except OperationalError:
        raise  # the database, not the event: the worker comes again
    except Exception as error:  # a reader's fault must not stop the log
        _record_failure(reader, event, expected, error, now)
        return None


def run_reader(reader: Reader, *, now: datetime, limit: int = 500) -> int:
    """Apply the next events to one reader, each exactly once; returns how many.

    A failing event ends the run and is tried again by the next one; after five tries it is parked
    as a setback and the reader goes on.
    """
    return _run(reader, now=now, limit=limit)[0]


def run_readers(*, now: datetime, limit: int = 500) -> int:
    """Run all registered readers, round after round, until nothing is left or ``limit`` is reached."""
    total = 0
    while total < limit:
        again = False
        for reader in _behind():
            applied, failed = _run(reader, now=now, limit=limit - total)
            total += applied
            again = again or applied > 0 or failed
        if not again:
            break
    return total


def _behind() -> list[Reader]:
    """Readers that have events before them: two questions, whatever their number."""
    there, newest = positions(), last_event_id()
    return [reader for reader in registry.readers() if there.get(reader.name, -1) < newest]


def retry_setback(*, setback_id: int, now: datetime) -> bool:
    """Apply a parked event once more; True when it went through, False when there is no such one."""
    setback = Setback.objects.filter(pk=setback_id).first()
    reader = {r.name: r for r in registry.readers()}.get(setback.reader) if setback else None
    if setback is None or reader is None:
        return False
    event = events_after(setback.event_id - 1, 1)[0]
    with transaction.atomic():
        parked = Setback.objects.filter(pk=setback_id, solved_at__isnull=True, tries__gte=MOST_TRIES)
        if not parked.update(solved_at=now):
            return False
        reader.apply(event, now)
    return True


def seal_log(*, now: datetime) -> SealRecord | None:
    """Sign the Merkle root of all events since the last seal; None when there are none."""
    with transaction.atomic():
        _take_append_lock()  # nobody appends, and nobody else seals, until this seal is there
        before = Seal.objects.order_by("-last_id").first()
        fresh = Event.objects.filter(pk__gt=before.last_id if before else 0).order_by("pk")
        found = list(fresh.values_list("pk", "hash"))
        if not found:
            return None
        facts = {
            "first_id": found[0][0],
            "last_id": found[-1][0],
            "count": len(found),
            "root": merkle_root([leaf(pk, made) for pk, made in found]),
            "previous": before.root if before else "",
            "at": now,
        }
        sealer = Sealer(settings.KEYS.seal)
        signature = sealer.sign(seal_text(**facts))  # type: ignore[arg-type]
        Seal.objects.create(signature=signature, **facts)
    return SealRecord(signature=signature, public_key=sealer.public_key(), **facts)  # type: ignore[arg-type]
