"""Sessions and recovery: ended when they must be, and no old e-mail is needed to come back."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from motcua.agencies.operations import end_posts, give_recovery_code
from motcua.agencies.queries import actor_for
from motcua.core.actor import SYSTEM, Role
from motcua.events.queries import stream_events
from motcua.people.operations.access import (
    CodeRefused,
    MayNotGive,
    PasswordTooWeak,
    close_account,
    issue_recovery_code,
    recover,
)

pytestmark = pytest.mark.django_db
Maker = Callable[..., int]
PASSWORD, NEW = "a long enough secret", "three unrelated words"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def signed_in(username: str, password: str = PASSWORD) -> Client:
    client = Client(HTTP_USER_AGENT="Trình duyệt thử")
    client.cookies["motcua_language"] = "en"
    answer = client.post("/tai-khoan/login/", {"login": username, "password": password})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


def test_sessions_are_seen_and_ended_one_by_one(make_user: Maker) -> None:
    make_user("hoa")
    make_user("lan")
    here, there, hers = signed_in("hoa"), signed_in("hoa"), signed_in("lan")
    page = here.get("/tai-khoan/sessions/").content.decode()
    assert page.count("Trình duyệt thử") == 2, "her own, not lan's"
    [other] = re.findall(r'action="(/tai-khoan/sessions/\d+/end/)"', page)
    assert hers.post(other).status_code == 404
    assert is_in(there)
    assert here.post(other).status_code == 302
    assert not is_in(there)
    assert is_in(here)


def test_an_officers_session_ends_with_the_last_post(
    make_user: Maker, make_agency: Maker, appoint: Callable[..., Any]
) -> None:
    make_agency("H43")
    user = make_user("can")
    for role in (Role.DESK, Role.SPECIALIST):
        appoint(user, "H43", role)
    client = signed_in("can")
    assert client.get("/mot-cua/").status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    end_posts(user_id=user, agency="H43", last_on=yesterday, actor=SYSTEM, now=timezone.now())
    client.get("/")
    assert not is_in(client)
    assert is_in(signed_in("can")), "as a person one may sign in again"


def test_a_closed_account_is_out_at_once(make_user: Maker, now: datetime) -> None:
    make_user("hoa")
    client = signed_in("hoa")
    close_account(username="hoa", actor=SYSTEM, now=now)
    assert not is_in(client)
    answer = Client().post("/tai-khoan/login/", {"login": "hoa", "password": PASSWORD})
    assert answer.status_code == 200 or "inactive" in answer["Location"]


def test_a_code_sets_a_new_password_once_and_ends_the_sessions(make_user: Maker) -> None:
    user = make_user("hoa")
    old = signed_in("hoa")
    code = issue_recovery_code(username="hoa", actor=SYSTEM, now=timezone.now())
    form = {"username": "hoa", "code": code.lower(), "password": NEW, "again": NEW}
    assert Client().post("/tai-khoan/recover/", form).status_code == 302
    assert not is_in(old)
    assert is_in(signed_in("hoa", NEW))
    again = Client().post("/tai-khoan/recover/", form)
    assert again.status_code == 422
    assert b"govuk-error-summary" in again.content
    kinds = [event.kind for event in stream_events(f"account:{user}")]
    assert {"account.recovery_given", "account.recovered"} <= set(kinds)
    assert code not in str([event.data for event in stream_events(f"account:{user}")])


@pytest.mark.parametrize("wrong", ["name", "late", "older", "letters"])
def test_a_code_is_refused(make_user: Maker, now: datetime, wrong: str) -> None:
    make_user("hoa")
    make_user("lan")
    code = issue_recovery_code(username="hoa", actor=SYSTEM, now=now)
    if wrong == "older":
        issue_recovery_code(username="hoa", actor=SYSTEM, now=now)
    with pytest.raises(CodeRefused):
        recover(
            username="lan" if wrong == "name" else "hoa",
            code="AAAA-BBBB-CCCC-DDDD" if wrong == "letters" else code,
            password=NEW,
            now=now + timedelta(hours=1) if wrong == "late" else now,
        )


def test_a_weak_password_costs_no_code(make_user: Maker, now: datetime) -> None:
    make_user("hoa")
    code = issue_recovery_code(username="hoa", actor=SYSTEM, now=now)
    with pytest.raises(PasswordTooWeak):
        recover(username="hoa", code=code, password="short", now=now)
    recover(username="hoa", code=code, password=NEW, now=now)


def test_a_desk_helps_citizens_and_never_officers_or_itself(
    make_user: Maker, make_agency: Maker, appoint: Callable[..., Any], now: datetime
) -> None:
    make_agency("H43")
    make_user("hoa")
    desk, other = make_user("ban"), make_user("sep")
    appoint(desk, "H43", Role.DESK)
    appoint(other, "H43", Role.SIGNATORY)
    actor = actor_for(desk, now=now)
    assert give_recovery_code(username="hoa", actor=actor, now=now)
    for name in ("sep", "ban"):
        with pytest.raises(MayNotGive):
            give_recovery_code(username=name, actor=actor, now=now)
    with pytest.raises(MayNotGive):
        give_recovery_code(username="hoa", actor=actor_for(other, now=now), now=now)


def test_the_desk_gives_a_code_after_seeing_papers(
    make_user: Maker, make_agency: Maker, appoint: Callable[..., Any]
) -> None:
    make_agency("H43")
    make_user("hoa")
    appoint(make_user("ban"), "H43", Role.DESK)
    client = signed_in("ban")
    page = "/mot-cua/khoi-phuc/"
    assert page in client.get("/mot-cua/").content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {"username": "hoa"}).status_code == 422
    shown = client.post(page, {"username": "hoa", "papers": "yes"}).content.decode()
    [code] = re.findall(r"\b(?:[A-Z0-9]{4}-){3}[A-Z0-9]{4}\b", shown)
    recover(username="hoa", code=code, password=NEW, now=timezone.now())
