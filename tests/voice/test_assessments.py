"""Independent assessments: brought in whole or refused with each fault, answered once, compared."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection, connections
from django.test import Client
from docx import Document
from pypdf import PdfReader

from motcua.cli.voice import import_assessments
from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.refusals import NotFound
from motcua.events.models import Event
from motcua.monitoring.queries import known_figures
from motcua.voice.models import Assessment
from motcua.voice.operations import answer_recommendation, bring_assessment, import_assessment
from motcua.voice.queries import assessment, assessments, written_assessment
from motcua.voice.rules.assessments import AlreadyAnswered, AssessmentRefused, ReasonForRefusal
from tests.dossiers.conftest import Commune, act, commune, file
from tests.voice.assessing import AGAIN, RECORD

__all__ = ["act", "commune", "file"]
Bring = Callable[[str], str]


@pytest.fixture
def bring(commune: Commune, now: datetime, tmp_path: Path) -> Bring:
    """Import the text of a file; what it did."""

    def brought(text: str) -> str:
        path = tmp_path / "danh-gia.toml"
        path.write_text(text, encoding="utf-8")
        return import_assessment(path=path, figures=known_figures(), actor=SYSTEM, now=now)

    return brought


@pytest.mark.feature("N10")
def test_a_file_comes_in_once_and_a_changed_one_again(bring: Bring, now: datetime) -> None:
    assert [bring(RECORD), bring(RECORD)] == ["new", "unchanged"]
    assert bring(RECORD.replace('score = "3"', 'score = "2.5"')) == "changed"
    seen = assessment("DG-1", actor=PUBLIC, now=now)
    assert [c.share for c in seen.criteria] == [Decimal("50.00"), None]
    assert [(a.advice.number, a.answer, a.may_answer) for a in seen.advice] == [
        (1, None, False),
        (2, None, False),
    ]
    assert [(i.code, i.open) for i in assessments(actor=PUBLIC)] == [("DG-1", 2)]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('assessor = "Học viện Thử"\n', "", "“assessor” is missing"),
        ('method_vi = "Thử nộp."\n', "", "“method_vi” is missing"),
        ('score = "3"', 'score = "6"', "score 6 of “find” is not within 0 and 5"),
        ('score = "3"', 'score = "three"', "“score” is not a number"),
        (
            'criterion = "finish"\n',
            'criterion = "nothing"\n',
            "criterion “nothing” is not among the criteria",
        ),
        ("number = 2", "number = 1", "recommendation 1 comes twice"),
        ('key = "finish"', 'key = "find"', "criterion “find” comes twice"),
        ("to = 2026-06-20", "to = 2026-05-20", "“from” and “to” are days, in order"),
        ('subject = "H43.01"', 'subject = "H99"', "agency “H99” is not known"),
        ("size = 1200", "size = 1200\nsise = 3", "unknown key “sise”"),
        ("size = 1200", 'size = 1200\nrepeats = "DG-0"', "“repeats”: “DG-0” is not known"),
        ("most = 10", "most = 0", "needs “most” above 0"),
        ("[[criteria]]", "[[criteria", "danh-gia.toml"),
        ('score = "3"', 'score = "NaN"', "findings[find]: “score” is not a number"),
        ('score = "3"', 'score = "-Infinity"', "findings[find]: “score” is not a number"),
        ('score = "3"', 'score = "1E-999999"', "with at most 4 decimals"),
        ("from = 2026-06-01\nto", "from = 2026-06-01T08:00:00\nto", "“from” is a day without a time"),
        ("to = 2026-06-30 }", "to = 2026-06-30T00:00:00Z }", "findings[find] figure: “to” is a day without"),
        ("to = 2026-06-30 }", "to = 07:30:00 }", "findings[find] figure: “to” has the wrong kind"),
        ('code = "DG-1"', 'code = "DG/1"', "“code” is “DG/1”: use letters"),
        ('code = "DG-1"', 'code = ".."', "“code” is “..”: use letters"),
        ('code = "DG-1"', 'code = "DG 1?x#y%"', "“code” is “DG 1?x#y%”: use letters"),
        ('code = "DG-1"', f'code = "{"D" * 41}"', "at most 40"),
        ('key = "find"', 'key = "fi/nd"', "criteria[fi/nd]: “key” is “fi/nd”"),
        ("number = 2", "number = 1000", "“number” of a recommendation is to be within 1 and 999"),
        ("number = 2", "number = 0", "“number” of a recommendation is to be within 1 and 999"),
        ("number = 2", f"number = 0x{'f' * 6000}", "“number” of a recommendation is to be within 1 and 999"),
        ("number = 2", f"number = {'9' * 6000}", "this is no TOML file"),
        ("size = 1200", f"size = 0x{'f' * 6000}", "“size” of the sample is to be within"),
        ("size = 1200", "size = nan", "“size” has the wrong kind of value: nan"),
        ("most = 10", "most = 99999", "needs “most” above 0 and at most 10000"),
        ("online_2022", "online_2099", "findings[find] figure: figure “online_2099” is not known here"),
        ('definition = "online_2022", ', "", "“from” and “to” without a “definition”"),
        ("from = 2026-06-01, to = 2026-06-30", "from = 2026-06-30, to = 2026-06-01", "a figure needs"),
        ("most = 10", 'most = 10\nweight = "2"', "give every criterion a “weight”, or none: “find” has none"),
        ('"Hard to find."', '"Hard\\u0000."', "findings[1] words_en: holds a control sign"),
        ('"Hard to find."', f'"{"x" * 5001}"', "more than 5000 letters"),
        ("size = 1200", f"size = {'[' * 5000}", "this is no TOML file"),
    ],
)
def test_each_fault_is_named_and_nothing_is_kept(bring: Bring, old: str, new: str, fault: str) -> None:
    assert old in RECORD
    with pytest.raises(AssessmentRefused) as refused:
        bring(RECORD.replace(old, new, 1))
    assert fault in refused.value.cause.en
    assert refused.value.problems
    assert all(problem.place.startswith("danh-gia.toml") for problem in refused.value.problems)
    assert assessments(actor=PUBLIC) == ()
    assert not Event.objects.filter(kind="voice.assessment_imported").exists()


def test_a_fault_is_said_in_vietnamese_as_well(bring: Bring) -> None:
    with pytest.raises(AssessmentRefused) as refused:
        bring(RECORD.replace('assessor = "Học viện Thử"\n', "sise = 3\n").replace("2022", "2099"))
    said = refused.value.cause.vi
    for words in ("thiếu “assessor”", "không có khóa “sise”", "ở đây không có chỉ số “online_2099”"):
        assert f"danh-gia.toml{' findings[find] figure' if '2099' in words else ''}: {words}" in said
    assert "Sửa những chỗ này" in refused.value.next_step.vi


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            AGAIN.replace('subject = "H43.01"', 'subject = "H43.02"'),
            "“DG-1” is of another agency, H43.01, not of H43.02",
        ),
        (
            RECORD.replace('subject = "H43.01"', 'subject = "H43.02"'),
            "“DG-1” is an assessment of another agency",
        ),
        (
            AGAIN.replace("to = 2026-09-20", "to = 2026-06-20").replace("= 2026-09-01", "= 2026-06-01"),
            "ended on",
        ),
        (AGAIN.replace('"DG-2"', '"DG-1"'), "“code” and “repeats” are the same"),
    ],
)
def test_a_repeat_is_of_the_same_agency_and_later(bring: Bring, text: str, fault: str) -> None:
    bring(RECORD)
    with pytest.raises(AssessmentRefused, match="assessment_refused") as refused:
        bring(text)
    assert fault in refused.value.cause.en
    assert [i.code for i in assessments(actor=PUBLIC)] == ["DG-1"]


def test_what_is_repeated_stays_before_its_repeat(bring: Bring) -> None:
    bring(RECORD)
    bring(AGAIN)
    with pytest.raises(AssessmentRefused) as refused:
        bring(RECORD.replace("to = 2026-06-20", "to = 2026-09-20"))
    assert "“DG-2”, which repeats this one, ended on 2026-09-20" in refused.value.cause.en


def test_weights_make_a_total_where_every_criterion_has_a_score(bring: Bring, now: datetime) -> None:
    weighted = RECORD.replace("most = 5", 'most = 5\nweight = "3"').replace(
        "most = 10", 'most = 10\nweight = "1"'
    )
    bring(weighted)
    assert assessment("DG-1", actor=PUBLIC, now=now).total is None
    bring(weighted.replace('criterion = "finish"', 'criterion = "finish"\nscore = "8"'))
    seen = assessment("DG-1", actor=PUBLIC, now=now)
    assert seen.total == Decimal("65.00")  # (3 × 60 + 1 × 80) ÷ 4
    written = written_assessment(seen, now=now)
    assert "Điểm tổng theo trọng số: 65,00 trên 100." in [s.vi for s in written.parts[1].sentences]
    assert written.tables[0].rows[0][1] == Decimal(3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False])
def test_two_first_imports_at_once_come_in_one_after_the_other(
    commune: Commune, now: datetime, same: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL: both have looked and found nothing before either writes; SQLite lets one in at a time."""
    texts = [RECORD, RECORD if same else RECORD.replace("Mở cửa buổi tối.", "Mở cửa thứ bảy.")]
    meet, save = threading.Barrier(len(texts)), Assessment.save

    def saved(row: Assessment, *args: Any, **kwargs: Any) -> None:
        if row._state.adding and connection.vendor == "postgresql":
            meet.wait(20)
        save(row, *args, **kwargs)

    monkeypatch.setattr(Assessment, "save", saved)

    def bring_one(text: str) -> str:
        try:
            content = text.encode()
            return bring_assessment(
                content=content, name="a.toml", figures=known_figures(), actor=SYSTEM, now=now
            ).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(texts)) as pool:
        states = sorted(pool.map(bring_one, texts))
    assert states == ["new", "unchanged"] if same else ["changed", "new"]
    seen = assessment("DG-1", actor=PUBLIC, now=now)
    assert [a.advice.number for a in seen.advice] == [1, 2]
    assert Event.objects.filter(kind="voice.assessment_imported").count() == (1 if same else 2)


