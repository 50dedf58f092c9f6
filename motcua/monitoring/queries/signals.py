"""Signals for inspectors inside their trees, and for the leader of the agency that is asked."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from motcua.agencies.queries import AgencyRef, agencies_by_id
from motcua.core.actor import Actor, Role
from motcua.core.pages import Page
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.dossiers.queries import handled_here
from motcua.monitoring.models import Signal
from motcua.monitoring.rules.signals import NAMES, WHY, SignalKind


@dataclass(frozen=True, slots=True)
class SignalView:
    """One signal; ``dossiers`` are codes, each with whether it is handled on this site.

    Of a burst from one network address it has count and dossiers as of any other, never the address.
    """

    id: int
    kind: str
    name: Text
    why: Text
    agency: AgencyRef
    first: date
    last: date
    count: int
    dossiers: tuple[tuple[str, bool], ...]
    answer: str
    answered_at: datetime | None
    may_answer: bool


def signals_for(actor: Actor, *, after: str | None = None, limit: int = 20) -> Page[SignalView]:
    """The newest first; raises ``NotFound`` for whoever neither inspects nor leads."""
    watched = [post.agency_path for post in actor.posts if post.role == Role.INSPECTOR]
    led = actor.agency_ids(Role.LEADER)
    if not watched and not led:
        raise NotFound
    mine = reduce(or_, (Q(agency__path__startswith=path) for path in watched), Q(agency_id__in=led))
    rows = Signal.objects.filter(mine)
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: limit + 1])
    agencies = agencies_by_id({row.agency_id for row in found})
    own = handled_here(code for row in found[:limit] for code in row.codes)
    items = tuple(_view(row, agencies[row.agency_id], own, led) for row in found[:limit])
    return Page(items, str(found[limit - 1].pk) if len(found) > limit else None)


def _view(row: Signal, agency: AgencyRef, own: frozenset[str], led: tuple[int, ...]) -> SignalView:
    kind = SignalKind(row.kind)
    return SignalView(
        id=row.pk,
        kind=row.kind,
        name=NAMES[kind],
        why=WHY[kind].fill(count=row.count),
        agency=agency,
        first=row.first,
        last=row.last,
        count=row.count,
        dossiers=tuple((code, code in own) for code in row.codes),
        answer=row.answer,
        answered_at=row.answered_at,
        may_answer=row.answered_at is None and row.agency_id in led,
    )
