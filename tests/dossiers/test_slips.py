"""Slips: each act gives its own, numbered without gaps, the same bytes for ever."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pypdf
import pytest

from motcua.core.refusals import NotFound
from motcua.dossiers import operations, queries
from tests.dossiers.conftest import Commune

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
    with pytest.raises(NotFound):
        operations.filed_pdf(code=code, actor=commune.other)
