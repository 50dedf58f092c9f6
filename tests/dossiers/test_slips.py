"""Slips: each act gives its own, numbered without gaps, the same bytes for ever."""

import hashlib
import io
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pikepdf
import pypdf
import pytest
from django.db import connections, transaction

from motcua.core.periods import VIETNAM
from motcua.core.refusals import NotFound, Refusal
from motcua.core.sealing import SealBroken
from motcua.documents import operations as documents
from motcua.documents.models import Slip
from motcua.documents.queries import slip_fields, verification
from motcua.documents.rules import printable
from motcua.dossiers import operations, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.common import ReasonNeeded
from motcua.dossiers.operations.correcting import AlreadyReplaced, NotYourSlip
from motcua.dossiers.queries.slip_forms import complaints, slip_forms
from motcua.dossiers.rules.slips import complaint_on
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def opened(commune: Commune, now: datetime) -> Callable[..., str]:
    """The words of a slip as somebody reads it."""

    def read(code: str, key: str, who: str = "citizen", at: datetime | None = None) -> str:
        return words(operations.slip_pdf(code=code, key=key, actor=getattr(commune, who), now=at or now))

    return read


def test_the_receipt_says_what_the_dossier_says(
    commune: Commune, file: Any, act: Any, opened: Any, now: datetime
) -> None:
    code = file()
    act("desk", "receive", code)
    seen = queries.dossier_for(code, actor=commune.citizen, now=now)
    assert [(s.key, s.number) for s in seen.slips] == [("01", "01/TNHS")]
    text = opened(code, "01")
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BẢN THỬ, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Số: 01/TNHS",
        f"Mã hồ sơ: {code}",
        "Nguyễn Thị Thử",
        "03 ngày làm việc",
        "5.000 đồng (bằng chữ: Năm nghìn đồng)",
    ):
        assert part in text, (part, text)


def test_a_slip_is_for_those_who_see_the_dossier(
    commune: Commune, file: Any, act: Any, opened: Any, now: datetime
) -> None:
    code = file()
    act("desk", "receive", code)
    for who in ("citizen", "desk", "specialist", "leader"):
        assert code in opened(code, "01", who)
    for who in ("other", "stranger"):
        with pytest.raises(NotFound):
            opened(code, "01", who)
    with pytest.raises(NotFound):
        opened(code, "02")


def test_the_control_slip_is_not_for_the_applicant(
    commune: Commune, file: Any, act: Any, opened: Any, now: datetime
) -> None:
    code = file()
    act("desk", "receive", code)
    assert "Người motcua" in opened(code, "05", "desk")
    with pytest.raises(NotFound):
        opened(code, "05", "citizen")
    seen = queries.dossier_for(code, actor=commune.desk, now=now)
    assert [s.key for s in seen.slips] == ["01", "05"]


def test_the_same_slip_is_the_same_bytes(commune: Commune, file: Any, act: Any, now: datetime) -> None:
    code = file()
    act("desk", "receive", code)
    first = operations.slip_pdf(code=code, key="01", actor=commune.citizen, now=now)
    act("desk", "take_fee", code, amount=5000, receipt="AA/1")  # the dossier goes on, the slip does not
    again = operations.slip_pdf(code=code, key="01", actor=commune.desk, now=now + timedelta(days=9))
    assert first == again
    assert "đã thu" not in words(again)


def test_the_acknowledgement_of_a_filing(commune: Commune, file: Any, now: datetime) -> None:
    code = file()
    pdf = operations.filed_pdf(code=code, actor=commune.citizen)
    assert pdf == operations.filed_pdf(code=code, actor=commune.desk)
    text = words(pdf)
    assert "GIẤY XÁC NHẬN ĐÃ NỘP HỒ SƠ TRỰC TUYẾN" in text
    assert code in text
    assert "chưa phải giấy tiếp nhận" in text
    assert f"Số: {code}" in text
    assert "/tra-cuu/" in text
    with pytest.raises(NotFound):
        operations.filed_pdf(code=code, actor=commune.other)


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_under_concurrency(commune: Commune, file: Any, now: datetime) -> None:
    """Desks that receive at the same moment, one of which fails afterwards: no number is lost or doubled."""
    codes, start = [file() for _ in range(8)], threading.Barrier(4)

    def work(some: list[str]) -> None:
        try:
            start.wait(10)
            for code in some:
                operations.receive(code=code, actor=commune.desk, now=now)
            with transaction.atomic():
                operations.refuse(code=some[0], reason="vì thế", actor=commune.desk, now=now)
        except Refusal:  # received already: the refusal gives its number back
            pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, [codes[n::4] for n in range(4)]))
    numbers = Slip.objects.filter(kind="01").order_by("sequence").values_list("sequence", "number")
    assert list(numbers) == [(n, f"{n:02d}/TNHS") for n in range(1, 9)]
    assert list(Slip.objects.filter(kind="05").order_by("sequence").values_list("sequence", flat=True)) == [
        *range(1, 9)
    ]
    assert not Slip.objects.filter(kind="03").exists()


