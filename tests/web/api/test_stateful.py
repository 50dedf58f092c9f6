"""Any walk through the documented calls: every answer is described, every step is one that was offered."""

from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from motcua.dossiers.rules.status import Status
from tests.dossiers.conftest import ANSWERS, PROCEDURE
from tests.web.api.test_examples import description

PEOPLE = ("citizen", "other", "desk", "specialist", "signatory", "asked", "leader")
ENDED = {Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED}
WORDS = "Thiếu bản chính, đề nghị nộp lại."
# what each action wants beside its name, as the description lists it
PARAMS: dict[str, dict[str, Any]] = {
    "request_supplement": {"items": [{"component": "proof", "reason": "missing", "text": WORDS}]},
    "supplement": {"answer": "Tôi đã bổ sung."},
    "refuse": {"reason": WORDS, "clause": "Điều 5"},
    "decline": {"reason": WORDS, "clause": "Điều 5"},
    "stop": {"reason": WORDS, "clause": "Điều 5"},
    "assign": {"username": "chuyenvien"},
    "complete_step": {"findings": {"note": "được"}},
    "consult": {"agency": "H43.02", "question": "Có nơi cư trú cũ không?", "days": 2},
    "answer_consultation": {"answer": "Không có."},
    "reject_draft": {"reason": "Sai tên đệm."},
    "return_result": {"how": "online"},
    "withdraw": {"reason": "Không cần nữa."},
    "apologise": {"reason": WORDS, "days": 2},
    "revoke_result": {"reason": WORDS, "clause": "Điều 5"},
    "take_fee": {"amount": 1000, "receipt": "BL1"},
    "transfer": {"agency": "H43.02", "reason": WORDS},
}


def validators() -> dict[tuple[str, str], Any]:
    """The schema of each call's answers, by operation and status."""
    found = description()
    return {
        (call["operationId"].rpartition("_v1_")[2], str(status)): jsonschema_rs.validator_for(
            {**content["schema"], "components": found["components"]}
        )
        for path in found["paths"].values()
        for call in path.values()
        for status, answer in call["responses"].items()
        for kind, content in answer.get("content", {}).items()
        if "json" in kind and "schema" in content
    }


class Walk(RuleBasedStateMachine):
    """One office, a few dossiers, everybody trying whatever the answers offer."""

    call: Callable[..., Any]  # given by the test
    known: dict[tuple[str, str], Any]

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []
        self.seen: dict[str, int] = {}
        self.receipts: dict[str, Any] = {}

    def ask(self, name: str, who: str | None, method: str, path: str, body: Any = None, **more: str) -> Any:
        answer = type(self).call(who, method, path, body, **more)
        assert answer.status_code < 500, (name, answer.content)
        if answer.content and "json" in answer["content-type"]:
            self.known[name, str(answer.status_code)].validate(answer.json())
        return answer

    @precondition(lambda self: len(self.codes) < 3)
    @rule(who=st.sampled_from(("citizen", "other")), key=st.sampled_from(("a", "b", "c")))
    def file(self, who: str, key: str) -> None:
        body = {"procedure": PROCEDURE, "agency": "H43.01", "answers": ANSWERS, "filed_by": "self"}
        answer = self.ask("dossiers_file_dossier", who, "post", "/dossiers", body, **{"idempotency-key": key})
        assert answer.status_code == 201
        receipt = answer.json()
        assert self.receipts.setdefault(f"{who} {key}", receipt) == receipt  # twice is once
        if receipt["code"] not in self.codes:
            self.codes.append(receipt["code"])

    @precondition(lambda self: self.codes)
    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def act(self, data: st.DataObject, who: str) -> None:
        code = data.draw(st.sampled_from(self.codes))
        seen = self.ask("dossiers_one_dossier", who, "get", f"/dossiers/{code}")
        if seen.status_code == 404:
            return
        before = seen.json()
        refused = [r["action"] for r in before["actions_refused"]]
        action = data.draw(st.sampled_from([*before["actions"] * 3, *refused] or ["receive"]))
        body = {"action": action, **PARAMS.get(action, {})}
        answer = self.ask("dossiers_act", who, "post", f"/dossiers/{code}/actions", body)
        if action not in before["actions"]:
            assert answer.status_code in {403, 404, 409, 422}, (action, answer.content)
        elif answer.status_code == 200:
            after = answer.json()
            assert before["status"] not in ENDED or after["status"] == before["status"], action
            assert len(after["timeline"]) > len(before["timeline"]), action
        else:
            again = self.ask("dossiers_one_dossier", who, "get", f"/dossiers/{code}").json()
            assert (again["status"], again["timeline"]) == (before["status"], before["timeline"])

    @rule(who=st.sampled_from(PEOPLE))
    def look(self, who: str) -> None:
        mine = self.ask("dossiers_my_dossiers", who, "get", "/dossiers").json()
        assert {item["code"] for item in mine["items"]} <= set(self.codes)
        listed = self.ask("dossiers_worklist", who, "get", "/worklist")
        assert listed.status_code in {200, 403}

    @invariant()
    def everyone_reads_the_same(self) -> None:
        for code in self.codes[-1:]:
            views = [
                self.ask("dossiers_one_dossier", w, "get", f"/dossiers/{code}") for w in ("desk", "leader")
            ]
            found = [v.json() for v in views if v.status_code == 200]
            for view in found:
                same = ("status", "due_at", "outcome", "received_at", "finished_at", "pauses")
                assert [view[name] for name in same] == [found[0][name] for name in same]
                assert (view["due_at"] is None) <= (view["received_at"] is None)


@pytest.mark.django_db
def test_any_walk_through_the_calls_holds(call: Callable[..., Any]) -> None:
    from django.db import connection, transaction

    described = validators()

    class Fresh(Walk):
        """Each walk begins and ends with the office as it was."""

        known = described

        def __init__(self) -> None:
            self.point = transaction.savepoint()
            super().__init__()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.point)

    Fresh.call = staticmethod(call)
    assert connection.in_atomic_block
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Fresh,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[
                HealthCheck.too_slow,
                HealthCheck.data_too_large,
                HealthCheck.filter_too_much,
            ],
        ),
    )
