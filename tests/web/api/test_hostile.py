"""No bad input makes a server error, and every answer is one that the description names."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from motcua.wsgi import application

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture(autouse=True)
def _one_connection():
    """As Django's own test client does: the end of a request does not end the test's connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def known_status(ctx, response, case):
    """Every status is described; the wrong method is nobody's to describe."""
    return response.status_code == 405 or status_code_conformance(ctx, response, case)


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=8,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
@pytest.mark.parametrize("who", ["citizen", "desk"])
def test_the_api_stands_anything(case, tokens, who):
    headers = {"Authorization": f"Bearer {tokens[who]}", "Accept-Encoding": "identity"}
    case.call_and_validate(
        headers=headers, checks=(not_a_server_error, known_status, response_schema_conformance)
    )


HOSTILE = [
    b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"procedure": 1}', b'{"a":' * 3000, "đ".encode("utf-16"),
    b'{"procedure":"9.000001","agency":"H43.01","answers":{"name":"\\u0000","number":1e400}}',
    b'{"procedure":"9.000001","agency":"H43.01\\u0000","answers":{}}',
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE)
def test_broken_bodies_are_refused_in_words(client, tokens, body):
    answer = client.post(
        "/api/v1/dossiers", data=body, content_type="application/json",
        headers={"authorization": f"Bearer {tokens['citizen']}", "idempotency-key": "k"},
    )  # fmt: skip
    assert 400 <= answer.status_code < 500
    assert answer["content-type"].startswith("application/problem+json")
    assert answer.json()["code"]