def test_an_act_that_fails_gives_its_number_back(
    commune: Commune, file: Any, act: Any, now: datetime
) -> None:
    first, second = file(), file()
    with transaction.atomic():
        act("desk", "receive", first)
        transaction.set_rollback(True)
    act("desk", "receive", second)
    assert queries.dossier_for(second, actor=commune.desk, now=now).slips[0].number == "01/TNHS"


def test_books_begin_anew_each_year_and_count_each_kind(commune: Commune, file: Any, act: Any) -> None:
    def number(kind: str, code: str) -> str:
        return Slip.objects.get(kind=kind, reference=code).number

    december = datetime(2026, 12, 31, 16, tzinfo=VIETNAM)
    old, new = file(at=december), file(at=december)
    act("desk", "receive", old, at=december)
    act("desk", "receive", new, at=datetime(2027, 1, 4, 8, tzinfo=VIETNAM))
    assert (number("01", old), number("01", new)) == ("01/TNHS", "01/TNHS")
    act("specialist", "decline", new, at=datetime(2027, 1, 4, 9, tzinfo=VIETNAM), reason="không đủ điều kiện")
    assert number("03", new) == "01/TCHS"


HOSTILE = (
    "#panic() $x$ @ref \\ `r` <l>", '"], "x": ["', "]#pagebreak()[", "Ω≈ç 王小明 🙂", "“Ngoặc” ‘kép’ & <b>",
    "Nguyễn " + "Thị Rất Dài " * 14,
)  # fmt: skip


@pytest.mark.parametrize("words_given", HOSTILE)
def test_no_words_break_a_slip(commune: Commune, file: Any, act: Any, opened: Any, words_given: str) -> None:
    code = file()
    Dossier.objects.filter(code=code).update(applicant_name=words_given[:200])
    act("desk", "refuse", code, reason=words_given, clause=words_given[:200])
    text = opened(code, "03")
    shown = printable(" ".join(words_given[:200].split()))
    assert text.replace(" ", "").count(shown.replace(" ", "").rstrip(".")) >= 3
    assert ("□: chữ không in được" in text) == ("王" in words_given or "Ω" in words_given)


def test_structure_and_marks(commune: Commune, file: Any, act: Any, now: datetime) -> None:
    """PDF/A-2a and PDF/UA-1 as the results, the mark of a trial on every page."""
    code = file()
    act("desk", "receive", code)
    items = [{"text": f"Mục {n}: " + "bổ sung nội dung " * 30} for n in range(20)]
    act("specialist", "request_supplement", code, items=items)
    for key in ("01", "02", "05"):
        pdf = operations.slip_pdf(code=code, key=key, actor=commune.desk, now=now)
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        assert all("BẢN THỬ, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in " ".join(p.extract_text().split()) for p in pages)
        with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
            assert not document.check_pdf_syntax()
            assert metadata.pdfa_status == "2A"
            assert metadata["pdfuaid:part"] == "1"
            assert str(document.Root.Lang) == "vi-VN"
            assert bool(document.Root.MarkInfo.Marked)
    assert len(pypdf.PdfReader(io.BytesIO(operations.slip_pdf(
        code=code, key="02", actor=commune.desk, now=now))).pages) > 1  # fmt: skip


def test_a_real_site_prints_no_mark(
    commune: Commune, file: Any, act: Any, opened: Any, settings: Any, tmp_path: Any
) -> None:
    settings.TRIAL, settings.SIGNING_P12 = False, str(tmp_path / "real.p12")
    code = file()
    act("desk", "receive", code)
    settings.TRIAL = True  # what was issued for real stays so
    assert "BẢN THỬ" not in opened(code, "01")


def test_the_worker_makes_what_nobody_opened_yet(
    commune: Commune, file: Any, act: Any, now: datetime
) -> None:
    code = file()
    act("desk", "receive", code)
    assert not Slip.objects.get(kind="01").storage_name  # filing and receiving wait for no typesetting
    assert documents.make_slips_due() == 1  # the control slip is still written on
    assert documents.make_slips_due() == 0
    row = Slip.objects.get(kind="01")
    pdf = operations.slip_pdf(code=code, key="01", actor=commune.citizen, now=now)
    assert (row.sha256, row.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))


def test_what_a_slip_says_is_sealed(commune: Commune, file: Any, act: Any) -> None:
    act("desk", "receive", file())
    row = Slip.objects.get(kind="01")
    assert "Thử".encode() not in bytes(row.fields_sealed)
    with pytest.raises(SealBroken):
        slip_fields("another", row.fields_sealed)


