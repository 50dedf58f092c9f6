"""Reads of the systems that listen: each owner their own."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.core.actor import Actor
from motcua.core.pages import Page
from motcua.core.refusals import NotFound
from motcua.notices.models import Hook, HookDelivery


@dataclass(frozen=True, slots=True)
class HookView:
    """A system that listens. ``agency``: whose dossiers; "" the owner's own."""

    id: str
    url: str
    agency: str
    added_at: datetime
    ended_at: datetime | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class HookDeliveryView:
    """What became of one piece of news."""

    event_id: int
    state: str
    tries: int
    queued_at: datetime
    sent_at: datetime | None
    answer: str


def anybody_listens() -> bool:
    """True when there is at least one listener in force."""
    return Hook.objects.filter(ended_at=None).exists()


def hooks(*, actor: Actor) -> tuple[HookView, ...]:
    """The actor's own, newest first."""
    if actor.user_id is None:
        return ()
    rows = Hook.objects.select_related("agency").filter(owner_id=actor.user_id)
    return tuple(hook_view(row) for row in rows.order_by("-added_at", "id"))


def hook(hook_id: UUID, *, actor: Actor) -> HookView:
    """One of the actor's own; raises ``NotFound``."""
    row = Hook.objects.select_related("agency").filter(pk=hook_id, owner_id=actor.user_id).first()
    if row is None or actor.user_id is None:
        raise NotFound
    return hook_view(row)


def hook_deliveries(
    hook_id: UUID, *, actor: Actor, limit: int = 50, after: str | None = None
) -> Page[HookDeliveryView]:
    """What was sent to one of the actor's own, in the order of the log; ``after`` an event's number."""
    hook(hook_id, actor=actor)
    rows = HookDelivery.objects.filter(hook_id=hook_id)
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(event_id__gt=int(after))
    found = list(rows.order_by("event_id")[: limit + 1])
    shown = tuple(
        HookDeliveryView(r.event_id, r.state, r.tries, r.queued_at, r.sent_at, r.answer)
        for r in found[:limit]
    )
    return Page(shown, str(shown[-1].event_id) if len(found) > limit else None)


def hook_view(row: Hook) -> HookView:
    """The public face of a row."""
    agency = row.agency.identifier if row.agency else ""
    return HookView(str(row.pk), row.url, agency, row.added_at, row.ended_at, row.end_reason)
