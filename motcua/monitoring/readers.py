"""The reader that keeps the rollups in step with the log."""

from datetime import datetime

from motcua.events.queries import EventRecord
from motcua.events.registry import Reader, register
from motcua.monitoring.operations import count_dossier

_STREAM = "dossier:"


def _apply(event: EventRecord, now: datetime) -> None:
    count_dossier(code=event.stream.removeprefix(_STREAM), now=now)


ROLLUPS = Reader(name="monitoring.rollups", prefixes=("dossier.",), apply=_apply)
register(ROLLUPS)
