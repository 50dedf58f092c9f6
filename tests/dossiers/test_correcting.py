"""A result with a slip of the pen gets a new one in its place; the old one says so to everybody."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents.queries import verification
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.correcting import Correctable, CorrectionRefused, _written
from motcua.process.queries import steps_of
from tests.dossiers.conftest import Commune


@pytest.fixture
def signed(commune: Commune, file: Callable, act: Callable, now: datetime) -> str:
    """A dossier whose result was signed."""
    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    act("citizen", "confirm_draft", code)
    act("signatory", "sign", code)
    return code


def words(code: str, actor: Actor) -> str:
    content = queries.result_pdf(code, actor=actor)
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def state(commune: Commune, code: str, now: datetime):
    return queries.dossier_for(code, actor=commune.signatory, now=now)


@pytest.mark.feature("45")
def test_the_new_one_says_it_right_and_the_old_one_names_it(commune, signed, act, now):
    old = state(commune, signed, now).result
    events = steps_of(signed)
    act("signatory", "correct_result", signed, corrections={"who": "Nguyễn Thị Sửa"}, reason="Ghi sai tên")
    new = state(commune, signed, now).result
    assert (new.token != old.token, new.number != old.number) == (True, True)
    assert new.valid_until_on == old.valid_until_on
    assert "Nguyễn Thị Sửa" in words(signed, commune.citizen)
    before, after = verification(old.token, now=now), verification(new.token, now=now)
    assert (before.state, before.replaced_by) == ("revoked", new.number)
    assert (after.state, after.replaced_by) == ("valid", "")
    assert steps_of(signed) == events  # the handling is over and stays so
    seen = state(commune, signed, now)
    assert [d.kind for d in seen.decisions] == ["correct"]
    assert seen.timeline[-1].detail.vi == f"Số {old.number} → số {new.number}"


def test_a_second_correction_keeps_the_first(commune, signed, act, now):
    act("signatory", "correct_result", signed, corrections={"who": "Nguyễn Thị Một"}, reason="Sai")
    later = now + timedelta(days=40)
    held = {one.key: one.value for one in queries.correctable_values(signed, actor=commune.signatory)}
    assert held == {"who": "Nguyễn Thị Một"}
    act(
        "signatory",
        "correct_result",
        signed,
        at=later,
        corrections={"who": "Nguyễn Thị Hai"},
        reason="Lại sai",
    )
    assert "Nguyễn Thị Hai" in words(signed, commune.citizen)
    act("signatory", "revoke_result", signed, at=later, reason="Cấp nhầm")
    assert state(commune, signed, later).result.state == "revoked"
    with pytest.raises(Refusal) as refused:
        act("signatory", "correct_result", signed, corrections={"who": "Ba"}, reason="Sai")
    assert refused.value.code == "no_result_to_revoke"


@pytest.mark.parametrize(
    ("corrections", "reason", "code"),
    [
        ({}, "Sai", "nothing_corrected"),
        ({"who": "Nguyễn Thị Thử"}, "Sai", "nothing_corrected"),
        ({"agency_name": "Nơi khác"}, "Sai", "not_correctable"),
        ({"nothing": "x"}, "Sai", "not_correctable"),
        ({"who": "  "}, "Sai", "correction_refused"),
        ({"who": 5}, "Sai", "correction_refused"),
        ({"who": "Nguyễn Thị Sửa"}, "  ", "reason_needed"),
    ],
)
def test_what_is_refused_changes_nothing(commune, signed, act, now, corrections, reason, code):
    before = Dossier.objects.get(code=signed).result_token
    with pytest.raises(Refusal) as refused:
        act("signatory", "correct_result", signed, corrections=corrections, reason=reason)
    assert refused.value.code == code
    assert Dossier.objects.get(code=signed).result_token == before
    assert verification(before, now=now).state == "valid"


def test_who_signs_corrects_and_nobody_else_sees_the_values(commune, signed, act, now):
    for who in ("desk", "specialist"):
        with pytest.raises(Refusal) as refused:
            act(who, "correct_result", signed, corrections={"who": "Khác"}, reason="Sai")
        assert refused.value.code == "not_your_task"
    with pytest.raises(NotFound):
        queries.correctable_values(signed, actor=commune.citizen)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5/7/2026", "2026-07-05"), ("2026-07-05", "2026-07-05"), ("31/2/2026", None), ("", None)],
)
def test_a_day_is_a_day(text, expected):
    one = Correctable("on", Text("Ngày", "Day"), "2026-01-01", day=True)
    if expected is None:
        with pytest.raises(CorrectionRefused):
            _written(text, one)
    else:
        assert _written(text, one) == expected
