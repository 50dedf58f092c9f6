"""The main job by API, from filing to a verified result."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.dossiers.conftest import ANSWERS, PROCEDURE

REQUEST = {"procedure": PROCEDURE, "agency": "H43.01", "answers": ANSWERS, "filed_by": "self"}


def file(call, key="k1", who="citizen", **changes):
    return call(who, "post", "/dossiers", {**REQUEST, **changes}, **{"idempotency-key": key})


def act(call, who, code, action, **params):
    answer = call(who, "post", f"/dossiers/{code}/actions", {"action": action, **params})
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.feature("51")
def test_from_filing_to_a_verified_result(call, client):
    filed = file(call)
    assert filed.status_code == 201
    receipt = filed.json()
    assert set(receipt) == {"code", "status", "submitted_at", "track_url"}
    assert receipt["status"] == 1
    code = receipt["code"]
    assert [i["code"] for i in call("desk", "get", "/worklist?lane=all").json()["items"]] == [code]
    assert "receive" in call("desk", "get", f"/dossiers/{code}").json()["actions"]
    got = act(call, "desk", code, "receive")
    assert (got["status"], got["due_at"] is not None) == (2, True)
    act(call, "specialist", code, "complete_step", step="check")
    act(call, "specialist", code, "complete_step", findings={"note": "được"})
    act(call, "citizen", code, "deliver_draft")
    act(call, "citizen", code, "confirm_draft")
    assert act(call, "signatory", code, "sign")["result"]["state"] == "valid"
    got = act(call, "desk", code, "return_result", how="online")
    assert (got["status"], got["outcome"], got["actions"]) == (10, "granted", [])
    pdf = call("citizen", "get", f"/dossiers/{code}/result.pdf")
    assert (pdf["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    seen = client.get(f"/verify/{got['result']['token']}", headers={"accept": "application/json"}).json()
    assert (seen["state"], seen["trial"]) == ("valid", True)
    for wanted in (
        "procedure",
        "revision",
        "submitted_at",
        "received_at",
        "pauses",
        "timeline",
        "papers",
        "fees",
    ):
        assert wanted in got


def test_the_same_key_gets_the_same_answer(call):
    first, again = file(call, key="same"), file(call, key="same")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    other = file(call, key="same", answers={**ANSWERS, "ask": True})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    without = call("citizen", "post", "/dossiers", REQUEST)
    assert without.status_code == 422


def test_refused_answers_point_at_each_fault(call):
    answer = file(call, answers={**ANSWERS, "number": "12", "name": None, "stranger": 1})
    assert answer.status_code == 422
    assert answer["content-type"].startswith("application/problem+json")
    body = answer.json()
    assert body["code"] == "answers_refused"
    assert {"/answers/number", "/answers/name", "/answers/stranger"} <= {e["pointer"] for e in body["errors"]}


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"procedure": "9.999999"}, 422, "not_offered_online"),
        ({"agency": "H99"}, 422, "not_offered_online"),
        ({"filed_by": "helped"}, 403, "may_not_file_so"),
        ({"filed_by": "officer"}, 403, "may_not_file_so"),
        ({"papers": [{"component": "nothing", "paper": None}]}, 422, "answers_refused"),
        ({"answers": {**ANSWERS, "proof": True}}, 422, "answers_refused"),
        ({"filed_by": "nobody"}, 422, "invalid_request"),
        ({"unknown": 1}, 422, "invalid_request"),
    ],
)
def test_requests_that_cannot_be_filed(call, changes, status, code):
    answer = file(call, **changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_no_token_bad_token_old_token(call, commune):
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import issue_token

    long_ago = timezone.now() - timedelta(days=30)
    old = issue_token(username="dan", scopes=("all",), days=1, actor=SYSTEM, now=long_ago)
    for headers in ({}, {"authorization": "Bearer nonsense"}, {"authorization": f"Bearer {old}"}):
        answer = call(None, "get", "/dossiers", **headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorised")


@pytest.mark.feature("51")
def test_a_token_does_what_its_scope_says(call, commune):
    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import issue_token

    reading = issue_token(username="dan", scopes=("read",), days=1, actor=SYSTEM, now=timezone.now())
    headers = {"authorization": f"Bearer {reading}"}
    assert call(None, "get", "/dossiers", **headers).status_code == 200
    refused = call(None, "post", "/dossiers", REQUEST, **headers, **{"idempotency-key": "x"})
    assert (refused.status_code, refused.json()["code"]) == (403, "missing_scope")


def test_what_one_may_not_see_does_not_exist(call):
    code = file(call).json()["code"]
    for path in (f"/dossiers/{code}", f"/dossiers/{code}/result.pdf"):
        assert call("other", "get", path).status_code == 404
    assert call("other", "post", f"/dossiers/{code}/actions", {"action": "withdraw"}).status_code == 404


def test_a_refused_action_says_why(call):
    code = file(call).json()["code"]
    answer = call("citizen", "post", f"/dossiers/{code}/actions", {"action": "receive"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_your_task")
    answer = call("desk", "post", f"/dossiers/{code}/actions", {"action": "sign"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_in_this_status")
    answer = call("desk", "post", f"/dossiers/{code}/actions", {"action": "dance"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_action")


def test_tracking_answers_alike_for_wrong_code_and_wrong_digits(call):
    code = file(call).json()["code"]
    good = call(None, "post", "/track", {"code": code, "last4": "0123"})
    assert (good.status_code, good.json()["status"]) == (200, 1)
    wrong = [
        call(None, "post", "/track", {"code": code, "last4": "9999"}),
        call(None, "post", "/track", {"code": "H43.01-260710-9999", "last4": "0123"}),
    ]
    assert wrong[0].status_code == wrong[1].status_code == 404
    assert wrong[0].content == wrong[1].content
    assert 429 in [
        call(None, "post", "/track", {"code": code, "last4": "9999"}).status_code for _ in range(12)
    ]


def test_lists_go_on_with_a_cursor(call):
    codes = [file(call, key=f"k{n}").json()["code"] for n in range(3)]
    first = call("citizen", "get", "/dossiers?limit=2").json()
    rest = call("citizen", "get", f"/dossiers?limit=2&after={first['next']}").json()
    assert [i["code"] for i in first["items"] + rest["items"]] == codes[::-1]
    assert rest["next"] is None
    assert call("citizen", "get", "/dossiers?after=nonsense").status_code == 422


def test_the_form_of_a_procedure_is_its_schema(call):
    from jsonschema import Draft202012Validator

    page = call(None, "get", f"/procedures/{PROCEDURE}").json()
    schema = page["form"]
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(ANSWERS)
    assert not validator.is_valid({**ANSWERS, "stranger": 1})
    assert call(None, "get", "/procedures/7.777777").status_code == 404
    found = call(None, "get", "/procedures?q=giay thu").json()
    assert set(found) == {"items", "next"}


def test_rates_are_public(call):
    answer = call(None, "get", "/rates?definition=online_2022&from=2026-07-01&to=2026-07-31&by=agency")
    body = answer.json()
    assert answer.status_code == 200
    assert {"definition", "revision", "from", "to", "rows"} <= set(body)
    assert "national" in [r["scope"] for r in body["rows"]]
    every = call(None, "get", "/rates?from=2026-07-01&to=2026-07-31").json()
    assert body["definition"] in [item["definition"] for item in every["items"]]
    assert call(None, "get", "/rates?definition=nothing&from=2026-07-01&to=2026-07-31").status_code in {
        404,
        422,
    }
    assert call(None, "get", "/rates?definition=online_2022&from=2026-08-01&to=2026-07-31").status_code == 422
