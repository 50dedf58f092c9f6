"""Files with petitions and complaints by API: kept, named by what is sent, read by those who may."""

import io

import pytest
from django.core.cache import cache
from django.test import Client

from tests.documents.test_papers import PNG
from tests.web.api.test_main_job import file

pytestmark = pytest.mark.django_db
PETITION = {
    "kind": "conduct", "title": "Quầy đóng sớm", "words": "Đến lúc 16 giờ quầy đã đóng.",
    "agency": "H43.01",
}  # fmt: skip
COMPLAINT = {"against": "delay", "words": "Kết quả trả chậm hơn hẹn."}


@pytest.fixture
def keep(tokens):
    """``keep("citizen")``: send a file; the answer."""
    cache.clear()  # of tries by other tests

    def sent(who=None, content=PNG, name="cổng.png"):
        body = io.BytesIO(content)
        body.name = name
        headers = {"authorization": f"Bearer {tokens[who]}"} if who else {}
        return Client(headers=headers).post("/api/v1/attachments", {"file": body})

    return sent


def test_a_file_goes_with_a_petition(call, keep):
    kept = keep("citizen")
    assert kept.status_code == 201, kept.content
    handle = kept.json()["handle"]
    code = call("citizen", "post", "/petitions", {**PETITION, "attachments": [handle]}).json()["code"]
    (one,) = call("citizen", "get", f"/petitions/{code}").json()["attachments"]
    assert (one["name"], one["kind"], one["state"]) == ("cổng.png", "image/png", "unscanned")
    path = one["url"].removeprefix("/api/v1")
    for who in ("citizen", "desk"):
        answer = call(who, "get", path)
        assert (answer.status_code, answer.content) == (200, PNG)
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Content-Disposition"].startswith("attachment")
    for who in ("other", "asked", "leader"):
        assert call(who, "get", path).status_code == 404
    assert call(None, "get", path).status_code == 401
    again = call("citizen", "post", "/petitions", {**PETITION, "attachments": [handle]})
    assert (again.status_code, again.json()["code"]) == (422, "attachment_gone")


def test_a_published_answer_shows_no_files(call, keep):
    handle = keep("citizen").json()["handle"]
    body = {**PETITION, "consent": True, "attachments": [handle]}
    code = call("citizen", "post", "/petitions", body).json()["code"]
    path = (
        call("citizen", "get", f"/petitions/{code}").json()["attachments"][0]["url"].removeprefix("/api/v1")
    )
    for action in ({"action": "answer", "words": "Chúng tôi xin trả lời."}, {"action": "publish"}):
        assert call("desk", "post", f"/petitions/{code}/actions", action).status_code == 200
    seen = call("other", "get", f"/petitions/{code}")
    assert (seen.status_code, seen.json()["attachments"]) == (200, [])
    assert call("other", "get", path).status_code == 404


def test_a_file_goes_with_the_answer_to_a_question(call, keep):
    code = call("citizen", "post", "/petitions", PETITION).json()["code"]
    asked = {"action": "ask_more", "words": "Xin gửi ảnh chụp biên nhận."}
    assert call("desk", "post", f"/petitions/{code}/actions", asked).status_code == 200
    answer = {"action": "give_more", "words": "Tôi gửi kèm ảnh."}
    theirs = {**answer, "attachments": [keep("other").json()["handle"]]}
    stolen = call("citizen", "post", f"/petitions/{code}/actions", theirs)
    assert (stolen.status_code, stolen.json()["code"]) == (422, "attachment_gone")
    mine = {**answer, "attachments": [keep("citizen").json()["handle"]]}
    done = call("citizen", "post", f"/petitions/{code}/actions", mine).json()
    assert (done["more"], len(done["attachments"])) == ("Tôi gửi kèm ảnh.", 1)
    assert len(call("desk", "get", f"/petitions/{code}").json()["attachments"]) == 1


def test_a_file_goes_with_a_complaint(call, keep):
    code = file(call).json()["code"]
    theirs = keep("other").json()["handle"]
    stolen = call("citizen", "post", "/complaints", {**COMPLAINT, "dossier": code, "attachments": [theirs]})
    assert (stolen.status_code, stolen.json()["code"]) == (422, "attachment_gone")
    mine = keep("citizen").json()["handle"]
    filed = call("citizen", "post", "/complaints", {**COMPLAINT, "dossier": code, "attachments": [mine]})
    (one,) = call("signatory", "get", f"/complaints/{filed.json()['code']}").json()["attachments"]
    path = one["url"].removeprefix("/api/v1")
    assert call("signatory", "get", path).content == PNG
    for who in ("desk", "other", "leader"):
        assert call(who, "get", path).status_code == 404


def test_without_a_token_too_but_only_so_many(call, keep):
    handles = [keep().json()["handle"] for _ in range(5)]
    sent = call(None, "post", "/petitions", {**PETITION, "attachments": handles})
    assert sent.status_code == 201
    assert call("desk", "get", f"/petitions/{sent.json()['code']}").json()["attachments"][4]["name"]
    too_many = call(None, "post", "/petitions", {**PETITION, "attachments": [*handles, "x"]})
    assert too_many.status_code == 422
    assert [keep().status_code for _ in range(26)].count(429) == 1


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"PK\x03\x04" + bytes(99), PNG[:40]])
def test_hostile_files_are_refused(keep, content):
    answer = keep("citizen", content)
    assert answer.status_code == 422
    assert answer.json()["code"] == "paper_refused" or not content
