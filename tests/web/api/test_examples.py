"""The examples in the description: taken from a real run, whole, and true to their schemas."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pikepdf
import pytest
from django.core.cache import cache
from django.test import Client

from tests.dossiers.conftest import ANSWERS, PROCEDURE

FILE = Path(__file__).parents[3] / "motcua/web/api/v1/examples.json"
# calls whose bodies are no JSON, or that have none
WITHOUT = {"uploads_begin_upload", "uploads_upload_state", "uploads_add_part", "uploads_drop_upload",
           "papers_download", "attachments_attachment", "dossiers_result_pdf", "dossiers_slip_pdf",
           "webhooks_end_webhook"}  # fmt: skip


def description() -> dict[str, Any]:
    from motcua.web.api.v1.urls import api

    return dict(api.get_openapi_schema())


def calls() -> dict[str, dict[str, Any]]:
    """Every call of the description by the end of its operation id."""
    return {
        call["operationId"].rpartition("_v1_")[2]: call
        for path in description()["paths"].values()
        for call in path.values()
    }


def bodies(call: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The JSON bodies of a call: ``request`` and answers that are no errors, by status."""
    parts = {"request": call.get("requestBody", {})}
    parts |= {str(s): a for s, a in call["responses"].items() if int(s) < 300}
    return {w: p["content"]["application/json"] for w, p in parts.items()
            if "application/json" in p.get("content", {})}  # fmt: skip


def test_every_call_has_examples_that_its_schemas_allow() -> None:
    components = description()["components"]
    missing = []
    for name, call in calls().items():
        if name in WITHOUT:
            continue
        for where, content in bodies(call).items():
            if "example" not in content:
                missing.append(f"{name} {where}")
                continue
            schema = {**content["schema"], "components": components}
            jsonschema_rs.validator_for(schema).validate(content["example"])
    assert not missing


def test_each_call_names_its_scope_and_the_description_says_what_scopes_are() -> None:
    found = description()
    words = found["components"]["securitySchemes"]["Token"]["description"]
    for scope in ("read", "write", "webhooks"):
        assert f"`{scope}`" in words
    for name, call in calls().items():
        public = name.startswith(("catalogue_", "public_"))
        assert ("security" in call) is not public, name
        if not public:
            (scope,) = call["security"][0]["Token"]
            assert f"`{scope}`" in call["description"]
    assert calls()["dossiers_act"]["security"] == [{"Token": ["write"]}]
    assert calls()["dossiers_one_dossier"]["security"] == [{"Token": ["read"]}]


@pytest.mark.django_db
def test_the_examples_are_what_a_real_run_answers(
    call: Callable[..., Any], tokens: dict[str, str], pytestconfig: Any
) -> None:
    """With ``--pictures`` they are written anew; else a run has the keys of the kept ones."""
    cache.clear()  # of tries by other tests: tracking is limited
    taken = run(call, tokens)
    if pytestconfig.getoption("--pictures"):
        text = json.dumps(taken, ensure_ascii=False, indent=1, sort_keys=True)
        FILE.write_text(text + "\n", "utf-8")
    kept = json.loads(FILE.read_text("utf-8"))
    assert {(name, where) for name in taken for where in taken[name]} == {
        (name, where) for name in kept for where in kept[name]
    }
    for name, parts in taken.items():
        for where, value in parts.items():
            if isinstance(value, dict):
                assert set(value) == set(kept[name][where]), (name, where)


