"""Petitions: their states, clocks, readers and messages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.core.actor import PUBLIC, Actor
from motcua.core.refusals import NotFound
from motcua.voice import operations, queries
from motcua.voice.rules.petitions import (
    AFTER,
    Act,
    ActRefused,
    Course,
    KindUnknown,
    State,
    WordsNeeded,
    after,
    deadline,
    on_time,
)
from tests.dossiers.conftest import Commune

pytestmark = pytest.mark.django_db
ANSWER = "Chúng tôi đã kiểm tra và xin trả lời như sau."


def form(**more: Any) -> operations.PetitionForm:
    return operations.PetitionForm(
        **{
            "kind": "conduct",
            "title": "Quầy đóng sớm",
            "words": "Tôi đến lúc 16 giờ thì quầy đã đóng.",
            "agency": "H43.01",
            **more,
        }
    )


def send(actor: Actor, now: datetime, **more: Any) -> operations.PetitionSent:
    return operations.send_petition(form=form(**more), actor=actor, now=now)


def handle(commune: Commune, code: str, act: str, now: datetime, who: str = "desk", **more: str) -> None:
    operations.handle_petition(code=code, act=act, actor=getattr(commune, who), now=now, **more)


def seen(code: str, actor: Actor, now: datetime, token: str = "") -> queries.PetitionView:
    return queries.petition_for(code, actor=actor, token=token, now=now)


def test_the_clocks_run_in_working_days_of_the_agency(commune: Commune, now: datetime) -> None:
    """766, 5.2: refuse within 2, ask within 5, answer within 15 working days."""
    from motcua.agencies.queries import agency, calendar_for

    sent = send(commune.citizen, now)
    view = seen(sent.code, commune.citizen, now)
    calendar = calendar_for(agency("H43.01").id, {2026, 2027})
    passed = [
        calendar.minutes_between(now, due) / 480
        for due in (view.refuse_due_at, view.ask_due_at, view.answer_due_at)
    ]
    assert passed == [2, 5, 15]
    assert view.acts == ("withdraw",)
    assert seen(sent.code, commune.desk, now).acts == ("refuse", "ask_more", "forward", "answer")


def test_what_the_author_takes_to_say_more_does_not_count(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now)
    first = seen(sent.code, commune.citizen, now).answer_due_at
    later = now + timedelta(days=7)  # five working days
    handle(commune, sent.code, "ask_more", now, words="Xin cho biết ngày bạn đến.")
    waiting = seen(sent.code, commune.citizen, later)
    assert (waiting.item.state, waiting.item.due_at) == ("more_asked", None)
    assert waiting.acts == ("give_more", "withdraw")
    operations.answer_question(code=sent.code, words="Tôi đến ngày 9.", actor=commune.citizen, now=later)
    moved = seen(sent.code, commune.citizen, later)
    assert moved.answer_due_at - first == timedelta(days=7)
    with pytest.raises(ActRefused, match="once already"):
        handle(commune, sent.code, "ask_more", later, words="Xin cho biết thêm nữa.")


def test_an_answer_is_published_only_with_consent_and_without_the_name(
    commune: Commune, now: datetime
) -> None:
    kept, open_ = send(commune.citizen, now), send(commune.citizen, now, consent=True)
    for sent in (kept, open_):
        handle(commune, sent.code, "answer", now, words=ANSWER)
    with pytest.raises(ActRefused, match="did not agree"):
        handle(commune, kept.code, "publish", now)
    with pytest.raises(NotFound):
        seen(open_.code, PUBLIC, now)
    assert seen(open_.code, commune.desk, now).item.due_at is not None
    handle(commune, open_.code, "publish", now)
    public = seen(open_.code, PUBLIC, now)
    assert (public.item.answer, public.words, public.name, public.acts) == (
        ANSWER, "Tôi đến lúc 16 giờ thì quầy đã đóng.", "", (),
    )  # fmt: skip
    assert [item.code for item in queries.published_petitions(now=now).items] == [open_.code]
    assert "Người dan" not in str(public)


def test_strangers_see_and_do_nothing(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now)
    for who in (commune.other, commune.stranger, commune.asked, PUBLIC):
        with pytest.raises(NotFound):
            seen(sent.code, who, now)
        with pytest.raises(NotFound):
            operations.handle_petition(code=sent.code, act="answer", words=ANSWER, actor=who, now=now)
        with pytest.raises(NotFound):
            operations.withdraw_petition(code=sent.code, actor=who, now=now)
    leader = seen(sent.code, commune.leader, now)
    assert (leader.acts, leader.for_desk) == ((), False)


def test_without_an_account_the_link_is_the_way_back(commune: Commune, now: datetime) -> None:
    sent = send(PUBLIC, now, email="ai@example.vn", name="Ai Đó")
    assert seen(sent.code, PUBLIC, now, sent.token).own
    for token in ("", "x", send(PUBLIC, now).token):
        with pytest.raises(NotFound):
            seen(sent.code, PUBLIC, now, token)
    handle(commune, sent.code, "answer", now, words=ANSWER)
    from motcua.notices.models import Message

    (message,) = Message.objects.filter(reference=sent.code)
    assert (message.address, message.user_id) == ("ai@example.vn", None)
    assert sent.token.split(":")[0] in message.body


def test_sent_on_the_clock_goes_on(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now)
    handle(commune, sent.code, "forward", now + timedelta(days=3), to="H43.02")
    view = seen(sent.code, commune.asked, now)
    assert view.answer_due_at == sent.answer_due_at
    with pytest.raises(NotFound):
        handle(commune, sent.code, "answer", now, words=ANSWER)  # no longer this desk's
    handle(commune, sent.code, "answer", now, who="asked", words=ANSWER)


def test_only_ones_own_dossier_is_named(commune: Commune, now: datetime, file: Callable[..., str]) -> None:
    code = file()
    assert seen(send(commune.citizen, now, dossier=code).code, commune.desk, now).dossier == code
    with pytest.raises(NotFound):
        send(commune.other, now, dossier=code)


def test_it_can_be_repeated_once_settled(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now)
    with pytest.raises(NotFound):
        send(commune.citizen, now, repeats=sent.code)
    handle(commune, sent.code, "answer", now, words=ANSWER)
    with pytest.raises(NotFound):
        send(commune.other, now, repeats=sent.code)
    again = send(commune.citizen, now, repeats=sent.code)
    assert seen(again.code, commune.desk, now).repeats == sent.code


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"words": "ngắn"}, WordsNeeded),
        ({"words": "x" * 5001}, WordsNeeded),
        ({"title": " "}, WordsNeeded),
        ({"kind": "praise"}, KindUnknown),
        ({"agency": "H99"}, NotFound),
    ],
)
def test_what_cannot_be_sent_is_refused(
    commune: Commune, now: datetime, more: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        send(commune.citizen, now, **more)


def test_one_account_reacts_once_and_may_change_its_mind(commune: Commune, now: datetime) -> None:
    sent = send(commune.citizen, now, consent=True)
    handle(commune, sent.code, "answer", now, words=ANSWER)
    with pytest.raises(NotFound):
        operations.react(code=sent.code, likes=True, actor=commune.other, now=now)
    handle(commune, sent.code, "publish", now)
    for likes in (True, True, False):
        operations.react(code=sent.code, likes=likes, actor=commune.other, now=now)
    operations.react(code=sent.code, likes=False, actor=commune.citizen, now=now)
    item = seen(sent.code, PUBLIC, now).item
    assert (item.likes, item.dislikes) == (0, 2)
    with pytest.raises(NotFound):
        operations.react(code=sent.code, likes=True, actor=PUBLIC, now=now)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_only_the_table_leads_on(state: State, act: Act) -> None:
    if (state, act) in AFTER:
        assert after(state, act, consent=True, asked=False) is AFTER[state, act]
    else:
        with pytest.raises(ActRefused):
            after(state, act, consent=True, asked=False)


def test_each_step_has_its_own_limit(now: datetime) -> None:
    day = timedelta(days=1)

    def course(state: State, **moments: datetime) -> Course:
        usual: dict[str, Any] = {"asked_at": None, "ended_at": None, "published_at": None}
        dues = {"refuse_due_at": now + 2 * day, "ask_due_at": now + 5 * day,
                "answer_due_at": now + 15 * day, "publish_due_at": now + 17 * day}  # fmt: skip
        return Course(state, **{**dues, **usual, **moments})

    assert on_time(course(State.REFUSED, ended_at=now + 2 * day), now)
    assert not on_time(course(State.REFUSED, ended_at=now + 3 * day), now)
    assert on_time(course(State.ANSWERED, ended_at=now + 15 * day), now)
    assert not on_time(course(State.ANSWERED, ended_at=now + 16 * day), now)
    assert not on_time(course(State.ANSWERED, ended_at=now), now + 18 * day)  # not published in time
    assert not on_time(course(State.PUBLISHED, ended_at=now, published_at=now + 18 * day), now)
    assert not on_time(course(State.RECEIVED, asked_at=now + 6 * day), now)
    assert on_time(course(State.RECEIVED), now + 15 * day)
    assert not on_time(course(State.RECEIVED), now + 16 * day)
    assert on_time(course(State.MORE_ASKED, asked_at=now), now + 99 * day)
    assert deadline(course(State.WITHDRAWN)) is None
