"""The readers that keep the rollups in step with the log."""

from collections.abc import Sequence
from datetime import datetime

from motcua.events.queries import EventRecord
from motcua.events.registry import Reader, register
from motcua.monitoring.operations import (
    count_dossier,
    count_dossiers,
    count_petitions,
    count_records,
    count_records_of,
)

_STREAM = "dossier:"
_PROCEDURE = "procedure:"


def _apply(event: EventRecord, now: datetime) -> None:
    count_dossier(code=event.stream.removeprefix(_STREAM), now=now)


def _apply_many(events: Sequence[EventRecord], now: datetime) -> None:
    count_dossiers(codes=[event.stream.removeprefix(_STREAM) for event in events], now=now)


def _records(event: EventRecord, now: datetime) -> None:
    count_records(batch=str(event.data["batch"]), now=now)


def _terms(event: EventRecord, now: datetime) -> None:
    """New limits, fees or levels of a procedure judge the records of its dossiers anew."""
    named = event.data.get("procedures")
    codes = [str(code) for code in named] if isinstance(named, list) else []
    count_records_of(procedures=codes or [event.stream.removeprefix(_PROCEDURE)], now=now)


def _said(event: EventRecord, now: datetime) -> None:
    """A petition is counted itself; it and a rating change what their dossier counts as."""
    if event.kind.startswith("petition."):
        count_petitions(codes=[str(event.data["code"])], now=now)
    if event.data.get("dossier"):
        count_dossier(code=str(event.data["dossier"]), now=now)


ROLLUPS = Reader("monitoring.rollups", ("dossier.",), _apply, _apply_many)
RECORDS = Reader(name="monitoring.records", prefixes=("records.imported",), apply=_records)
TERMS = Reader(
    name="monitoring.terms",
    prefixes=("procedure.revised", "service.offered", "catalogue.levels_imported"),
    apply=_terms,
)
VOICE = Reader(name="monitoring.voice", prefixes=("petition.", "rating.given"), apply=_said)
for reader in (VOICE, ROLLUPS, RECORDS, TERMS):
    register(reader)
