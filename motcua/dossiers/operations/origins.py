"""Keeping from where dossiers come, as a hash, and forgetting it."""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.dossiers.models import Dossier, Origin
from motcua.dossiers.sealed import origin_index


def keep_origin(dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """Keep from where a dossier was filed online by people themselves; nothing where it is not known."""
    online = dossier.channel == Dossier.Channel.ONLINE and dossier.filed_by == Dossier.FiledBy.SELF
    if online and actor.address and not actor.helper:
        Origin.objects.create(dossier=dossier, place=origin_index(actor.address), at=now)


def forget_origins(*, now: datetime) -> int:
    """Delete what was kept long enough; how many."""
    gone = Origin.objects.filter(at__lt=now - timedelta(days=kept_days(local_day(now))))
    return gone.delete()[0]


def kept_days(on: date) -> int:
    """For how many days it is kept, by the rule of a day (the earliest one before them)."""
    rows = _rules()
    return next((days for since, days in reversed(rows) if since <= on), rows[0][1])


@cache
def _rules() -> tuple[tuple[date, int], ...]:
    path = Path(__file__).resolve().parents[1] / "origins.toml"
    rows = tomllib.loads(path.read_text("utf-8"))["kept"]
    return tuple(sorted((row["from"], row["days"]) for row in rows))