def test_a_recommendation_is_answered_once_by_its_leader(
    bring: Bring, commune: Commune, now: datetime
) -> None:
    bring(RECORD)

    def say(who, number: int, answer: str = "refused", reason: str = "Không có kinh phí.") -> None:
        answer_recommendation(code="DG-1", number=number, answer=answer, reason=reason, actor=who, now=now)

    for who in (commune.citizen, commune.desk, commune.stranger):
        with pytest.raises(NotFound):
            say(who, 1)
    with pytest.raises(NotFound):
        say(commune.leader, 9)
    with pytest.raises(NotFound):
        say(commune.leader, 1, "perhaps")
    with pytest.raises(ReasonForRefusal):
        say(commune.leader, 1, reason="  ")
    say(commune.leader, 1)
    with pytest.raises(AlreadyAnswered):
        say(commune.leader, 1, "accepted")
    seen = assessment("DG-1", actor=commune.leader, now=now + timedelta(days=12))
    assert [(a.answer, a.reason, a.waits, a.may_answer) for a in seen.advice] == [
        ("refused", "Không có kinh phí.", 0, False),
        (None, "", 12, True),
    ]
    with pytest.raises(AlreadyAnswered):  # nothing changes under an answer
        bring(RECORD.replace("Dán mã QR.", "Dán hai mã QR."))
    assert bring(RECORD.replace("Mở cửa buổi tối.", "Mở cửa thứ bảy.")) == "changed"
    assert assessment("DG-1", actor=PUBLIC, now=now).advice[0].answer == "refused"


