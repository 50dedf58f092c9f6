"""Readers of the log: what happens to a dossier is told to its applicant and to systems that listen."""

from collections.abc import Sequence
from datetime import datetime

from motcua.dossiers.operations.telling import announce, tell
from motcua.events.queries import EventRecord
from motcua.events.registry import Reader, register


def to_messages(event: EventRecord, now: datetime) -> None:
    """Turn a dossier's event into messages to its applicant and filer."""
    tell(kind=event.kind, code=str(event.data["code"]), event_id=event.id, data=event.data, now=now)


def to_listeners(event: EventRecord, now: datetime) -> None:
    """Queue a dossier's event for the systems that listen."""
    announce(event_id=event.id, kind=event.kind, at=event.at, data=event.data, now=now)


def _all_to_messages(events: Sequence[EventRecord], now: datetime) -> None:
    for event in events:
        to_messages(event, now)


def _all_to_listeners(events: Sequence[EventRecord], now: datetime) -> None:
    for event in events:
        to_listeners(event, now)


def register_all() -> None:
    """Register this noun's readers, once, from ``apps.ready()``."""
    register(Reader("dossiers.messages", ("dossier.",), to_messages, _all_to_messages))
    register(Reader("dossiers.listeners", ("dossier.",), to_listeners, _all_to_listeners))
