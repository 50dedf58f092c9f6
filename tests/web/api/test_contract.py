"""The contract's calls, line by line: who may, what comes back, in which shape."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.cli import main as program
from tests.dossiers.conftest import ANSWERS, PROCEDURE
from tests.web.api.test_examples import upload

REQUEST = {"procedure": PROCEDURE, "agency": "H43.01", "answers": ANSWERS, "filed_by": "self"}
DOSSIER = {
    "code", "procedure", "revision", "status", "outcome", "submitted_at", "received_at", "due_at", "pauses",
    "timeline", "actions", "papers", "fees", "result",
}  # fmt: skip
ITEM = {"code", "name", "agency", "field", "level", "level_declared"}
ACTIONS = {
    "receive", "refuse", "decline", "request_supplement", "supplement", "assign", "complete_step", "consult",
    "answer_consultation", "confirm_draft", "reject_draft", "sign", "return_result", "revoke_result",
    "correct_result", "transfer", "withdraw", "stop", "apologise",
}  # fmt: skip
LATER_ACTIONS = {"pay", "refund"}  # with payments
PROTECTED = (
    ("get", "/dossiers"), ("post", "/dossiers"), ("get", "/dossiers/H43.01-260710-0001"),
    ("post", "/dossiers/H43.01-260710-0001/actions"), ("get", "/dossiers/H43.01-260710-0001/result.pdf"),
    ("get", "/papers/00000000-0000-0000-0000-000000000000"), ("get", "/worklist"), ("post", "/papers"),
    ("post", "/dossiers/H43.01-260710-0001/rating"),
)  # fmt: skip
COMMANDS = (
    "run", "serve", "work", "demo", "doctor", "import procedures", "import dossiers", "import levels",
    "import targets", "import papi", "import units", "token", "pack check", "pack play", "pack publish",
    "rates", "papi", "audit verify", "simulate",
)  # fmt: skip
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
SNAKE = re.compile(r"[a-z0-9_]+")


def pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Every name with its value, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            if key != "form":  # a JSON Schema: its names are not ours
                yield from pairs(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from pairs(inner)


def well_formed(answer: Any) -> Any:
    """The body of an answer whose names are snake_case and whose moments carry an offset."""
    body = answer.json()
    assert answer["content-type"].startswith("application/json")
    for key, value in pairs(body):
        assert SNAKE.fullmatch(key), key
        if key.endswith("_at") and value is not None:
            assert ISO.fullmatch(value), (key, value)
            assert datetime.fromisoformat(value).utcoffset() is not None
    return body


def is_problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["content-type"].startswith("application/problem+json")
    body: dict[str, Any] = answer.json()
    assert {"code", "title", "detail", "errors"} <= set(body)
    assert all({"pointer", "message"} <= set(e) for e in body["errors"])
    return body


def filed(call: Any, key: str = "k1") -> str:
    answer = call("citizen", "post", "/dossiers", REQUEST, **{"idempotency-key": key})
    assert answer.status_code == 201
    return str(answer.json()["code"])


def is_list(body: Any) -> list[Any]:
    assert set(body) >= {"items", "next"}
    assert body["next"] is None or isinstance(body["next"], str)
    return list(body["items"])


def test_health_stands_outside_the_api(commune):
    for path in ("/livez", "/readyz", "/metrics"):
        assert Client().get(path).status_code == 200


@pytest.mark.parametrize(("method", "path"), PROTECTED)
def test_no_token_and_a_bad_one_are_401(commune, method, path):
    for headers in ({}, {"authorization": "Bearer nothing"}, {"authorization": "Basic eDp4"}):
        send = getattr(Client(headers=headers), method)
        body = {"data": "{}", "content_type": "application/json"} if method == "post" else {}
        answer = send(f"/api/v1{path}", **body)
        is_problem(answer, 401)


def test_procedures_are_public_lists_and_one_of_them_is_whole(call):
    items = is_list(well_formed(call(None, "get", f"/procedures?q={PROCEDURE}&limit=5")))
    assert items
    assert all(set(i) >= ITEM and set(i["name"]) == {"vi", "en"} for i in items)
    assert {i["level"] for i in items} <= {"information", "partial", "full"}
    one = well_formed(call(None, "get", f"/procedures/{PROCEDURE}"))
    more = {"revision", "papers", "methods", "fees", "time_limits", "legal", "blockers", "form"}
    assert set(one) >= ITEM | more
    assert one["form"]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    is_problem(call(None, "get", "/procedures/9.999999"), 404)


def test_filing_answers_and_the_lists_of_mine(call):
    code = filed(call)
    for key in ("k2", "k3"):
        filed(call, key)
    first = well_formed(call("citizen", "get", "/dossiers?limit=2"))
    second = well_formed(call("citizen", "get", f"/dossiers?limit=2&after={first['next']}"))
    assert [len(is_list(first)), len(is_list(second)), second["next"]] == [2, 1, None]
    assert second["items"][0]["code"] == code
    assert is_list(call("other", "get", "/dossiers").json()) == []


def test_a_dossier_has_every_part_for_its_owner_and_its_officers(call):
    code = filed(call)
    for who in ("citizen", "desk"):
        assert set(well_formed(call(who, "get", f"/dossiers/{code}"))) >= DOSSIER
    is_problem(call("other", "get", f"/dossiers/{code}"), 404)
    is_problem(call("other", "get", f"/dossiers/{code}/result.pdf"), 404)


def test_every_action_of_the_contract_exists_and_those_of_payments_do_not_pretend(call):
    code = filed(call)
    for action in sorted(ACTIONS):
        answer = call("signatory", "post", f"/dossiers/{code}/actions", {"action": action})
        assert answer.status_code in {200, 409, 422}, (action, answer.content)
        if answer.status_code != 200:
            assert is_problem(answer, answer.status_code)["code"] != "unknown_action", action
    for action in sorted(LATER_ACTIONS):
        answer = call("citizen", "post", f"/dossiers/{code}/actions", {"action": action})
        assert is_problem(answer, 422)["code"] == "unknown_action"
    refused = is_problem(call("citizen", "post", f"/dossiers/{code}/actions", {"action": "sign"}), 409)
    assert refused["code"]
    assert refused["title"]


def test_papers_are_taken_and_handed_out(call, tokens):
    paper = upload(tokens)
    assert set(paper) >= {"id", "kind", "sha256", "state"}
    assert paper["state"] in {"scanning", "clean", "unscanned"}
    assert call("citizen", "get", f"/papers/{paper['id']}").status_code == 200
    is_problem(call("other", "get", f"/papers/{paper['id']}"), 404)


def test_the_work_list_goes_by_lanes_and_deadline(call):
    for key in ("k1", "k2", "k3"):
        filed(call, key)
    page = well_formed(call("desk", "get", "/worklist?lane=all&limit=2"))
    rest = well_formed(call("desk", "get", f"/worklist?lane=all&limit=2&after={page['next']}"))
    due = [i["due_at"] for i in is_list(page) + is_list(rest)]
    assert (len(due), due) == (3, sorted(due))
    assert is_list(well_formed(call("desk", "get", "/worklist?lane=overdue"))) == []


def test_tracking_says_four_things_and_takes_nothing_from_the_address(call):
    code = filed(call)
    found = call(None, "post", "/track", {"code": code, "last4": "0123"})
    assert set(well_formed(found)) == {"code", "procedure", "status", "due_at"}
    for typed in (code.lower().replace("-", " "), code.replace("-", "").replace(".", "")):
        assert well_formed(call(None, "post", "/track", {"code": typed, "last4": "0123"}))["code"] == code
    tries = ({"code": code, "last4": "9999"}, {"code": "H43.01-260710-9999", "last4": "0123"})
    wrong = [call(None, "post", "/track", tried) for tried in tries]
    assert len({w.content for w in wrong}) == 1
    assert call(None, "get", f"/track?code={code}&last4=0123").status_code == 405


def test_verification_answers_json_outside_the_api(commune):
    answer = Client(headers={"accept": "application/json"}).get("/verify/nothing")
    assert (answer.json()["state"], answer.json()["trial"]) == ("unknown", True)
    assert Client().get("/verify/nothing")["content-type"].startswith("text/html")


def test_rates_say_their_definition_and_always_the_nation(call):
    body = well_formed(call(None, "get", "/rates?definition=online_2022&from=2026-07-01&to=2026-07-31"))
    assert set(body) >= {"definition", "revision", "from", "to", "rows"}
    row = next(r for r in body["rows"] if r["scope"] == "national")
    assert set(row) == {"scope", "name", "numerator", "denominator", "factors", "rate", "target"}
    assert (row["denominator"], row["rate"]) == (0, None)


def test_what_people_say_is_taken(call):
    petition = {"kind": "conduct", "title": "Một việc", "words": "Xin phản ánh thái độ.", "agency": "H43.01"}
    made = call("citizen", "post", "/petitions", petition, **{"idempotency-key": "p1"})
    assert made.status_code == 201, made.content
    assert well_formed(made)["code"]
    code = filed(call)
    early = call("citizen", "post", f"/dossiers/{code}/rating", {"satisfied": True})
    is_problem(early, early.status_code)
    assert early.status_code in {409, 422}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_a_wrong_option_is_misuse(command, capsys):
    words = command.split()
    with pytest.raises(SystemExit) as ended:
        program([*words, "--help"])
    assert ended.value.code == 0
    assert "Usage:" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        program([*words, "--no-such-option"])
    assert ended.value.code == 2


def test_the_description_is_openapi_3_1(commune):
    described = json.loads(Client().get("/api/v1/openapi.json").content)
    assert described["openapi"].startswith("3.1")
    assert timezone.now().tzinfo is not None
