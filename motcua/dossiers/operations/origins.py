"""Keeping from where dossiers come, as a hash, and forgetting it."""

from datetime import datetime, timedelta

from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.dossiers.models import Dossier, Origin
from motcua.dossiers.queries.suspects import origin_days
from motcua.dossiers.sealed import origin_index


def keep_origin(dossier: Dossier, *, actor: Actor, now: datetime) -> None:
    """Keep from where a dossier was filed online by people themselves; nothing where it is not known."""
    online = dossier.channel == Dossier.Channel.ONLINE and dossier.filed_by == Dossier.FiledBy.SELF
    if online and actor.address and not actor.helper:
        Origin.objects.create(dossier=dossier, place=origin_index(actor.address), at=now)


def forget_origins(*, now: datetime) -> int:
    """Delete what was kept long enough; how many."""
    gone = Origin.objects.filter(at__lt=now - timedelta(days=origin_days(local_day(now))))
    return gone.delete()[0]
