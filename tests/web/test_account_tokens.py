"""One's tokens: made with what they may do, shown once, listed, ended; nobody sees another's."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/tokens/"
ASKED = {"name": "Phần mềm kế toán", "scopes": ["read"], "days": "7"}


@pytest.fixture
def person(client: Client, make_user: Callable[..., int]) -> Client:
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=make_user("dan")))
    return client


def api(token: str, path: str = "/dossiers", method: str = "get") -> Any:
    return getattr(Client(headers={"authorization": f"Bearer {token}"}), method)(f"/api/v1{path}")


@pytest.mark.feature("51")
def test_a_token_is_shown_once_does_what_it_may_and_ends(person: Client) -> None:
    made = person.post(PAGE, ASKED)
    assert made.status_code == 200
    assert made.headers["Cache-Control"].count("no-store")
    token = re.search(r"mc_[\w-]{40,}", made.content.decode())
    assert token
    assert api(token[0]).status_code == 200
    refused = api(token[0], "/webhooks")
    assert (refused.status_code, refused.json()["code"]) == (403, "missing_scope")
    listed = person.get(PAGE).content.decode()
    assert "Phần mềm kế toán" in listed
    assert token[0] not in listed
    (number,) = re.findall(r"/tokens/(\d+)/end/", listed)
    assert person.post(f"{PAGE}{number}/end/").status_code == 302
    assert api(token[0]).status_code == 401
    assert "Phần mềm kế toán" not in person.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "changed", [{"name": " "}, {"scopes": []}, {"scopes": ["all"]}, {"scopes": ["read", "x"]}, {"days": "0"}]
)
def test_a_faulty_form_makes_none_and_keeps_what_was_typed(person: Client, changed: dict[str, Any]) -> None:
    answer = person.post(PAGE, {**ASKED, **changed})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "error-summary" in text
    assert "mc_" not in re.sub(r'(class|href|src|id)="[^"]*"', "", text)
    assert ("name" in changed) or "Phần mềm kế toán" in text


def test_anothers_token_is_not_there(person: Client, make_user: Callable[..., int]) -> None:
    from motcua.core.actor import SYSTEM
    from motcua.people.models import Token
    from motcua.people.operations.tokens import issue_token

    make_user("khac")
    token = issue_token(username="khac", scopes=("read",), days=1, actor=SYSTEM, now=timezone.now())
    number = Token.objects.get().pk
    assert f"/tokens/{number}/" not in person.get(PAGE).content.decode()
    assert person.post(f"{PAGE}{number}/end/").status_code == 404
    assert api(token).status_code == 200


def test_an_unknown_scope_is_refused_by_the_command(make_user: Callable[..., int]) -> None:
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import ScopeUnknown, issue_token

    make_user("dan")
    for scopes in (("everything",), ("read", "admin"), ()):
        with pytest.raises(ScopeUnknown) as refused:
            issue_token(username="dan", scopes=scopes, days=1, actor=SYSTEM, now=timezone.now())
        assert "read, write, webhooks" in refused.value.next_step.en


def test_a_token_that_has_ended_opens_nothing(make_user: Callable[..., int]) -> None:
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import issue_token

    make_user("dan")
    then = timezone.now() - timedelta(days=2)
    token = issue_token(username="dan", scopes=("read",), days=1, actor=SYSTEM, now=then)
    assert api(token).status_code == 401


@pytest.mark.parametrize("scopes", [("read",), ("write",), ("webhooks",)])
def test_every_call_asks_for_its_scope(make_user: Callable[..., int], scopes: tuple[str, ...]) -> None:
    """Whatever the call, a token without its scope gets 403 and nothing else."""
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import issue_token
    from motcua.web.api.v1.urls import api as described

    make_user("dan")
    token = issue_token(username="dan", scopes=scopes, days=1, actor=SYSTEM, now=timezone.now())
    tried = 0
    for path, calls in described.get_openapi_schema()["paths"].items():
        for method, call in calls.items():
            wanted = call.get("security", [{"Token": list(scopes)}])[0]["Token"]
            if set(wanted) <= set(scopes) or method == "head":
                continue
            address = re.sub(r"\{\w*id\}", "00000000-0000-0000-0000-000000000007", path)
            answer = api(token, re.sub(r"\{\w+\}", "x", address).removeprefix("/api/v1"), method)
            assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope"), (method, path)
            tried += 1
    assert tried >= 5
