"""Keeping the rollups: one dossier's difference, folding, and building them anew."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Sum

from motcua.core.locks import Lock
from motcua.core.periods import local_day
from motcua.monitoring.models import Standing, Tally
from motcua.monitoring.queries.dossiers import all_facts, facts_of
from motcua.monitoring.rules.counting import Contribution, Counts, Key, contribution, difference
from motcua.monitoring.rules.definitions import BY_DOSSIER
from motcua.monitoring.rules.facts import Facts
from motcua.monitoring.rules.records import from_record, to_record

_CHUNK = 1000
_CELL = (
    "definition", "revision", "received_on", "since_on", "agency_id", "procedure", "place",
    "channel", "filed_by", "level", "reason",
)  # fmt: skip
_SUMS = ("numerator", "denominator", "excluded")


def _alone() -> None:
    """Until the commit nobody else counts, folds or rebuilds (SQLite has one writer anyway)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(Lock.ROLLUPS)])


def _tally(key: Key, counts: Counts) -> Tally:
    values: dict[str, Any] = {name: getattr(key, name) for name in _CELL}
    return Tally(**values, **{name: getattr(counts, name) for name in _SUMS})


def _insert(changes: Contribution) -> None:
    Tally.objects.bulk_create([_tally(key, counts) for key, counts in changes.items()], batch_size=_CHUNK)


def _standing(facts: Facts, cells: Contribution, now: datetime) -> dict[str, Any]:
    return {
        "received_on": local_day(facts.received_at) if facts.received_at else None,
        "agency_id": facts.agency_id,
        "procedure": facts.procedure,
        "place": facts.place,
        "cells": to_record(cells),
        "counted_at": now,
    }


def count_dossier(*, code: str, now: datetime) -> None:
    """Bring the rollups to the dossier's present facts; the same again changes nothing.

    The sum of all that was ever inserted for a dossier is always its present contribution.
    """
    with transaction.atomic():
        _alone()
        facts = facts_of(code)
        old = Standing.objects.filter(dossier=code).first()
        before = from_record(old.cells) if old else {}
        after = contribution(BY_DOSSIER, facts)
        _insert(difference(before, after))
        Standing.objects.update_or_create(dossier=code, defaults=_standing(facts, after, now))


def fold(*, now: datetime) -> int:
    """Join rows of the same cell into one, and drop empty cells; returns the rows saved."""
    saved = 0
    with transaction.atomic():
        _alone()
        cells = (
            Tally.objects.values(*_CELL)
            .annotate(rows=Count("id"), last=Max("id"), **{f"sum_{name}": Sum(name) for name in _SUMS})
            .filter(rows__gt=1)
            .order_by(*_CELL)
        )
        for cell in list(cells):
            key = {name: cell[name] for name in _CELL}
            gone, _ = Tally.objects.filter(**key, id__lte=cell["last"]).delete()
            sums = {name: cell[f"sum_{name}"] for name in _SUMS}
            if any(sums.values()):
                Tally.objects.create(**key, **sums)
                gone -= 1
            saved += gone
    return saved


def rebuild(*, now: datetime) -> int:
    """Throw the rollups away and build them from all dossiers; returns how many dossiers were read."""
    with transaction.atomic():
        _alone()
        Tally.objects.all().delete()
        Standing.objects.all().delete()
        return _build(all_facts(), now)


def _build(dossiers: Iterable[Facts], now: datetime) -> int:
    sums: Contribution = {}
    rows: list[Standing] = []
    read = 0
    for facts in dossiers:
        cells = contribution(BY_DOSSIER, facts)
        for key, counts in cells.items():
            sums[key] = sums.get(key, Counts()) + counts
        rows.append(Standing(dossier=facts.code, **_standing(facts, cells, now)))
        read += 1
        if len(rows) == _CHUNK:
            Standing.objects.bulk_create(rows)
            rows = []
    Standing.objects.bulk_create(rows)
    _insert({key: counts for key, counts in sums.items() if counts})
    return read
