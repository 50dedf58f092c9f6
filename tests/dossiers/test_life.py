"""A dossier's life through its operations."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from motcua.core.periods import VIETNAM
from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations, queries
from motcua.dossiers.operations.submitting import KeyReused
from motcua.dossiers.rules.status import Status
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

HOUR = timedelta(hours=1)


def view(code: str, commune: Commune, now: datetime, who: str = "specialist"):
    return queries.dossier_for(code, actor=getattr(commune, who), now=now)


def test_from_filing_to_a_returned_result(commune: Commune, file: Callable, act: Callable, now: datetime):
    code = file()
    assert code == "H43.01-260710-0001"
    act("desk", "receive", code, at=now + HOUR)
    seen = view(code, commune, now + HOUR)
    assert seen.status == Status.RECEIVED
    assert seen.due_at == now + HOUR + timedelta(days=5)  # Friday + 3 working days = Wednesday
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    assert view(code, commune, now).status == Status.IN_PROCESS
    act("citizen", "deliver_draft", code)
    act("citizen", "confirm_draft", code)
    act("signatory", "sign", code, at=now + 3 * HOUR)
    seen = view(code, commune, now, "citizen")
    assert (seen.status, seen.outcome) == (Status.PROCESSED, "granted")
    assert seen.result is not None
    assert seen.result.number.endswith("GT")
    assert queries.result_pdf(code, actor=commune.citizen).startswith(b"%PDF")
    act("desk", "return_result", code, how="online")
    seen = view(code, commune, now, "citizen")
    assert seen.status == Status.RETURNED
    assert seen.clock is not None
    assert not seen.clock.late
    assert [a.name for a in seen.actions if a.allowed] == []


@pytest.mark.feature("29")
def test_a_question_to_another_agency_is_joined(
    commune: Commune, file: Callable, act: Callable, now: datetime
):
    code = file(ask=True)
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    with pytest.raises(Refusal, match="no_open_step"):
        act("specialist", "complete_step", code, step="draft", findings={"note": "x"})
    assert view(code, commune, now, "asked").code == code  # the asked agency sees it
    act("asked", "answer_consultation", code, answer="Không có gì khác.")
    act("specialist", "complete_step", code, findings={"note": "được"})
    kinds = [s.key for s in view(code, commune, now).steps]
    assert kinds == ["intake", "check", "question", "draft", "confirm"]


@pytest.mark.feature("30")
def test_one_supplement_stops_the_clock(commune: Commune, file: Callable, act: Callable, now: datetime):
    code = file()
    act("desk", "receive", code, at=now)
    due = view(code, commune, now).due_at
    act(
        "specialist",
        "request_supplement",
        code,
        at=now + HOUR,
        items=[{"component": "proof", "text": "Ảnh mờ"}],
    )
    seen = view(code, commune, now + HOUR, "citizen")
    assert seen.status == Status.SUPPLEMENT
    assert seen.supplement is not None
    assert seen.supplement.items[0].text == "Ảnh mờ"
    assert seen.clock is not None
    assert seen.clock.paused
    act("citizen", "supplement", code, at=now + 3 * HOUR, answer="Đây ạ")
    seen = view(code, commune, now + 3 * HOUR)
    assert due is not None
    # 10:00–12:00 is paused, of which 10:00–11:30 is working time; Wednesday 09:00 + 90 minutes
    assert seen.due_at == due + timedelta(minutes=90)
    assert seen.clock is not None
    assert not seen.clock.paused
    with pytest.raises(Refusal) as refused:
        act("specialist", "request_supplement", code, items=[{"text": "nữa"}])
    assert refused.value.code == "supplement_already_requested"


def test_a_supplement_before_intake_starts_no_clock(
    commune: Commune, file: Callable, act: Callable, now: datetime
):
    code = file()
    act("desk", "request_supplement", code, items=[{"text": "Thiếu chữ ký"}])
    act("citizen", "supplement", code, answer="Đã bổ sung")
    seen = view(code, commune, now)
    assert (seen.status, seen.clock) == (Status.NEW, None)
    act("desk", "receive", code)
    assert view(code, commune, now).status == Status.RECEIVED


def test_a_rejected_draft_comes_again(commune: Commune, file: Callable, act: Callable, now: datetime):
    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "một"})
    act("citizen", "reject_draft", code, reason="Sai tên")
    act("specialist", "complete_step", code, findings={"note": "hai"})
    rounds = [
        (s.key, s.round, s.state) for s in view(code, commune, now).steps if s.key in {"draft", "confirm"}
    ]
    assert rounds == [
        ("draft", 1, "done"),
        ("confirm", 1, "done"),
        ("draft", 2, "done"),
        ("confirm", 2, "waiting"),
    ]


@pytest.mark.feature("34")
def test_silence_counts_only_from_proven_delivery(
    commune: Commune, file: Callable, act: Callable, now: datetime
):
    from motcua.dossiers.jobs import silence

    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    assert silence(now + timedelta(days=30)) == 0
    act("citizen", "deliver_draft", code, at=now + HOUR)
    step = next(s for s in view(code, commune, now + HOUR).steps if s.key == "confirm")
    assert step.due_at >= now + timedelta(hours=25)
    local = step.due_at.astimezone(VIETNAM)
    assert (local.weekday() < 5, local.hour, local.minute) == (True, 17, 30)
    assert silence(step.due_at - timedelta(minutes=1)) == 0
    assert silence(step.due_at) == 1
    assert [s.key for s in view(code, commune, now).steps if s.state == "open"] == ["sign"]


def test_who_may_not_does_not(commune: Commune, file: Callable, act: Callable, now: datetime):
    code = file()
    for who in ("stranger", "other"):
        with pytest.raises(NotFound):
            view(code, commune, now, who)
        with pytest.raises(NotFound):
            act(who, "receive", code)
    with pytest.raises(Refusal) as refused:
        act("specialist", "receive", code)
    assert refused.value.code == "not_your_task"
    assert view(code, commune, now, "leader").code == code


def test_nobody_decides_about_a_request_of_their_own(commune: Commune, file: Callable, act: Callable):
    from dataclasses import replace

    code = file()
    plain, posts = commune.citizen, (*commune.desk.posts, *commune.specialist.posts)
    commune.citizen = replace(plain, posts=posts)
    with pytest.raises(Refusal) as refused:
        act("citizen", "receive", code)
    assert refused.value.code == "own_request"
    act("desk", "receive", code)
    with pytest.raises(Refusal) as refused:
        act("citizen", "complete_step", code, step="check")
    assert refused.value.code == "own_request"
    commune.citizen = plain
    with pytest.raises(Refusal) as refused:
        act("citizen", "receive", code)
    assert refused.value.code != "own_request"  # without a post it is simply somebody else's task


@pytest.mark.feature("29")
def test_the_maker_may_not_sign(commune: Commune, file: Callable, act: Callable, now: datetime):
    from dataclasses import replace

    code = file()
    both = replace(commune.specialist, posts=(*commune.specialist.posts, *commune.signatory.posts))
    commune.specialist = both
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    act("citizen", "confirm_draft", code)
    with pytest.raises(Refusal) as refused:
        act("specialist", "sign", code)
    assert refused.value.code == "four_eyes"


@pytest.mark.feature("32")
def test_decline_needs_a_reason_and_is_handed_over(
    commune: Commune, file: Callable, act: Callable, now: datetime
):
    code = file()
    act("desk", "receive", code)
    with pytest.raises(Refusal) as refused:
        act("specialist", "decline", code, reason=" ")
    assert refused.value.code == "reason_needed"
    act("specialist", "decline", code, reason="Không thuộc trường hợp", clause="Điều 1")
    seen = view(code, commune, now, "citizen")
    assert (seen.status, seen.outcome, seen.decisions[0].clause) == (Status.PROCESSED, "declined", "Điều 1")
    act("desk", "return_result", code, how="desk")
    assert view(code, commune, now).status == Status.RETURNED


@pytest.mark.parametrize(
    ("who", "action", "params", "status"),
    [
        ("desk", "refuse", {"reason": "Không phải việc của phường", "clause": "Điều 2"}, Status.REFUSED),
        ("citizen", "withdraw", {}, Status.WITHDRAWN),
    ],
)
def test_ends_before_intake(commune, file, act, now, who, action, params, status):
    code = file()
    act(who, action, code, **params)
    seen = view(code, commune, now)
    assert seen.status == status
    assert not [a for a in seen.actions if a.allowed]
    with pytest.raises(Refusal) as refused:
        act("desk", "receive", code)
    assert refused.value.code == "not_in_this_status"


@pytest.mark.feature("31")
def test_apology_is_given_once_and_promises_a_later_date(commune, file, act, now):
    code = file()
    act("desk", "receive", code)
    due = view(code, commune, now).due_at
    with pytest.raises(Refusal) as refused:
        act("desk", "apologise", code, reason="Chờ xác minh", new_due_at=now.isoformat())
    assert refused.value.code == "new_date_needed"
    act("desk", "apologise", code, reason="Chờ xác minh", new_due_at="2026-07-20")
    seen = view(code, commune, now, "citizen")
    assert seen.due_at == due
    assert seen.promised_at is not None
    assert seen.promised_at.date().isoformat() == "2026-07-20"
    with pytest.raises(Refusal) as refused:
        act("desk", "apologise", code, reason="Lại chờ", new_due_at="2026-07-30")
    assert refused.value.code == "apology_already_given"


def test_a_revoked_result_is_revoked_for_everybody(commune, file, act, now):
    from motcua.documents.queries import verification

    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    act("citizen", "confirm_draft", code)
    act("signatory", "sign", code)
    token = view(code, commune, now).result.token
    assert verification(token, now=now).state == "valid"
    act("signatory", "revoke_result", code, reason="Cấp nhầm")
    assert verification(token, now=now).state == "revoked"
    assert view(code, commune, now).result.state == "revoked"
    with pytest.raises(Refusal) as refused:
        act("signatory", "revoke_result", code, reason="Lần nữa")
    assert refused.value.code == "no_result_to_revoke"


def test_the_same_key_is_one_dossier(commune: Commune, now: datetime):
    given = {"procedure": PROCEDURE, "agency": "H43.01", "answers": ANSWERS, "actor": commune.citizen}
    first = operations.submit(**given, key="a", now=now)
    again = operations.submit(**given, key="a", now=now + HOUR)
    assert first == again
    assert operations.submit(**given, key="b", now=now).code.endswith("-0002")
    with pytest.raises(KeyReused):
        operations.submit(**{**given, "answers": {**ANSWERS, "ask": True}}, key="a", now=now)


def test_answers_rest_sealed(commune: Commune, file: Callable):
    from motcua.dossiers.models import Dossier
    from motcua.events.models import Event

    row = Dossier.objects.get(code=file())
    assert b"999199000123" not in bytes(row.answers_sealed)
    assert "999199000123" not in str(list(Event.objects.order_by("id").values_list("data", flat=True)))


def test_tracking_tells_nothing_to_wrong_digits(commune: Commune, file: Callable, now: datetime):
    code = file()
    assert queries.track(code, "0123", now=now).status == Status.NEW
    assert queries.track(code, "0124", now=now) is None
    assert queries.track("H43.01-260710-0009", "0123", now=now) is None


def test_the_work_list_follows_the_steps(commune: Commune, file: Callable, act: Callable, now: datetime):
    codes = [file(), file()]
    listed = queries.worklist(actor=commune.desk, lane="all", limit=1, now=now)
    assert [i.code for i in listed.items] == codes[:1]
    assert listed.counts["all"] == 2
    rest = queries.worklist(actor=commune.desk, lane="all", limit=1, after=listed.next, now=now)
    assert ([i.code for i in rest.items], rest.next) == (codes[1:], None)
    act("desk", "receive", codes[0])
    assert [i.step_key for i in queries.worklist(actor=commune.specialist, now=now).items] == ["check"]
    later = now + timedelta(days=30)
    assert queries.worklist(actor=commune.specialist, lane="overdue", now=later).items[0].late


@pytest.mark.feature("N6")
def test_replay_gives_the_same_dossier(commune: Commune, file: Callable, act: Callable, now: datetime):
    from motcua.dossiers.models import Dossier
    from motcua.dossiers.rules.replay import replay
    from motcua.events.queries import stream_events
    from motcua.process.queries import calendar
    from motcua.process.rules.clock import Unit

    code = file()
    act("desk", "receive", code, at=now)
    act("specialist", "request_supplement", code, at=now + HOUR, items=[{"text": "a"}])
    act("citizen", "supplement", code, at=now + timedelta(days=6, hours=2), answer="b")
    row = Dossier.objects.get(code=code)
    state = replay((e.kind, e.at, e.data) for e in stream_events(f"dossier:{code}"))
    counted = calendar(row.agency_id, Unit.WORKING_DAYS, now)
    assert (state.status, state.due_at(counted), state.supplements) == (row.status, row.due_at, 1)


@pytest.mark.feature("29")
def test_the_signatory_sends_a_draft_back_and_it_comes_again(
    commune: Commune, file: Callable, act: Callable, now: datetime
):
    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    with pytest.raises(Refusal) as refused:  # nothing to sign yet
        act("signatory", "reject_draft", code, reason="Sai")
    assert refused.value.code == "no_open_step"
    act("citizen", "confirm_draft", code)
    with pytest.raises(Refusal):
        act("desk", "reject_draft", code, reason="Sai")
    with pytest.raises(Refusal) as refused:
        act("signatory", "reject_draft", code, reason=" ")
    assert refused.value.code == "reason_needed"
    act("signatory", "reject_draft", code, reason="Ghi sai mục đích")
    seen = view(code, commune, now, "specialist")
    assert [(s.key, s.round) for s in seen.steps if s.state == "open"] == [("draft", 2)]
    assert seen.timeline[-1].title.vi == "Người ký trả lại bản dự thảo"
    act("specialist", "complete_step", code, findings={"note": "sửa rồi"})
    act("citizen", "confirm_draft", code)
    act("signatory", "sign", code)
    assert view(code, commune, now, "citizen").status == Status.PROCESSED
