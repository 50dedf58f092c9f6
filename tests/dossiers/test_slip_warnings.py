"""Officers are warned before a date passes; the book lists what a desk took in."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.periods import VIETNAM, Period
from motcua.core.refusals import NotFound
from motcua.dossiers import jobs, queries
from motcua.dossiers.queries import book as books
from motcua.dossiers.readers import to_messages
from motcua.events.queries import stream_events
from motcua.notices.queries import inbox
from motcua.process.models import Clock
from tests.dossiers.conftest import Commune
from tests.dossiers.test_slips import words

pytestmark = pytest.mark.django_db


def told(actor: Any) -> list[str]:
    return [m.subject for m in inbox(actor=actor).items]


def received(file: Any, act: Any, now: datetime) -> str:
    code: str = file()
    act("desk", "receive", code, at=now)  # three working days from Friday 9:00: Wednesday 9:00
    return code


def test_the_officers_are_warned_when_a_quarter_is_left(
    commune: Commune, file: Any, act: Any, now: datetime
) -> None:
    code = received(file, act, now)
    near = Clock.objects.get(reference=code).warn_at
    assert near == datetime(2026, 7, 14, 11, 0, tzinfo=VIETNAM)  # 18 of 24 working hours later
    assert jobs.due_soon(near - timedelta(minutes=1)) == 0
    item = queries.worklist(actor=commune.specialist, now=near - timedelta(minutes=1)).items[0]
    assert not item.owes_apology
    assert jobs.due_soon(near) == 1
    assert told(commune.specialist) == told(commune.desk) == [f"Hồ sơ {code} sắp đến hẹn trả"]
    assert told(commune.citizen) == told(commune.stranger) == told(commune.signatory) == []
    assert jobs.due_soon(near + timedelta(hours=1)) == 0  # once for each date
    assert queries.worklist(actor=commune.specialist, now=near).items[0].owes_apology
    assert stream_events(f"dossier:{code}")[-1].kind == "dossier.due_warned"


def test_only_the_one_who_has_it_is_warned(commune: Commune, file: Any, act: Any, now: datetime) -> None:
    code = received(file, act, now)
    act("specialist", "assign", code)
    assert jobs.due_soon(now + timedelta(days=6)) == 1  # late already: still told
    assert len(told(commune.specialist)) == 1


@pytest.mark.parametrize("then", ["apologise", "request_supplement", "decline", "withdraw"])
def test_nobody_is_warned_of_what_is_promised_paused_or_over(
    commune: Commune, file: Any, act: Any, now: datetime, then: str
) -> None:
    code = received(file, act, now)
    who = {"withdraw": "citizen"}.get(then, "specialist")
    given: dict[str, Any] = {"reason": "vì thế"}
    if then == "apologise":
        given["new_due_at"] = (now + timedelta(days=20)).isoformat()
    if then == "request_supplement":
        given = {"items": [{"text": "thiếu"}]}
    act(who, then, code, at=now + timedelta(hours=1), **given)
    assert jobs.due_soon(now + timedelta(days=10)) == 0
    assert not any(i.owes_apology for i in queries.worklist(
        actor=commune.specialist, now=now + timedelta(days=10)).items)  # fmt: skip


def test_a_date_that_moved_is_warned_of_again(commune: Commune, file: Any, act: Any, now: datetime) -> None:
    code = received(file, act, now)
    assert jobs.due_soon(now + timedelta(days=4, hours=4)) == 1
    act("specialist", "request_supplement", code, at=now + timedelta(days=4, hours=4), items=[{"text": "a"}])
    act("citizen", "supplement", code, at=now + timedelta(days=14), answer="đây")
    clock = Clock.objects.get(reference=code)
    assert clock.due_at > now + timedelta(days=14)
    assert jobs.due_soon(clock.due_at - timedelta(minutes=5)) == 1


def book(commune: Commune, who: str = "desk", agency: str = "H43.01", **more: Any) -> books.FollowUpBook:
    period = more.pop("period", Period(date(2026, 7, 1), date(2026, 7, 31)))
    more.setdefault("now", datetime(2026, 7, 20, 9, tzinfo=VIETNAM))
    return queries.follow_up_book(agency, period, actor=getattr(commune, who), **more)


def test_the_book_lists_what_was_taken_in_by_number(
    commune: Commune, file: Any, act: Any, now: datetime
) -> None:
    codes = [received(file, act, now) for _ in range(3)]
    act("specialist", "decline", codes[0], reason="không đủ")
    act("desk", "apologise", codes[1], reason="chờ", new_due_at=(now + timedelta(days=9)).isoformat())
    found = book(commune)
    assert [(line.number, line.code) for line in found.lines] == [
        (f"0{n}/TNHS", code) for n, code in enumerate(codes, 1)
    ]
    assert [line.note.vi for line in found.lines] == ["Từ chối giải quyết", "", ""]
    assert found.lines[1].promised_at == now + timedelta(days=9)
    page = book(commune, limit=2)
    assert len(page.lines) == 2
    assert page.next is not None
    assert [line.code for line in book(commune, limit=2, after=page.next).lines] == codes[2:]
    assert book(commune, period=Period(date(2026, 6, 1), date(2026, 6, 30))).lines == ()
    assert book(commune, "leader", "H43").lines == ()
    for who, agency in (("citizen", "H43.01"), ("stranger", "H43.01"), ("desk", "H43.02"), ("desk", "H99")):
        with pytest.raises(NotFound):
            book(commune, who, agency)


def test_the_printed_book(
    commune: Commune, file: Any, act: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [received(file, act, now) for _ in range(2)]
    period = Period(date(2026, 7, 1), date(2026, 7, 31))
    text = words(queries.book_pdf("H43.01", period, actor=commune.desk, now=now))
    for part in ("SỔ THEO DÕI HỒ SƠ", "Từ ngày 01 tháng 7 năm 2026", "Số hồ sơ: 2", "01/TNHS", *codes):
        assert part.replace(" ", "") in text.replace(" ", ""), part
    monkeypatch.setattr(books, "MOST_LINES", 1)
    with pytest.raises(books.BookTooLong):
        queries.book_pdf("H43.01", period, actor=commune.desk, now=now)


def test_messages_lead_to_the_slip_and_to_the_way_to_complain(
    commune: Commune, file: Any, act: Any, now: datetime
) -> None:
    code = file()
    act("desk", "refuse", code, reason="Sai nơi nộp", clause="Điều 1")
    event = stream_events(f"dossier:{code}")[-1]
    to_messages(event, now)
    body = inbox(actor=commune.citizen).items[0].body
    assert f"/ho-so/{code}/phieu/03.pdf" in body
    assert "01/TCHS" in body
    assert "khiếu nại lần đầu đến người đứng đầu UBND phường Một" in body
    assert "90 ngày" in body
    assert "Căn cứ: Điều 1" in body


def test_a_reminder_that_comes_after_the_date_says_so(commune: Commune, file, act, now: datetime) -> None:
    received(file, act, now)
    assert jobs.due_soon(now + timedelta(days=20)) == 1
    assert "đã quá hẹn trả" in told(commune.specialist)[0]


def test_a_book_is_narrowed_and_costs_the_same(commune: Commune, file, act, now: datetime) -> None:
    codes = [received(file, act, now) for _ in range(3)]
    act("specialist", "decline", codes[0], reason="không đủ")
    later = now + timedelta(days=20)

    def narrowed(state: str, procedure: str = "") -> list[str]:
        by = books.BookFilter(procedure, state)
        return [line.code for line in book(commune, by=by, now=later).lines]

    assert narrowed("in_time") == codes[:1]
    assert narrowed("overdue") == narrowed("open", "9.000001")[1:] == codes[1:]
    assert narrowed("late") == narrowed("citizen") == []
    assert narrowed("nonsense") == codes
    with CaptureQueriesContext(connection) as few:
        book(commune, now=later)
    for _ in range(5):
        received(file, act, now)
    with CaptureQueriesContext(connection) as many:
        book(commune, now=later)
    assert len(many) == len(few) <= 8
