from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.core.actor import PUBLIC, Actor
from motcua.core.refusals import NotFound
from motcua.notices import operations, queries
from motcua.notices.models import Message

from .conftest import CONTEXT

pytestmark = pytest.mark.django_db
Queue = Callable[..., None]


@pytest.fixture
def reader(make_user: Callable[..., int]) -> Actor:
    return Actor("person", user_id=make_user("reader", email="reader@example.org"))


@pytest.mark.feature("48")
def test_an_account_gets_inbox_and_mail(queue: Queue, reader: Actor, post_office: Any, now: datetime) -> None:
    queue(user_id=reader.user_id, address="")
    (view,) = queries.inbox(actor=reader).items
    assert (view.subject, view.read, view.reference) == (
        "Đã tiếp nhận hồ sơ H43.12-260710-0001",
        False,
        CONTEXT["code"],
    )
    assert operations.send_due(now=now).sent == 1
    assert len(post_office.to("reader@example.org")) == 1
    assert {d.channel: d.state for d in queries.deliveries(CONTEXT["code"])} == {
        "inbox": "sent",
        "email": "sent",
    }


def test_pages_hold_every_message_once(queue: Queue, reader: Actor) -> None:
    for n in range(7):
        queue(f"event:{n}", user_id=reader.user_id, channels=("inbox",))
    seen: list[int] = []
    after: str | None = None
    while True:
        page = queries.inbox(actor=reader, limit=3, after=after)
        seen += [item.id for item in page.items]
        after = page.next
        if after is None:
            break
    assert len(seen) == 7
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "１２", "", "1;drop"])
def test_a_wrong_cursor_starts_anew(queue: Queue, reader: Actor, after: str) -> None:
    queue(user_id=reader.user_id)
    assert len(queries.inbox(actor=reader, after=after).items) == 1


def test_reading_counts_down_and_is_for_the_owner_alone(
    queue: Queue, reader: Actor, make_user: Callable[..., int], now: datetime
) -> None:
    queue(user_id=reader.user_id)
    (view,) = queries.inbox(actor=reader).items
    other = Actor("person", user_id=make_user("other"))
    for stranger in (other, PUBLIC):
        with pytest.raises(NotFound):
            operations.mark_read(message_id=view.id, actor=stranger, now=now)
        assert queries.inbox(actor=stranger).items == ()
        assert queries.messages_for(CONTEXT["code"], actor=stranger) == ()
        assert queries.unread_count(stranger) == 0
    assert queries.unread_count(reader) == 1
    operations.mark_read(message_id=view.id, actor=reader, now=now)
    operations.mark_read(message_id=view.id, actor=reader, now=now + timedelta(hours=1))
    assert queries.unread_count(reader) == 0
    assert Message.objects.get(id=view.id).read_at == now
    assert [m.id for m in queries.messages_for(CONTEXT["code"], actor=reader)] == [view.id]


def test_an_e_mail_row_is_not_readable_as_a_message(queue: Queue, reader: Actor, now: datetime) -> None:
    queue(user_id=reader.user_id, channels=("email",))
    with pytest.raises(NotFound):
        operations.mark_read(message_id=Message.objects.get().id, actor=reader, now=now)


def test_a_personal_number_is_in_no_message(queue: Queue, reader: Actor) -> None:
    queue(
        user_id=reader.user_id,
        template="stopped",
        context=CONTEXT | {"reason": "Số 056095001234 sai", "clause": ""},
    )
    assert not Message.objects.filter(body__contains="056095001234").exists()
    assert Message.objects.filter(body__contains="234 sai").count() == 2
