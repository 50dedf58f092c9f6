"""Complaints and proposals by API: who may do what, and the way to an end."""

import pytest

from tests.dossiers.conftest import PROCEDURE
from tests.web.api.test_main_job import file

pytestmark = pytest.mark.django_db
BODY = {"against": "delay", "words": "Kết quả trả chậm hơn hẹn.", "wanted": "Xin lỗi bằng văn bản."}


def test_a_complaint_from_its_filing_to_its_decision(call):
    code = file(call).json()["code"]
    filed = call("citizen", "post", "/complaints", {**BODY, "dossier": code})
    assert filed.status_code == 201
    complaint = filed.json()["code"]
    assert filed.json()["url"].endswith(f"/khieu-nai/{complaint}/")
    seen = call("citizen", "get", f"/complaints/{complaint}").json()
    assert (seen["state"], seen["actions"], seen["late"]) == ("filed", ["withdraw"], False)
    assert [i["code"] for i in call("citizen", "get", f"/complaints?dossier={code}").json()["items"]] == [
        complaint
    ]
    assert call("desk", "get", "/complaints").json()["items"] == []
    waiting = call("signatory", "get", "/complaints").json()["items"]
    assert [(i["code"], i["actions"]) for i in waiting] == [(complaint, ["accept", "dismiss"])]
    act = f"/complaints/{complaint}/actions"
    accepted = call("signatory", "post", act, {"action": "accept"}).json()
    assert (accepted["state"], accepted["decide_due_at"] is not None) == ("accepted", True)
    empty = call("signatory", "post", act, {"action": "uphold"})
    assert (empty.status_code, empty.json()["code"]) == (422, "words_needed")
    done = call("signatory", "post", act, {"action": "uphold", "words": "Khiếu nại đúng; chúng tôi xin lỗi."})
    assert (done.json()["state"], done.json()["actions"]) == ("upheld", [])
    assert "xin lỗi" in call("citizen", "get", f"/complaints/{complaint}").json()["decision"]
    late = call("citizen", "post", act, {"action": "withdraw"})
    assert (late.status_code, late.json()["code"]) == (409, "complaint_act_refused")


def test_others_learn_nothing_of_a_complaint(call):
    code = file(call).json()["code"]
    assert call("other", "post", "/complaints", {**BODY, "dossier": code}).status_code == 404
    complaint = call("citizen", "post", "/complaints", {**BODY, "dossier": code}).json()["code"]
    act = f"/complaints/{complaint}/actions"
    for who in ("other", "asked"):
        assert call(who, "get", f"/complaints/{complaint}").status_code == 404
        assert call(who, "post", act, {"action": "withdraw"}).status_code == 404
    for who in ("desk", "citizen"):
        assert call(who, "post", act, {"action": "accept"}).status_code == 404
    assert call(None, "get", f"/complaints/{complaint}").status_code == 401
    assert call("other", "get", f"/complaints?dossier={code}").json()["items"] == []
    assert call("citizen", "post", act, {"action": "burn"}).status_code == 422
    assert call("citizen", "post", act, {"action": "withdraw"}).json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    "wrong", [{"against": "all"}, {"words": "Ngắn"}, {"words": 5}, {"dossier": "x" * 61}]
)
def test_a_complaint_that_says_nothing_is_refused(call, wrong):
    code = file(call).json()["code"]
    answer = call("citizen", "post", "/complaints", {**BODY, "dossier": code, **wrong})
    assert answer.status_code == 422


def test_a_proposal_gathers_one_vote_an_account(call, commune):
    from motcua.catalogue.models import Service

    Service.objects.filter(procedure__code=PROCEDURE).update(level="partial")
    wish = {"procedure": PROCEDURE, "words": "Xin cho nộp trực tuyến toàn trình."}
    made = call("citizen", "post", "/proposals", wish)
    assert (made.status_code, made.json()["votes"]) == (201, 1)
    code = made.json()["code"]
    assert call("other", "post", "/proposals", wish).json()["code"] == "proposed_already"
    for _ in range(2):
        voted = call("other", "post", f"/proposals/{code}/actions", {"action": "vote"})
        assert voted.json() == {"code": code, "done": "vote"}
    (item,) = call("other", "get", "/proposals").json()["items"]
    assert (item["votes"], item["voted"], item["actions"]) == (2, True, ["unvote"])
    back = call("other", "post", f"/proposals/{code}/actions", {"action": "unvote"})
    assert back.json() == {"code": code, "done": "unvote"}
    (item,) = call("other", "get", "/proposals").json()["items"]
    assert (item["votes"], item["voted"], item["actions"]) == (1, False, ["vote"])
    refused = call("other", "post", f"/proposals/{code}/actions", {"action": "accept", "words": "Sẽ làm."})
    assert refused.status_code == 404
    assert call("other", "get", "/proposals?state=accepted").json() == {"items": [], "next": None}
    assert call("other", "get", "/proposals?state=all").status_code == 422
