"""When a step is due, in a dossier that is late or was promised anew."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from motcua.dossiers import queries
from motcua.dossiers.queries.views import StepView
from motcua.web import words
from tests.dossiers.conftest import Commune
from tests.dossiers.test_attesting import attest

pytestmark = pytest.mark.django_db


def step(code: str, key: str, round_: int, commune: Commune, now: datetime) -> StepView:
    seen = queries.dossier_for(code, actor=commune.specialist, now=now)
    return next(s for s in seen.steps if (s.key, s.round) == (key, round_))


def test_a_step_counts_from_when_it_opens_also_in_a_late_dossier(
    commune: Commune, file: Callable, act: Callable, now: datetime
) -> None:
    attest('on_reject = "check"\n')
    code, later = file(), now + timedelta(days=14)
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check", at=later)
    first = step(code, "check", 1, commune, later)
    assert first.closed_late
    assert words.step_state(first)[1] == "warning"  # done, and never green
    assert step(code, "draft", 1, commune, later).due_at < later  # no share of its own: the whole is late
    wrong = {"note": "x", "right": False}
    act("specialist", "complete_step", code, findings=wrong, reason="Sai", at=later)
    again = step(code, "check", 2, commune, later)
    assert again.due_at > later
    assert not again.late


def test_after_an_apology_the_whole_ends_with_the_new_promise(
    commune: Commune, file: Callable, act: Callable, now: datetime
) -> None:
    later = now + timedelta(days=14)
    code, promised = promised_late(file, act, later)
    draft = step(code, "draft", 1, commune, later)
    assert draft.due_at.date() == promised
    listed = queries.worklist(actor=commune.specialist, lane="all", now=later)
    assert [i.promised_at for i in listed.items if i.code == code] == [draft.due_at]


def promised_late(file: Callable, act: Callable, later: datetime) -> tuple[str, date]:
    """A late dossier with an apology, handled up to the draft; its code and the promised day."""
    code, promised = file(), (later + timedelta(days=10)).date()
    act("desk", "receive", code)
    act("desk", "apologise", code, reason="Chờ", new_due_at=promised.isoformat(), at=later)
    act("specialist", "complete_step", code, step="check", at=later)
    return code, promised


def supplemented(code: str, act: Callable, asked: datetime, answered: datetime) -> None:
    act("specialist", "request_supplement", code, items=[{"text": "Ảnh mờ"}], at=asked)
    act("citizen", "supplement", code, answer="Đây ạ", at=answered)


def test_a_supplement_takes_no_time_from_a_step_of_a_late_dossier(
    commune: Commune, file: Callable, act: Callable, now: datetime
) -> None:
    attest('on_reject = "check"\n')
    code, later = file(), now + timedelta(days=14)
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check", at=later)
    act("specialist", "complete_step", code, findings={"note": "x", "right": False}, reason="Sai", at=later)
    before = step(code, "check", 2, commune, later).due_at
    supplemented(code, act, later + timedelta(hours=1), later + timedelta(days=7, hours=1))
    again = step(code, "check", 2, commune, later + timedelta(days=7, hours=1))
    assert again.due_at == before + timedelta(days=7)
    assert not again.late


def test_a_supplement_takes_no_time_from_what_an_apology_promised(
    commune: Commune, file: Callable, act: Callable, now: datetime
) -> None:
    later = now + timedelta(days=14)
    code, promised = promised_late(file, act, later)
    supplemented(code, act, later + timedelta(hours=1), later + timedelta(days=1, hours=1))
    after = later + timedelta(days=1, hours=1)
    draft = step(code, "draft", 1, commune, after)
    assert draft.due_at.date() == promised  # the promise stands
    assert not draft.late


def test_a_supplement_before_receipt_gives_the_desk_its_time_to_look_again(
    commune: Commune, file: Callable, act: Callable, now: datetime
) -> None:
    code, answered = file(), now + timedelta(days=14)
    first = step(code, "intake", 1, commune, now).due_at
    act("desk", "request_supplement", code, items=[{"text": "Thiếu chữ ký"}])
    act("citizen", "supplement", code, answer="Đã bổ sung", at=answered)
    again = step(code, "intake", 1, commune, answered)
    assert again.due_at == first + timedelta(days=14)
    assert not again.late


def test_the_desk_has_its_hours_to_hand_over_what_was_signed_late(
    commune: Commune, file: Callable, act: Callable, now: datetime
) -> None:
    code, later = file(), now + timedelta(days=14)
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check", at=later)
    act("specialist", "complete_step", code, findings={"note": "x"}, at=later)
    act("citizen", "confirm_draft", code, at=later)
    act("signatory", "sign", code, at=later)
    back = step(code, "return", 1, commune, later)
    assert back.due_at == step(code, "intake", 1, commune, now).due_at + timedelta(days=14)
    assert not back.late
    fetched = later + timedelta(days=7)
    act("desk", "return_result", code, how="desk", at=fetched)
    assert not step(code, "return", 1, commune, fetched).closed_late  # the applicant came when it suited
