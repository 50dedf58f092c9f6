"""Readers of the log: what happens to a dossier is told to its applicant and to systems that listen."""

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


def register_all() -> None:
    """Register this noun's readers, once, from ``apps.ready()``."""
    register(Reader(name="dossiers.messages", prefixes=("dossier.",), apply=to_messages))
    register(Reader(name="dossiers.listeners", prefixes=("dossier.",), apply=to_listeners))