def run(call: Callable[..., Any], tokens: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The main job and all that stands beside it, call by call."""
    taken: dict[str, dict[str, Any]] = {}

    def take(name: str, who: str | None, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = call(who, method, path, body, **headers)
        assert answer.status_code < 300, (name, answer.content)
        parts = {} if body is None else {"request": body}
        taken[name] = {**parts, str(answer.status_code): answer.json()}
        return answer.json()

    request = {"procedure": PROCEDURE, "agency": "H43.01", "answers": ANSWERS, "filed_by": "self"}
    take("catalogue_procedures", None, "get", "/procedures?limit=1")
    take("catalogue_procedure", None, "get", f"/procedures/{PROCEDURE}")
    hook = take("webhooks_add_webhook", "citizen", "post", "/webhooks", {"url": "https://example.org/motcua"})
    code = take("dossiers_file_dossier", "citizen", "post", "/dossiers", request, **{"idempotency-key": "k"})[
        "code"
    ]
    take("dossiers_my_dossiers", "citizen", "get", "/dossiers")
    take("dossiers_my_mandates", "citizen", "get", "/mandates")
    take("dossiers_worklist", "desk", "get", "/worklist")
    take("dossiers_act", "desk", "post", f"/dossiers/{code}/actions", {"action": "receive"})
    take("dossiers_one_dossier", "citizen", "get", f"/dossiers/{code}")
    take("public_track", None, "post", "/track", {"code": code, "last4": str(ANSWERS["number"])[-4:]})
    take("public_rates", None, "get", "/rates?definition=online_2022&from=2026-01-01&to=2026-12-31&by=block")
    take("webhooks_my_webhooks", "citizen", "get", "/webhooks")
    take("webhooks_webhook_deliveries", "citizen", "get", f"/webhooks/{hook['id']}/deliveries")
    take("webhooks_replay_webhook", "citizen", "post", f"/webhooks/{hook['id']}/replay", {"after": 0})
    kept = upload(tokens, "/attachments")
    taken["attachments_keep_attachment"] = {"201": kept}
    said(take, call, code, kept["handle"])
    taken["papers_upload"] = {"201": upload(tokens)}
    return taken


def said(take: Callable[..., Any], call: Callable[..., Any], code: str, handle: str) -> None:
    """What people say: a petition with its answer, and satisfaction with a dossier that has ended."""
    from motcua.catalogue.models import Service

    for who, action, more in (
        ("specialist", "complete_step", {"step": "check"}),
        ("specialist", "complete_step", {"step": "draft", "findings": {"note": "được"}}),
        ("citizen", "deliver_draft", {}),
        ("citizen", "confirm_draft", {}),
        ("signatory", "sign", {}),
        ("desk", "return_result", {"how": "online"}),
    ):
        done = call(who, "post", f"/dossiers/{code}/actions", {"action": action, **more})
        assert done.status_code == 200, done.content
    unhappy = {"satisfied": False, "reason": "slow", "words": "Chậm hơn hẹn."}
    take("voice_rate", "citizen", "post", f"/dossiers/{code}/rating", unhappy)
    petition = {
        "kind": "conduct", "title": "Quầy đóng sớm", "words": "Tôi đến lúc 16 giờ thì quầy đã đóng.",
        "agency": "H43.01", "dossier": code, "consent": True,
        "attachments": [handle],
    }  # fmt: skip
    sent = take("voice_send_petition", "citizen", "post", "/petitions", petition)["code"]
    take("voice_my_petitions", "citizen", "get", "/petitions")
    answer = {"action": "answer", "words": "Chúng tôi xin lỗi và đã phân công người trực."}
    take("voice_act_on_petition", "desk", "post", f"/petitions/{sent}/actions", answer)
    take("voice_one_petition", "citizen", "get", f"/petitions/{sent}")
    complaint = {
        "dossier": code, "against": "delay", "words": "Kết quả trả chậm hơn hẹn mà không được báo.",
        "wanted": "Xin lỗi bằng văn bản và nêu lý do.",
    }  # fmt: skip
    filed = take("complaints_file_complaint", "citizen", "post", "/complaints", complaint)["code"]
    take(
        "complaints_act_on_complaint",
        "signatory",
        "post",
        f"/complaints/{filed}/actions",
        {"action": "accept"},
    )
    take("complaints_complaints", "citizen", "get", f"/complaints?dossier={code}")
    take("complaints_one_complaint", "citizen", "get", f"/complaints/{filed}")
    Service.objects.filter(procedure__code=PROCEDURE).update(level="partial")  # not full yet
    wished = {"procedure": PROCEDURE, "words": "Xin cho nộp trực tuyến, nhà tôi ở xa trung tâm."}
    proposed = take("complaints_propose", "citizen", "post", "/proposals", wished)["code"]
    take("complaints_act_on_proposal", "desk", "post", f"/proposals/{proposed}/actions", {"action": "vote"})
    take("complaints_proposals", "citizen", "get", "/proposals")


def upload(tokens: dict[str, str], path: str = "/papers") -> Any:
    """A page of PDF, sent as a browser or program sends a file."""
    page = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(page)
    page.name = "don.pdf"
    page.seek(0)
    headers = {"authorization": f"Bearer {tokens['citizen']}"}
    answer = Client(headers=headers).post(f"/api/v1{path}", {"file": page})
    assert answer.status_code == 201, answer.content
    return answer.json()
