"""What happens to a dossier is told to its applicant, once, on both channels."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from motcua.dossiers import operations
from motcua.events.operations import run_readers
from motcua.notices.operations import send_due
from motcua.notices.queries import inbox
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune


@pytest.fixture
def told(commune: Commune, now: datetime) -> Callable[[], list[str]]:
    """Subjects in the citizen's inbox after all readers have run, oldest first."""

    def subjects() -> list[str]:
        run_readers(now=now + timedelta(days=1))
        run_readers(now=now + timedelta(days=1))  # a second time adds nothing
        return [m.subject for m in reversed(inbox(actor=commune.citizen, limit=50).items)]

    return subjects


def test_each_turn_of_the_main_job_is_told(commune, file, act, told, post_office, now):
    code = file()
    act("desk", "receive", code)
    act("specialist", "request_supplement", code, items=[{"component": "proof", "text": "Ảnh mờ"}])
    act("citizen", "supplement", code, at=now + timedelta(hours=2), answer="Đây ạ")
    act("specialist", "complete_step", code, at=now + timedelta(hours=3), step="check")
    act("specialist", "complete_step", code, at=now + timedelta(hours=3), findings={"note": "được"})
    act("desk", "apologise", code, at=now + timedelta(hours=4), reason="Chờ", new_due_at="2026-07-30")
    act("citizen", "confirm_draft", code, at=now + timedelta(hours=5))
    act("signatory", "sign", code, at=now + timedelta(hours=6))
    assert len(told()) == 6  # filed, received, supplement, draft, late, result
    assert all(code in subject for subject in told())
    send_due(now=now + timedelta(days=1))
    mails = post_office.to("dan@example.vn")
    assert len(mails) == 6
    assert not post_office.to("dankhac@example.vn")


def test_a_refusal_is_told_with_its_reason(commune, file, act, told, now):
    code = file()
    act("desk", "refuse", code, reason="Không thuộc thẩm quyền của phường", clause="Điều 12")
    assert len(told()) == 2  # filed, refused
    body = inbox(actor=commune.citizen, limit=5).items[0].body
    assert "Không thuộc thẩm quyền của phường" in body
    assert "Điều 12" in body
    assert "999199000123" not in body


def test_who_files_hears_at_once_when_it_is_checked_and_who_stands_at_the_counter_does_not(
    commune, file, told, now
):
    code = file()
    assert told() == [f"Đã nhận được hồ sơ {code}"]
    body = inbox(actor=commune.citizen, limit=5).items[0].body
    assert "nộp lúc 09:00 ngày 10/07/2026" in body
    assert "chậm nhất" in body
    operations.submit(
        procedure=PROCEDURE, agency="H43.01", answers=ANSWERS, filed_by="officer", channel=1, key="counter",
        actor=commune.desk, now=now,
    )  # fmt: skip
    assert len(told()) == 1
