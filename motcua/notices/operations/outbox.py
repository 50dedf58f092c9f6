"""Queueing, sending and reading messages."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.notices import rules
from motcua.notices.gateways import Mail, Mailer, MailRefused, ServerDown, fill
from motcua.notices.models import Message
from motcua.people.queries import contact_of_user

GIVE_UP_AFTER = 3  # failures in a row that look like the server's, not the message's


@dataclass(frozen=True, slots=True)
class SendCounts:
    """What one turn of the outbox did; ``down`` says why the server could not be reached."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    down: str = ""


@transaction.atomic
def queue(
    *,
    key: str,
    user_id: int | None,
    address: str = "",
    channels: Collection[str] = ("inbox", "email"),
    template: str,
    locale: str,
    context: Mapping[str, object],
    reference: str,
    now: datetime,
) -> None:
    """Put one piece of news on its channels; the same ``key`` again changes nothing.

    Texts are filled now, so a message says what was true then. Raises ``MissingVariable`` when the
    template speaks of something that ``context`` lacks. Personal numbers in it are hidden.
    """
    values = {name: rules.in_words(value, locale) for name, value in context.items()}
    subject, body = fill(template, locale, {"site": settings.SITE_NAME, **values})
    rows = []
    for channel in channels:
        to = _address(address, user_id) if channel == Message.Channel.EMAIL else ""
        if channel == Message.Channel.INBOX and user_id is None:
            continue
        state = _first_state(channel, to)
        rows.append(
            Message(
                key=rules.channel_key(key, channel),
                channel=channel,
                user_id=user_id,
                address=to,
                template=template,
                locale=locale,
                reference=reference,
                subject=rules.header(subject),
                body=body,
                state=state,
                queued_at=now,
                next_try_at=now,
                sent_at=now if state == Message.State.SENT else None,
            )
        )
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def send_due(*, now: datetime, limit: int = 50) -> SendCounts:
    """Send e-mails that are due, oldest first, each on its own: one that fails holds up no other.

    A message is claimed by a lease before it is sent: killed in between, it is sent again later, under
    the same ``Message-ID``. A server that is down costs no message one of its tries.
    """
    if not settings.SMTP_URL:
        return SendCounts()
    due = Message.objects.filter(state=Message.State.QUEUED, next_try_at__lte=now)
    ids = list(due.order_by("next_try_at", "id").values_list("id", flat=True)[:limit])
    if not ids:
        return SendCounts()
    mailer = Mailer(settings.SMTP_URL, settings.MAIL_FROM)
    try:
        return _send_each(ids, mailer, now)
    finally:
        mailer.close()


@transaction.atomic
def mark_read(*, message_id: int, actor: Actor, now: datetime) -> None:
    """The reader has seen a message of their own; a second time changes nothing. Raises ``NotFound``."""
    if actor.user_id is None:
        raise NotFound()
    own = Message.objects.filter(pk=message_id, user_id=actor.user_id, channel=Message.Channel.INBOX)
    if not own.exists():
        raise NotFound()
    own.filter(read_at=None).update(read_at=now)


def mark_all_read(*, until: int, actor: Actor, now: datetime) -> int:
    """The reader has seen their own messages up to the one with the id ``until``; answers how many.

    What came after the page was shown stays unread.
    """
    if actor.user_id is None:
        return 0
    own = Message.objects.filter(user_id=actor.user_id, channel=Message.Channel.INBOX, pk__lte=until)
    return own.filter(read_at=None).update(read_at=now)


def forget(*, references: Collection[str], template: str) -> int:
    """Delete the messages of one template about some matters, sent or not, on every channel; how many.

    For news whose words or recipients are kept no longer: the whole row goes, with its address and account.
    """
    deleted, _ = Message.objects.filter(reference__in=references, template=template).delete()
    return deleted


def _send_each(ids: list[int], mailer: Mailer, now: datetime) -> SendCounts:
    sent = failed = later = in_a_row = 0
    for message_id in ids:
        try:
            mailer.connect()
        except ServerDown as down:
            return SendCounts(sent, failed, later, str(down))
        message = _claim(message_id, now)
        if message is None:
            continue
        outcome = _send(message, mailer, now)
        sent += outcome == Message.State.SENT
        failed += outcome == Message.State.FAILED
        later += outcome == Message.State.QUEUED
        in_a_row = in_a_row + 1 if outcome == Message.State.QUEUED else 0
        if in_a_row >= GIVE_UP_AFTER:
            return SendCounts(sent, failed, later, "the server takes nothing now")
    return SendCounts(sent, failed, later)


def _claim(message_id: int, now: datetime) -> Message | None:
    """Take a message for ourselves: only one worker's update finds it still due."""
    due = Message.objects.filter(pk=message_id, state=Message.State.QUEUED, next_try_at__lte=now)
    if not due.update(next_try_at=now + rules.LEASE, tries=F("tries") + 1):
        return None
    return Message.objects.get(pk=message_id)


def _send(message: Message, mailer: Mailer, now: datetime) -> str:
    mail = Mail(
        to=message.address,
        subject=message.subject,
        body=message.body,
        message_id=rules.message_id(message.key, mailer.domain),
        locale=message.locale,
        at=now,
    )
    try:
        mailer.send(mail)
    except ServerDown as down:
        return _put_off(message, str(down), now)
    except MailRefused as refused:
        return _give_up(message, refused.reason) if refused.final else _put_off(message, refused.reason, now)
    _mark(message, state=Message.State.SENT, sent_at=now, error="")
    return str(Message.State.SENT)


def _put_off(message: Message, reason: str, now: datetime) -> str:
    wait = rules.wait_after(message.tries)
    if wait is None:
        return _give_up(message, reason)
    _mark(message, next_try_at=now + wait, error=reason)
    return str(Message.State.QUEUED)


def _give_up(message: Message, reason: str) -> str:
    _mark(message, state=Message.State.FAILED, error=reason)
    return str(Message.State.FAILED)


def _mark(message: Message, **changes: object) -> None:
    Message.objects.filter(pk=message.pk).update(**changes)


def _address(given: str, user_id: int | None) -> str:
    """The address to send to; empty when there is none that could be one."""
    try:
        address = given.strip() or (contact_of_user(user_id).email if user_id is not None else "")
        validate_email(address)
    except (ValidationError, NotFound):
        return ""
    return address


def _first_state(channel: str, address: str) -> Message.State:
    if channel == Message.Channel.INBOX:
        return Message.State.SENT
    return Message.State.QUEUED if settings.SMTP_URL and address else Message.State.NO_CHANNEL
