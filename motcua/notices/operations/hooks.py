"""News for systems that listen: queued with the log, signed, called with patience, sent again on request."""

import json
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from motcua.agencies.queries import actor_for, agency
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound, Refusal
from motcua.core.sealing import seal, unseal
from motcua.core.texts import Text
from motcua.notices import rules
from motcua.notices.gateways.hooks import Caller, HookUnreached
from motcua.notices.models import Hook, HookDelivery
from motcua.notices.operations.outbox import SendCounts
from motcua.notices.queries.hooks import HookView, hook_view

MOST_HOOKS = 10  # of one owner
GONE = 410  # the other side says that nobody listens there any more


class HookRefused(Refusal):
    """This address cannot listen, or not for this agency."""

    code = "webhook_refused"
    cause = Text("Không đăng ký được địa chỉ này: {detail}.", "This address cannot listen: {detail}.")
    next_step = Text(
        "Dùng địa chỉ https công khai của hệ thống bạn; mỗi tài khoản tối đa 10 địa chỉ.",
        "Use a public https address of your system; at most 10 for an account.",
    )
    status = 422


@transaction.atomic
def add_hook(*, url: str, agency_code: str = "", actor: Actor, now: datetime) -> tuple[HookView, str]:
    """Let an address listen to the actor's own dossiers, or to those of an agency where the actor has a post.

    Answers the hook and its signing key, which is shown this once. Raises ``HookRefused``, ``NotFound``.
    """
    if actor.user_id is None:
        raise NotFound
    fault = rules.hook_address_fault(url, inside=settings.HOOKS_INSIDE)
    if not fault and Hook.objects.filter(owner_id=actor.user_id, ended_at=None).count() >= MOST_HOOKS:
        fault = f"there are {MOST_HOOKS} already"
    if fault:
        raise HookRefused(detail=fault)
    of = agency(agency_code).id if agency_code else None
    if of is not None and of not in {post.agency_id for post in actor.posts}:
        raise NotFound
    key, hook_id = secrets.token_bytes(32), uuid4()
    row = Hook.objects.create(
        id=hook_id, owner_id=actor.user_id, agency_id=of, url=url, added_at=now,
        secret_sealed=seal(key, key=settings.KEYS.personal, row=f"hook:{hook_id}"),
    )  # fmt: skip
    return hook_view(row), rules.hook_secret_text(key)


@transaction.atomic
def end_hook(*, hook_id: UUID, actor: Actor, now: datetime) -> None:
    """Nobody listens there any more; what waits is not sent. Raises ``NotFound``."""
    _end(_own(hook_id, actor), "ended by its owner", now)


@transaction.atomic
def replay(*, hook_id: UUID, after: int, actor: Actor, now: datetime) -> int:
    """Send again what followed event ``after``, under the same ids; how many. Raises ``NotFound``."""
    row = _own(hook_id, actor)
    if row.ended_at is not None:
        raise NotFound
    rows = HookDelivery.objects.filter(hook=row, event_id__gt=after)
    return rows.update(state=HookDelivery.State.QUEUED, tries=0, next_try_at=now)