def test_a_repeat_is_compared_criterion_by_criterion(bring: Bring, commune: Commune, now: datetime) -> None:
    bring(RECORD)
    assert bring(AGAIN) == "new"
    second = assessment("DG-2", actor=PUBLIC, now=now)
    found, told = second.criteria
    assert (found.share, found.share_before, found.change) == (
        Decimal("90.00"),
        Decimal("60.00"),
        Decimal("30.00"),
    )
    assert (told.share, told.known_before, told.change) == (Decimal("70.00"), False, None)
    assert [c.key for c in second.dropped] == ["finish"]
    first = assessment("DG-1", actor=PUBLIC, now=now)
    assert (first.after, second.before) == ("DG-2", "DG-1")
    assert first.advice[0].moved is not None
    assert first.advice[0].moved.change == Decimal("30.00")
    assert first.advice[1].moved is None
    told_in = written_assessment(second, now=now).parts[1].sentences
    assert "1 tiêu chí tốt lên, 0 kém đi" in told_in[0].vi
    assert "Nộp được" in told_in[1].vi


@pytest.mark.feature("52")
def test_page_word_and_print_say_the_same(
    bring: Bring, commune: Commune, client: Client, now: datetime
) -> None:
    bring(RECORD)
    bring(AGAIN)
    page = client.get("/bang-dieu-hanh/danh-gia/DG-1/").content.decode()
    assert "/bang-dieu-hanh/online_2022/?scope=H43.01" in page
    assert "khuyen-nghi" not in page  # the public has nothing to answer
    address = "/bang-dieu-hanh/danh-gia/DG-1/tai-ve."
    word = Document(io.BytesIO(client.get(address + "docx").content))
    cells = " ".join(c.text for t in word.tables for r in t.rows for c in r.cells)
    print_ = "".join(
        p.extract_text() for p in PdfReader(io.BytesIO(client.get(address + "pdf").content)).pages
    )
    for words in ("Khó tìm.", "Dán mã QR.", "+30,00 điểm trên 100"):
        assert words in page
        assert words in cells
        assert words in " ".join(print_.split())
    assert "Mẫu: 1.200" in page
    assert client.get("/bang-dieu-hanh/danh-gia/").content.decode().count("danh-gia/DG-") == 2
    assert client.get("/bang-dieu-hanh/danh-gia/DG-9/").status_code == 404


