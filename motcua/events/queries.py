"""Reads of the log, and the proof that nobody changed it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings

from motcua.core.kept import Kept
from motcua.events.gateways import Sealer
from motcua.events.models import Checkpoint, Event, Seal, Setback
from motcua.events.rules import event_hash, leaf, merkle_root, seal_text

PAGE = 2000
MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event of the log as others see it. ``at`` is aware; ``data`` is plain JSON."""

    id: int
    stream: str
    sequence: int
    kind: str
    at: datetime
    actor: dict[str, Any]
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SetbackView:
    """An event that a reader could not apply; ``parked`` when the reader went on without it."""

    id: int
    reader: str
    event_id: int
    stream: str
    kind: str
    error: str
    tries: int
    at: datetime


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What ``verify`` found: ``problems`` name the place, in the order of the log."""

    ok: bool
    problems: tuple[str, ...]
    events: int
    streams: int
    seals: int


class Named(Protocol):
    """Anything with a reader's name."""

    @property
    def name(self) -> str:
        """The reader's name."""


def _record(event: Event) -> EventRecord:
    return EventRecord(event.pk, event.stream, event.sequence, event.kind, event.at, event.actor, event.data)


def stream_events(stream: str) -> tuple[EventRecord, ...]:
    """All events of one stream, in order."""
    return tuple(_record(e) for e in _STREAM.objects(stream))


_STREAM = Kept(lambda stream: Event.objects.filter(stream=stream).order_by("sequence"), str)


def newest_in(stream: str) -> EventRecord | None:
    """The newest event of one stream; None where there is none."""
    event = Event.objects.filter(stream=stream).order_by("-sequence").first()
    return None if event is None else _record(event)


def events_after(last_id: int, limit: int) -> tuple[EventRecord, ...]:
    """The next events of the whole log after ``last_id``, at most ``limit``."""
    return tuple(_record(e) for e in Event.objects.filter(pk__gt=last_id).order_by("pk")[:limit])


def last_event_id() -> int:
    """The id of the newest event; 0 in an empty log."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def position(reader: Named) -> int:
    """The id of the last event that a reader has done; 0 before its first."""
    return Checkpoint.objects.filter(reader=reader.name).values_list("last_id", flat=True).first() or 0


def positions() -> dict[str, int]:
    """The same of every reader that has begun, by name."""
    return dict(Checkpoint.objects.order_by("reader").values_list("reader", "last_id"))


def lag(reader: Named) -> int:
    """How many events of the log a reader has still before it, counted up to 10,000."""
    waiting = Event.objects.filter(pk__gt=position(reader)).order_by("pk").values_list("pk")[:10_000]
    return len(waiting)


def setbacks() -> tuple[SetbackView, ...]:
    """Events that are parked or being retried, oldest first; for doctor and the operator."""
    rows = (
        Setback.objects.filter(solved_at__isnull=True).select_related("event").order_by("event_id", "reader")
    )
    return tuple(
        SetbackView(r.pk, r.reader, r.event.pk, r.event.stream, r.event.kind, r.error, r.tries, r.at)
        for r in rows.order_by("event_id", "reader")
    )


def _in_order() -> Iterator[Event]:
    last = 0
    while page := list(Event.objects.filter(pk__gt=last).order_by("pk")[:PAGE]):
        yield from page
        last = page[-1].pk


@dataclass(slots=True)
class _Audit:
    """The state of one walk through the log: stream heads, and the leaves of the open seal."""

    seals: list[Seal]
    sealer: Sealer
    problems: list[str] = field(default_factory=list)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    leaves: list[bytes] = field(default_factory=list)
    events: int = 0
    last_id: int = 0
    sealed: int = 0  # seals closed so far

    def note(self, problem: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def chain(self, event: Event) -> None:
        place = f"event {event.pk} ({event.stream}#{event.sequence})"
        sequence, previous = self.heads.get(event.stream, (0, ""))
        if event.sequence > sequence + 1:
            self.note(f"{place}: {event.stream}#{sequence + 1} is missing before it")
        elif event.sequence <= sequence:
            self.note(f"{place}: out of order, after {event.stream}#{sequence}")
        elif event.previous != previous:
            self.note(f"{place}: does not continue the event before it")
        made = event_hash(
            stream=event.stream,
            sequence=event.sequence,
            kind=event.kind,
            at=event.at,
            actor=event.actor,
            data=event.data,
            previous=event.previous,
        )
        if made != event.hash:
            self.note(f"{place}: its content or time was changed after it was written")
        self.heads[event.stream] = (max(event.sequence, sequence), event.hash)

    def close_seals(self, before: int | None) -> None:
        """Check the seals that end before the event ``before`` (all that are left when None)."""
        while self.sealed < len(self.seals) and (before is None or self.seals[self.sealed].last_id < before):
            self.check_seal(self.seals[self.sealed])
            self.sealed += 1
            self.leaves = []

    def check_seal(self, seal: Seal) -> None:
        place = f"seal {seal.pk} (events {seal.first_id}–{seal.last_id})"
        before = self.seals[self.sealed - 1].root if self.sealed else ""
        text = seal_text(
            first_id=seal.first_id,
            last_id=seal.last_id,
            count=seal.count,
            root=seal.root,
            previous=seal.previous,
            at=seal.at,
        )
        if not self.sealer.verifies(text, seal.signature):
            self.note(f"{place}: its signature is not this site's")
        if seal.previous != before:
            self.note(f"{place}: does not continue the seal before it")
        if seal.last_id > self.last_id:
            self.note(f"{place}: the log ends at event {self.last_id}, it was truncated")
        elif len(self.leaves) != seal.count:
            self.note(f"{place}: {seal.count} events were sealed, {len(self.leaves)} are there")
        elif merkle_root(self.leaves) != seal.root:
            self.note(f"{place}: the events are not those that were sealed")

    def check_readers(self, checkpoints: Sequence[Checkpoint]) -> None:
        for ahead in checkpoints:
            if ahead.last_id > self.last_id:
                self.note(
                    f"reader {ahead.reader}: has read event {ahead.last_id}, "
                    f"the log ends at event {self.last_id}, it was truncated"
                )

    def check_published(self, published: Sequence[Mapping[str, object]]) -> None:
        ours = {(seal.last_id, seal.signature) for seal in self.seals}
        for record in published:
            if (record.get("last_id"), record.get("signature")) not in ours:
                self.note(f"published seal up to event {record.get('last_id')}: is not among our seals")


def verify(published: Sequence[Mapping[str, object]] = ()) -> VerifyReport:
    """Walk the whole log once: hash chains, gaps, order, seals, readers ahead of the log's end.

    ``published`` are seals that were given away (records with ``last_id`` and ``signature``): who
    holds the key and rewrites both log and seals is found by them.
    """
    audit = _Audit(list(Seal.objects.order_by("last_id")), Sealer(settings.KEYS.seal))
    read = list(Checkpoint.objects.order_by("reader"))  # before the walk: the log may grow meanwhile
    for event in _in_order():
        audit.close_seals(before=event.pk)
        audit.chain(event)
        audit.leaves.append(leaf(event.pk, event.hash))
        audit.events, audit.last_id = audit.events + 1, event.pk
    audit.close_seals(before=None)
    audit.check_readers(read)
    audit.check_published(published)
    problems = tuple(audit.problems)
    return VerifyReport(not problems, problems, audit.events, len(audit.heads), len(audit.seals))