def queue_news(
    *, event_id: int, kind: str, at: datetime, subject: str, data: Mapping[str, object],
    owners: Collection[int], agencies: Collection[int], now: datetime,
) -> int:  # fmt: skip
    """Queue one event for whoever listens to these people's or agencies' dossiers; how many.

    The body is a CloudEvent (1.0, JSON) without personal data; the same event again changes nothing.
    """
    mine = Q(agency=None, owner_id__in=list(owners))
    rows = Hook.objects.filter(mine | Q(agency_id__in=list(agencies)), ended_at=None).order_by("id")
    body = json.dumps(
        {
            "specversion": "1.0", "id": str(event_id), "source": settings.PUBLIC_URL,
            "type": f"vn.motcua.{kind}", "subject": subject, "time": at.isoformat(),
            "datacontenttype": "application/json", "data": dict(data),
        },
        ensure_ascii=False,
    )  # fmt: skip
    made = [HookDelivery(hook=h, event_id=event_id, body=body, queued_at=now, next_try_at=now) for h in rows]
    HookDelivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def call_due(*, now: datetime, limit: int = 50) -> SendCounts:
    """Call the listeners whose news is due, each on its own: one that is down holds up no other.

    An officer's hook ends by itself when the post does. Killed in between, the same news comes again
    under the same ``webhook-id``.
    """
    due = HookDelivery.objects.filter(state=HookDelivery.State.QUEUED, next_try_at__lte=now)
    caller, sent, failed, later = Caller(inside=settings.HOOKS_INSIDE), 0, 0, 0
    for delivery_id in list(due.order_by("next_try_at", "id").values_list("id", flat=True)[:limit]):
        taken = due.filter(pk=delivery_id).update(next_try_at=now + rules.LEASE, tries=F("tries") + 1)
        if not taken:
            continue  # another worker has it
        row = HookDelivery.objects.select_related("hook").get(pk=delivery_id)
        state = _call(row, caller, now) if _in_force(row.hook, now) else HookDelivery.State.FAILED
        sent += state == HookDelivery.State.SENT
        failed += state == HookDelivery.State.FAILED
        later += state == HookDelivery.State.QUEUED
    return SendCounts(sent, failed, later)


def _call(row: HookDelivery, caller: Caller, now: datetime) -> str:
    try:
        status = caller.post(row.hook.url, row.body.encode(), _headers(row, now))
        answer = str(status)
    except HookUnreached as error:
        status, answer = 0, str(error)
    if 200 <= status < 300:
        return _mark(row, HookDelivery.State.SENT, answer, sent_at=now)
    if status == GONE:
        _end(row.hook, "the address answered 410 Gone", now)
        return _mark(row, HookDelivery.State.FAILED, answer)
    wait = rules.wait_after(row.tries)
    if wait is None:
        return _mark(row, HookDelivery.State.FAILED, answer)
    return _mark(row, HookDelivery.State.QUEUED, answer, next_try_at=now + wait)


def _headers(row: HookDelivery, now: datetime) -> dict[str, str]:
    key = unseal(bytes(row.hook.secret_sealed), key=settings.KEYS.personal, row=f"hook:{row.hook_id}")
    delivery, at = f"{row.hook_id}.{row.event_id}", int(now.timestamp())
    return {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "User-Agent": "Motcua-Webhook/1",
        "webhook-id": delivery,
        "webhook-timestamp": str(at),
        "webhook-signature": rules.hook_signature(key, delivery=delivery, at=at, body=row.body.encode()),
    }


def _mark(row: HookDelivery, state: HookDelivery.State, answer: str, **more: object) -> str:
    HookDelivery.objects.filter(pk=row.pk).update(state=state, answer=answer[:200], **more)
    return str(state)


def _in_force(hook: Hook, now: datetime) -> bool:
    """A hook of an agency lives as long as its owner has a post there."""
    if hook.ended_at is None and hook.agency_id is not None:
        posts = actor_for(hook.owner_id, now=now).posts
        if hook.agency_id not in {post.agency_id for post in posts}:
            _end(hook, "its owner has no post there any more", now)
    return hook.ended_at is None


def _own(hook_id: UUID, actor: Actor) -> Hook:
    row = Hook.objects.select_for_update().filter(pk=hook_id, owner_id=actor.user_id).first()
    if row is None or actor.user_id is None:
        raise NotFound
    return row


def _end(hook: Hook, reason: str, now: datetime) -> None:
    if hook.ended_at is None:
        hook.ended_at, hook.end_reason = now, reason
        hook.save(update_fields=["ended_at", "end_reason"])
    HookDelivery.objects.filter(hook=hook, state=HookDelivery.State.QUEUED).update(
        state=HookDelivery.State.FAILED, answer=reason
    )
