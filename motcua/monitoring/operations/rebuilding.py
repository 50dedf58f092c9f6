"""Building the rollups anew from all dossiers: after new definitions or moved agencies."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, islice

from django.db import transaction

from motcua.core.rows import insert_many
from motcua.monitoring.models import Cube, Folded, Judgement, Profile, Standing, Tally
from motcua.monitoring.operations.counting import Changes, Profiles, add, alone, insert, standings
from motcua.monitoring.operations.folding import fold
from motcua.monitoring.queries.dossiers import all_facts
from motcua.monitoring.queries.petitions import petition_facts_of
from motcua.monitoring.rules.definitions import ROLLED
from motcua.monitoring.rules.facts import Facts
from motcua.monitoring.rules.profile import stamp

_CHUNK = 5000


def rebuild(*, now: datetime) -> int:
    """Throw the rollups away and build them from all dossiers and petitions; returns how many."""
    with transaction.atomic():
        alone()
        for model in (Tally, Standing, Cube, Judgement, Profile, Folded):
            model._default_manager.all().delete()
        read = _build(chain(all_facts(), petition_facts_of()), now)
        Folded.objects.create(last_id=0, registry=stamp(ROLLED), built_at=now)
        fold(now=now)
        return read


def rebuild_if_stale(*, now: datetime) -> int:
    """Build anew when the definitions are no longer those that the rollups were made by; else 0."""
    row = Folded.objects.order_by("pk").first()
    made_by = row.registry if row else None
    if made_by == stamp(ROLLED) or (made_by is None and not Standing.objects.exists()):
        return 0
    return rebuild(now=now)


def _build(dossiers: Iterable[Facts], now: datetime) -> int:
    profiles, read, source = Profiles.fresh(), 0, iter(dossiers)
    while chunk := list(islice(source, _CHUNK)):
        rows = standings(chunk, profiles, now)
        changes: Changes = {}
        for row in rows:
            add(changes, row, 1)
        insert(changes)
        insert_many(rows)
        read += len(rows)
    return read