def test_a_leader_answers_on_the_page_and_nothing_typed_is_lost(
    bring: Bring, commune: Commune, client: Client
) -> None:
    from django.contrib.auth import get_user_model

    bring(RECORD)
    leader = get_user_model().objects.get(pk=commune.leader.user_id)
    client.force_login(leader, "motcua.web.account.backend.Backend")
    page = "/bang-dieu-hanh/danh-gia/DG-1/"
    empty = client.post(f"{page}khuyen-nghi/1/", {"answer": "refused", "reason": " "})
    assert empty.status_code == 422
    assert 'href="#reason-1"' in empty.content.decode()
    done = client.post(f"{page}khuyen-nghi/1/", {"answer": "accepted", "reason": "Sẽ dán trong tháng 8."})
    assert (done.status_code, done["location"]) == (302, page)
    seen = client.get(page).content.decode()
    assert "Chấp nhận: Sẽ dán trong tháng 8." in seen
    late = client.post(f"{page}khuyen-nghi/1/", {"answer": "refused", "reason": "Nghĩ lại"})
    assert late.status_code == 422


def test_the_command_says_what_it_did(commune: Commune, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.toml", tmp_path / "b.toml"
    good.write_text(RECORD, encoding="utf-8")
    bad.write_bytes(b"\xff\xfe")
    told = CliRunner().invoke(import_assessments, [str(good), str(bad)])
    assert told.exit_code == 1
    assert "a.toml: new" in told.output
    assert "b.toml: refused" in told.output
    assert "Traceback" not in told.output
    assert CliRunner().invoke(import_assessments, [str(good)]).output == "a.toml: unchanged\n"
