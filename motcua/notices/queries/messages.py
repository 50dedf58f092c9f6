"""Reads of the in-site inbox."""

from dataclasses import dataclass
from datetime import datetime

from motcua.core.actor import Actor
from motcua.core.pages import Page
from motcua.notices.models import Message


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as its reader sees it."""

    id: int
    subject: str
    body: str
    at: datetime
    read: bool
    reference: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message: for the timeline, and for "proven delivery" of a draft."""

    channel: str
    template: str
    state: str
    queued_at: datetime
    sent_at: datetime | None
    read_at: datetime | None
    user_id: int | None


def inbox(*, actor: Actor, limit: int = 20, after: str | None = None) -> Page[MessageView]:
    """Messages of the actor, newest first. ``after`` is a cursor; a wrong one starts anew."""
    limit = max(1, min(limit, 100))
    if actor.user_id is None:
        return Page(())
    rows = Message.objects.filter(user_id=actor.user_id, channel=Message.Channel.INBOX)
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(id__lt=int(after))
    found = list(rows.order_by("-id")[: limit + 1])
    more = len(found) > limit
    shown = tuple(_view(row) for row in found[:limit])
    return Page(shown, str(shown[-1].id) if more else None)


def unread_count(actor: Actor, *, most: int = 100) -> int:
    """Unread messages in the inbox, counted up to ``most``."""
    if actor.user_id is None:
        return 0
    rows = Message.objects.filter(user_id=actor.user_id, channel=Message.Channel.INBOX, read_at=None)
    return len(rows.order_by("-id").values_list("id", flat=True)[:most])


def messages_for(reference: str, *, actor: Actor) -> tuple[MessageView, ...]:
    """The actor's own inbox messages about one dossier, oldest first."""
    if actor.user_id is None or not reference:
        return ()
    rows = Message.objects.filter(reference=reference, user_id=actor.user_id, channel=Message.Channel.INBOX)
    return tuple(_view(row) for row in rows.order_by("id"))


def deliveries(reference: str) -> tuple[Delivery, ...]:
    """What became of every message about a dossier, oldest first; the caller has checked who asks."""
    return tuple(
        Delivery(row.channel, row.template, row.state, row.queued_at, row.sent_at, row.read_at, row.user_id)
        for row in Message.objects.filter(reference=reference).order_by("id")
    )


def waiting(*, most: int = 10_000) -> int:
    """How many messages wait to be sent, counted up to ``most``."""
    rows = Message.objects.filter(state=Message.State.QUEUED).order_by("pk").values_list("pk")
    return len(rows[:most])


def _view(row: Message) -> MessageView:
    return MessageView(row.pk, row.subject, row.body, row.queued_at, row.read_at is not None, row.reference)
