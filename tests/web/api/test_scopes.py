"""Scopes × calls: a token opens the calls of its own scopes and no other, whatever its owner may do."""

import re
from typing import Any

import pytest
from django.test import Client

from motcua.people.rules import SCOPES
from tests.dossiers.conftest import Commune
from tests.web.api.conftest import NAMES

METHODS = ("get", "post", "put", "patch", "delete")


def calls() -> list[tuple[str, str, str]]:
    """Every call that needs a token: method, address with samples, scope."""
    from motcua.web.api.v1.urls import api

    found = []
    for path, entry in api.get_openapi_schema()["paths"].items():
        for method in METHODS:
            if method in entry and entry[method].get("security"):
                (scope,) = entry[method]["security"][0]["Token"]
                found.append((method, re.sub(r"\{[^}]+\}", "x", path), scope))
    return sorted(found)


def ask(method: str, path: str, token: str) -> Any:
    own = Client(headers={"authorization": f"Bearer {token}", "idempotency-key": f"{method}{path}"[:60]})
    more = {} if method == "get" else {"data": "{}", "content_type": "application/json"}
    return getattr(own, method)(path, **more)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["citizen", "desk", "leader"])
def test_a_token_opens_the_calls_of_its_scopes_only(commune: Commune, who: str) -> None:
    from django.utils import timezone

    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import issue_token

    wrong, refused, opened = [], 0, 0
    for held in SCOPES:
        token = issue_token(username=NAMES[who], scopes=(held,), days=1, actor=SYSTEM, now=timezone.now())
        for method, path, scope in calls():
            answer = ask(method, path, token)
            missing = answer.status_code == 403 and answer.json().get("code") == "missing_scope"
            refused, opened = refused + missing, opened + (not missing)
            if missing is (held == scope):
                wrong.append(f"{held}: {method} {path} ({scope}): {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert opened == len(calls())  # each call by the one scope that it names
    assert refused == len(calls()) * (len(SCOPES) - 1)


@pytest.mark.django_db
def test_a_token_that_is_not_in_force_opens_nothing() -> None:
    assert calls()
    for method, path, _scope in calls():
        assert ask(method, path, "no-such-token").status_code == 401, path
