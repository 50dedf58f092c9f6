"""What the dossier's page says beside the actions: how the date is reckoned, by what a paper is asked for."""

import re
from collections.abc import Callable

import pytest

from tests.web.filing import Walk, commune, portal, walk
from tests.web.test_desk import act

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]


def test_the_clock_is_reckoned_in_words(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    page = walk("specialist").get(f"/mot-cua/{code}/")
    assert re.search(r"3 ngày làm việc kể từ [^.]+, theo lịch làm việc của UBND phường Một\.", page)
    assert "Đồng hồ đã dừng" not in page
    asked = {"why.": "other", "text.": "Ghi rõ tên cha"}
    act(walk, "specialist", code, "request_supplement", **asked)
    page = walk("specialist").get(f"/mot-cua/{code}/")
    assert "Đồng hồ đã dừng 1 lần" in page
    assert "Hiện đang dừng" in page


def test_a_paper_is_asked_for_with_its_basis_and_the_citizen_reads_it(walk: Start) -> None:
    code = walk().file()
    page = walk("desk").get(f"/mot-cua/{code}/")
    assert "Căn cứ yêu cầu: Nghị định 104/2022/NĐ-CP" in page
    key = re.search(r'name="request_supplement\.on\.([a-z_]+)"', page)[1]
    asked = {f"on.{key}": "1", f"why.{key}": "unreadable", f"text.{key}": "Chụp lại"}
    act(walk, "desk", code, "request_supplement", **asked)
    assert "Căn cứ: Nghị định 104/2022/NĐ-CP" in walk().get(f"/ho-so/{code}/")


def test_a_reason_of_the_pack_comes_with_its_clause(walk: Start) -> None:
    code = walk().file()
    assert "Giấy tờ không cho biết cư trú từ ngày nào" in walk("desk").get(f"/mot-cua/{code}/")
    asked = {"on.residence_proof": "1", "why.residence_proof": "no_period", "text.residence_proof": ""}
    act(walk, "desk", code, "request_supplement", **asked)
    page = walk().get(f"/ho-so/{code}/")
    assert "Giấy tờ không cho biết cư trú từ ngày nào" in page
    assert "Căn cứ: 1.004873 (07/2026): chứng minh nơi cư trú" in page


def test_a_transfer_says_what_it_does_to_the_date(walk: Start) -> None:
    code = walk().file()
    assert "Ngày hẹn trả giữ nguyên" in walk("desk").get(f"/mot-cua/{code}/")


def test_any_agency_may_be_asked_and_the_citizen_sees_until_when(walk: Start, commune) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    page = walk("specialist").get(f"/mot-cua/{code}/")
    form = page[page.index('action="/mot-cua/' + code + '/consult/"') :]
    assert 'value="H32"' in form.split("</form>")[0]  # of another province
    asked = {"agency": "H43.02", "question": "Có đăng ký kết hôn không?", "days": "5"}
    act(walk, "specialist", code, "consult", **asked)
    assert "đang được hỏi ý kiến, hạn trả lời" in walk().get(f"/ho-so/{code}/")


def test_what_is_written_beside_a_paper_is_asked_for_without_a_tick(walk: Start) -> None:
    code = walk().file()
    page = walk("desk").get(f"/mot-cua/{code}/")
    key = re.search(r'name="request_supplement\.on\.([a-z_]+)"', page)[1]
    written = {
        f"why.{key}": "unreadable",
        f"text.{key}": "Chụp lại cho rõ",
        "why.": "other",
        "text.": "Ghi tên cha",
    }
    act(walk, "desk", code, "request_supplement", **written)
    seen = walk().get(f"/ho-so/{code}/")
    assert "Chụp lại cho rõ" in seen
    assert "Ghi tên cha" in seen


def asked_for(page: str) -> set[str]:
    """The papers that the supplement form lists; "" is the free line."""
    return set(re.findall(r'name="request_supplement\.why\.([a-z_]*)"', page))


def test_a_supplement_lists_only_papers_of_the_case_and_a_free_line(walk: Start) -> None:
    plain = walk().file()
    assert asked_for(walk("desk").get(f"/mot-cua/{plain}/")) == {"residence_proof", ""}
    had = {"earlier": "have", "earlier_reason": "expired", "earlier_number": ""}
    code = walk().file(earlier=had)
    assert asked_for(walk("desk").get(f"/mot-cua/{code}/")) == {"earlier_certificate", "residence_proof", ""}


def test_a_paper_that_a_finding_makes_needless_is_no_longer_listed(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    assert "residence_proof" in asked_for(walk("specialist").get(f"/mot-cua/{code}/"))
    found = {"finding.residence_readable": "yes", "finding.ask_former": "no", "finding.found": "Khớp"}
    act(walk, "specialist", code, "complete_step", step="verify", **found)
    assert asked_for(walk("specialist").get(f"/mot-cua/{code}/")) == {""}
