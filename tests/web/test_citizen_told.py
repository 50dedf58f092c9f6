"""What a person is told of how long, how and what next: before filing, at the draft, after a supplement."""

import re
from collections.abc import Callable

import pytest

from tests.web.filing import CODE, Walk, commune, portal, walk

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]


def act(walk: Start, who: str, code: str, action: str, **params: str) -> str:
    """Send one of the desk's forms; names stand under the form's prefix."""
    step = params.pop("step", "")
    prefix = f"{action}-{step}" if step else action
    data = {f"{prefix}.{name}": value for name, value in params.items()} | ({"step": step} if step else {})
    return walk(who).post(f"/mot-cua/{code}/{action}/", data)


def test_the_check_page_says_how_long_how_one_is_told_and_that_a_draft_comes(walk: Start) -> None:
    person = walk()
    draft = person.begin()
    person.fill(draft)
    page = person.get(f"{draft}kiem-tra/")
    assert "Thời hạn trả kết quả: 3 ngày làm việc, tính từ khi" in page
    assert "Hộp thư" in page
    assert "Không gửi tin nhắn SMS" in page
    assert "Bạn có 1 ngày để xem" in page
    assert "coi như bạn đồng ý" in page  # this procedure says so


def test_the_fee_is_said_alike_on_every_page(walk: Start) -> None:
    person = walk()
    told = "nộp hồ sơ xong bạn vẫn có thể được yêu cầu trả phí"
    assert told in person.get(f"/nop/{CODE}/")
    draft = person.begin()
    person.fill(draft)
    assert told in person.get(f"{draft}kiem-tra/")
    receipt = person.post(f"{draft}kiem-tra/", {"declared": "1"})
    code = receipt.split("/")[2]
    for page in (receipt, f"/ho-so/{code}/"):
        seen = person.get(page)
        assert told in seen
        assert "Chưa rõ" in seen


def test_an_address_is_known_again_by_its_owner_only() -> None:
    from motcua.web.citizen.then import hidden

    assert hidden("lan.tran@thu.example") == "la•••@thu.example"
    assert hidden("") == ""


def test_the_draft_is_asked_for_until_a_working_moment(walk: Start) -> None:
    code = walk().file()
    act(walk, "desk", code, "receive")
    found = {"finding.residence_readable": "yes", "finding.ask_former": "no", "finding.found": "Khớp"}
    act(walk, "specialist", code, "complete_step", step="verify", **found)
    act(walk, "specialist", code, "complete_step", step="draft", **{"finding.agrees": "yes"})
    person = walk()
    assert "Bạn có 1 ngày để xem" in person.get(f"/ho-so/{code}/")
    page = person.get(person.post(f"/ho-so/{code}/viec/deliver_draft/"))
    assert "Hãy trả lời trước" in page
    assert "khi quy định" not in page
    assert "Hãy trả lời trước" in person.get(f"/ho-so/{code}/")


def test_what_was_added_to_is_not_called_new(walk: Start) -> None:
    person = walk()
    code = person.file()
    assert "Mới nộp" in person.get(f"/ho-so/{code}/")
    act(walk, "desk", code, "request_supplement", **{"why.": "other", "text.": "Ghi rõ tên cha"})
    assert "Không đặt hạn cuối" in person.get(f"/ho-so/{code}/")
    assert "1 việc chờ bạn" in person.get("/")  # also from the front page one is led there
    assert "việc chờ bạn" not in walk("other").get("/")
    person.post(f"/ho-so/{code}/bo-sung/", {"answer": "Đây ạ"})
    page = person.get(f"/ho-so/{code}/")
    assert "Đã bổ sung, chờ xem xét" in page
    assert "Đã bổ sung, chờ xem xét" in person.get("/ho-so/")
    assert "chỉ được hỏi một lần" not in page
    past, coming = page.split('id="coming"')
    assert "is-next" not in past  # what is to come is not under what has happened
    assert "is-next" in coming


def test_the_number_of_parts_is_the_same_on_the_whole_walk(walk: Start) -> None:
    person = walk()
    draft = person.begin()
    told = re.search(r"xong (\d+) trên (\d+) phần", person.get(draft))
    assert told
    person.post(f"{draft}co-quan/", {"agency": "H43.01"})
    seen = [re.search(r"Phần (\d+) trên (\d+)", person.get(f"{draft}purpose/"))]
    person.post(f"{draft}purpose/", {"purpose": "other", "purpose_text": "Bán nhà", "copies": "1"})
    person.post(f"{draft}status/", {"status": "widowed"})
    death = person.get(f"{draft}death/")
    assert "(tiếp theo)" in death  # an answer asks for it: it belongs to the part before
    seen += [re.search(r"Phần (\d+) trên (\d+)", page) for page in (death, person.get(f"{draft}fee/"))]
    numbers = [(int(m[1]), int(m[2])) for m in seen if m]
    assert len(numbers) == 3
    assert {of for _, of in numbers} == {int(told[2])}
    assert [n for n, _ in numbers] == sorted({n for n, _ in numbers})


def test_a_death_record_that_is_lost_does_not_stop_one(walk: Start) -> None:
    person = walk()
    draft = person.begin()
    gone = {f"death_{what}-unknown": "yes" for what in ("number", "date", "office")}
    person.fill(draft, status={"status": "widowed"}, death=gone)
    receipt = person.post(f"{draft}kiem-tra/", {"declared": "1"})
    assert receipt.startswith("/ho-so/")


def test_a_used_again_request_keeps_its_agency_and_says_what_is_left(walk: Start) -> None:
    person = walk()
    code = person.file()
    page = person.get(person.post(f"/ho-so/{code}/lam-lai/"))
    assert "chưa xem thì phần đó còn ghi" in page
    assert re.search(r"xong 1 trên \d+ phần", page)  # the agency


def test_signing_out_is_said(walk: Start) -> None:
    answer = walk().client.post("/tai-khoan/logout/", follow=True)
    assert "Bạn đã đăng xuất" in answer.content.decode()