def test_the_control_slip_is_closed_with_the_dossier(
    commune: Commune, file: Any, act: Any, opened: Any, now: datetime
) -> None:
    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code)
    act("specialist", "complete_step", code, findings={"note": "được"})
    act("citizen", "deliver_draft", code)
    act("citizen", "confirm_draft", code)
    act("signatory", "sign", code)
    assert "phiếu ghi đến" in opened(code, "05", "desk")
    act("desk", "return_result", code)
    text = opened(code, "05", "desk")
    assert "phiếu ghi đến" not in text
    for part in ("Thẩm tra", "Dự thảo", "Người chuyenvien", "Người nguoiky", "Trả kết quả", "trước hạn"):
        assert part in text
    assert opened(code, "05", "desk", now + timedelta(days=30)) == text


@pytest.mark.feature("31")
def test_a_late_apology_says_so_everywhere(
    commune: Commune, file: Any, act: Any, opened: Any, now: datetime
) -> None:
    code = file()
    act("desk", "receive", code)
    due = queries.dossier_for(code, actor=commune.desk, now=now).due_at
    assert due is not None
    late = due + timedelta(days=1, hours=2)
    new = (late + timedelta(days=3)).isoformat()
    act("desk", "apologise", code, at=late, reason="Máy hỏng", new_due_at=new)
    assert "lập sau ngày hẹn (trễ 1 ngày 2 giờ)" in opened(code, "04")
    seen = queries.dossier_for(code, actor=commune.citizen, now=late)
    assert seen.decisions[-1].late
    assert "sau ngày hẹn" in seen.timeline[-1].detail.vi
    with pytest.raises(Refusal, match="apology_already_given"):  # once at most
        act("desk", "apologise", code, at=late, reason="lại", new_due_at=new)


def test_a_correction_takes_a_new_number_and_names_the_old(
    commune: Commune, file: Any, act: Any, opened: Any, now: datetime
) -> None:
    code = file()
    act("desk", "refuse", code, reason="Sai nơi nộp", clause="Điều 1")
    old = opened(code, "03")
    give = {"code": code, "slip": "03", "actor": commune.desk, "now": now + timedelta(days=1)}
    with pytest.raises(ReasonNeeded):
        operations.correct_slip(because=" ", **give)
    for who in (commune.citizen, commune.leader):
        with pytest.raises(NotYourSlip):
            operations.correct_slip(because="x", **(give | {"actor": who}))
    with pytest.raises(NotFound):
        operations.correct_slip(because="x", **(give | {"actor": commune.stranger}))
    assert operations.correct_slip(because="Ghi nhầm điều khoản", clause="Điều 21", **give) == "03-2"
    new = opened(code, "03-2")
    assert "Số: 02/TCHS" in new
    assert "thay thế phiếu số 01/TCHS, ngày 10 tháng 7 năm 2026. Lý do: Ghi nhầm điều khoản" in new
    assert "Điều 21" in new
    assert opened(code, "03") == old  # what was handed over stays
    with pytest.raises(AlreadyReplaced):
        operations.correct_slip(because="lần nữa", **give)
    seen = queries.dossier_for(code, actor=commune.citizen, now=now)
    assert [(s.number, s.corrects, s.corrected_by) for s in seen.slips] == [
        ("01/TCHS", "", "02/TCHS"), ("02/TCHS", "01/TCHS", ""),
    ]  # fmt: skip
    first = Slip.objects.get(key="03")
    told = verification(first.token, now=now)
    assert (told.state, told.replaced_by, told.signed) == ("revoked", "02/TCHS", False)
    assert verification(Slip.objects.get(key="03-2").token, now=now).state == "valid"


def test_addresses_on_a_slip_hold_nothing_personal(
    commune: Commune, file: Any, act: Any, opened: Any
) -> None:
    code = file()
    act("desk", "receive", code)
    text = opened(code, "01")
    addresses = re.findall(r"https?://\S+", text)
    assert len(addresses) == 2
    for address in addresses:
        assert code not in address
        assert "000123" not in address
        assert "Nguy" not in address


def test_a_helper_does_not_learn_what_the_person_has_stored(
    commune: Commune, act: Any, opened: Any, now: datetime
) -> None:
    """Only one who files for oneself finds the stored address and mail on the slip."""
    code = operations.submit(
        procedure=PROCEDURE, agency="H43.01", answers=ANSWERS, filed_by="officer", channel=1, key="k",
        actor=commune.desk, now=now,
    ).code  # fmt: skip
    act("desk", "receive", code)
    assert "dan@example.vn" not in opened(code, "01", "desk")


def test_the_law_of_complaints_is_dated_data_with_its_source() -> None:
    rules = complaints()
    assert rules
    assert all(r.source and r.mark in {"F", "C", "M"} and r.lines for r in rules)
    assert complaint_on(rules, date(2012, 6, 30)) is None
    assert complaint_on(rules, date(2026, 7, 10)) is not None
    assert all(f.source and f.mark in {"F", "C", "M"} for f in slip_forms().values())
