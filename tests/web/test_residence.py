"""The four residence services to their end, by citizen, helper and API, with the police of the commune."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.core.actor import SYSTEM
from motcua.core.periods import local_day
from motcua.dossiers.models import Dossier
from motcua.people.operations.tokens import issue_token
from tests.web.police import CASES, ELSEWHERE, POLICE, Station, answers_of, example_of, station

__all__ = ["station"]
pytestmark = pytest.mark.django_db
FINDINGS = {
    "place_readable": True, "inspect": False, "entered": True, "term_agrees": True, "found": "Khớp dữ liệu.",
}  # fmt: skip


class Api:
    """One person's calls."""

    def __init__(self, who: str) -> None:
        token = issue_token(username=who, scopes=("all",), days=2, actor=SYSTEM, now=timezone.now())
        self.client = Client(headers={"authorization": f"Bearer {token}", "idempotency-key": "k"})

    def post(self, path: str, body: dict[str, Any], status: int = 200) -> Any:
        answer = self.client.post(f"/api/v1{path}", data=json.dumps(body), content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}").json()


def handled(code: str) -> Any:
    """Received, every step done, signed where the pack says so, and handed over, by API."""
    officer, chief = Api("canbo"), Api("truong")
    seen = officer.post(f"/dossiers/{code}/actions", {"action": "receive"})
    while seen["status"] < 9:
        step = next(s for s in seen["steps"] if s["state"] == "open")
        if step["kind"] == "sign":
            refused = officer.post(f"/dossiers/{code}/actions", {"action": "sign"}, 409)
            assert refused["code"] == "not_your_task"
            seen = chief.post(f"/dossiers/{code}/actions", {"action": "sign"})
            continue
        found = {f["key"]: FINDINGS[f["key"]] for f in step["findings"]}
        body = {"action": "complete_step", "step": step["key"], "findings": found}
        seen = officer.post(f"/dossiers/{code}/actions", body)
    return officer.post(f"/dossiers/{code}/actions", {"action": "return_result", "how": "online"})


def ended(station: Station, code: str) -> None:
    """The dossier is at its end, and its citizen has what the service ends in."""
    done = handled(code)
    assert (done["status"], done["outcome"], done["agency"]) == (10, "granted", POLICE)
    pack, _ = example_of(done["procedure"])
    if pack.result is None:
        assert done["result"] is None
    else:
        assert done["result"]["state"] == "valid"
        content = Api("truong").client.get(f"/api/v1/dossiers/{code}/result.pdf").content
        assert content.startswith(b"%PDF")
    own = done["filed_by"] == "self"
    page = station.browser("dan" if own else "helper").get(f"/ho-so/{code}/")
    assert ("ket-qua.pdf" in page) is (pack.result is not None)


@pytest.mark.parametrize("procedure", CASES)
@pytest.mark.parametrize("who", ["dan", "helper"])
def test_filed_on_pages_without_scripts(station: Station, procedure: str, who: str) -> None:
    code = station.file(procedure, who, local_day(timezone.now()))
    row = Dossier.objects.get(code=code)
    assert code.startswith(f"{POLICE}-"), "the answered commune says which police it is"
    assert (row.filed_by, row.applicant_name) == ("self" if who == "dan" else "helped", "Trần Thị Mẫu")
    ended(station, code)


@pytest.mark.parametrize("procedure", CASES)
def test_filed_by_api(station: Station, procedure: str) -> None:
    answers = answers_of(procedure, local_day(timezone.now()))
    request = {"procedure": procedure, "agency": POLICE, "answers": answers, "filed_by": "self"}
    elsewhere = Api("dan").post("/dossiers", {**request, "agency": "G01.43.24"}, 422)
    assert [e["pointer"] for e in elsewhere["errors"]] == ["/agency"]
    code = Api("dan").post("/dossiers", request, 201)["code"]
    ended(station, code)


def test_a_commune_whose_police_takes_nothing_online_is_told_at_once(station: Station) -> None:
    today = local_day(timezone.now())
    with pytest.raises(AssertionError, match="chưa nhận trực tuyến"):
        station.file("2.001159", "dan", today, stay_commune="22780")
    code = station.file("2.001159", "dan", today, stay_commune=ELSEWHERE)
    assert code.startswith("G01.43.24-")


def test_the_agency_is_not_asked_for_where_an_answer_says_it(station: Station) -> None:
    walk = station.browser("dan")
    walk.post("/nop/2.001159/dieu-kien/", {"stays": "short"})
    draft = walk.post("/nop/2.001159/bat-dau/")
    assert "co-quan" not in walk.get(draft)
    assert walk.client.get(f"{draft}co-quan/")["Location"] == f"{draft}place/"


def test_a_late_notice_is_taken_and_the_officer_sees_that_it_is_late(station: Station) -> None:
    code = station.file("2.001159", "dan", local_day(timezone.now()))  # its stay began in July 2026
    assert "Thông báo này muộn" in station.browser("canbo").get(f"/mot-cua/{code}/")
    receipt = station.browser("dan").get(f"/ho-so/{code}/da-nop/")  # its sender is told as well
    assert "Thông báo này muộn" in receipt
    assert "có thể hỏi vì sao báo muộn" in receipt
    warned = Api("canbo").get(f"/dossiers/{code}")["warnings"]
    assert [w["en"][:19] for w in warned] == ["This notice is late"]


def test_the_desk_takes_the_fee_and_the_citizen_sees_the_receipt(station: Station) -> None:
    code = station.file("1.004194", "dan", local_day(timezone.now()))
    desk, citizen = station.browser("canbo"), station.browser("dan")
    assert "7.000" in citizen.get(f"/ho-so/{code}/")
    page = desk.refused(f"/mot-cua/{code}/take_fee/", {"take_fee.amount": "5000", "take_fee.receipt": "A1"})
    assert "Số tiền phải thu là 7.000 đồng" in page
    desk.post(f"/mot-cua/{code}/take_fee/", {"take_fee.amount": "7.000", "take_fee.receipt": "A1"})
    assert "Biên lai A1" in citizen.get(f"/ho-so/{code}/")
    fee = Api("canbo").get(f"/dossiers/{code}")["fees"][0]
    assert (fee["taken"], fee["left"], fee["receipts"][0]["receipt"]) == (7000, 0, "A1")


def test_the_desk_says_at_intake_that_a_case_is_complicated(station: Station) -> None:
    codes = [station.file("1.003677", "dan", local_day(timezone.now())) for _ in range(2)]
    assert "phức tạp" in station.browser("canbo").get(f"/mot-cua/{codes[0]}/")
    told = {"receive-intake.finding.complicated": "yes", "step": "intake"}
    station.browser("canbo").post(f"/mot-cua/{codes[0]}/receive/", told)
    station.browser("canbo").post(f"/mot-cua/{codes[1]}/receive/", {"step": "intake"})
    clocks = [Api("canbo").get(f"/dossiers/{code}")["clock"]["amount"] for code in codes]
    assert clocks == [2, 1]


CHILD = {
    "name": "Lê Mẫu Nhi", "birth": "2015-05-05", "sex": "female", "number": "999315000124",
    "relation": "child", "guardian": "Trần Thị Mẫu", "consent": "here",
}  # fmt: skip


def test_a_household_with_a_minor_is_filed_on_pages(station: Station) -> None:
    today = local_day(timezone.now())
    family = {"filing": "household", "members": [CHILD, {**CHILD, "number": "999315000125"}]}
    code = station.file("1.004194", "dan", today, **family)
    page = station.browser("canbo").get(f"/mot-cua/{code}/")
    assert page.count("Lê Mẫu Nhi") >= 1
    assert "Người đó đồng ý với tờ khai này" in page
    without = {k: v for k, v in CHILD.items() if k not in {"guardian", "consent"}}
    with pytest.raises(AssertionError, match="Dưới 18 tuổi"):
        station.file("1.004194", "dan", today, filing="household", members=[without])


def test_an_end_without_a_paper_is_told(station: Station) -> None:
    from motcua.events.operations import run_readers
    from motcua.notices.models import Message

    code = station.file("2.001159", "dan", local_day(timezone.now()))
    assert "Không có giấy tờ phải đến lấy" in station.browser("dan").get(f"/ho-so/{code}/da-nop/")
    handled(code)
    run_readers(now=timezone.now())
    told = Message.objects.filter(reference=code, channel="inbox").order_by("pk")
    assert [m.template for m in told] == ["submitted", "received", "recorded"]


def test_a_list_is_filed_with_its_papers_and_pays_for_each_person(station: Station) -> None:
    worker = {"name": "Người Mẫu Một", "birth": "1990-01-01", "sex": "male", "number": "999090000201"}
    third = {**worker, "number": "999090000203", "exempt": True}
    people = [worker, {**worker, "number": "999090000202"}, third]
    lodging = {"filing": "list", "organisation": "Công ty Mẫu", "people": people}
    code = station.file("1.004194", "dan", local_day(timezone.now()), **lodging)
    seen = Api("canbo").get(f"/dossiers/{code}")
    assert [p["component"] for p in seen["papers"]] == ["list_request", "ct01_each"]
    assert (seen["fees"][0]["amount"], seen["fees"][0]["note"]["vi"][:17]) == (10_000, "(2 × 5.000 đồng) ")


def test_what_was_not_known_stands_again_and_the_contract_can_be_added(station: Station) -> None:
    walk = station.browser("dan")
    walk.post("/nop/1.004194/dieu-kien/", {"wanted": "register"})
    walk.post("/nop/1.004194/dieu-kien/", {"citizen": "yes"})
    draft = walk.post("/nop/1.004194/bat-dau/")
    place = {"stay_commune": "22741", "stay_address": "Số 12", "place_kind": "rented"}
    walk.post(f"{draft}place/", place | {"place_in_data": "?"})
    page = walk.get(f"{draft}place/")
    assert re.search(r'name="place_in_data"[^>]*value="\?"[^>]*checked', page)
    assert re.search(r"Phần 1 trên \d", page)
    days = {"from-day": "1", "from-month": "1", "from-year": "2027", "to-day": "1", "to-month": "3"}
    term = {f"during-{part}": text for part, text in days.items()} | {"during-to-year": "2029"}
    wrong = walk.refused(f"{draft}term/", term)
    assert 'href="#during-to' in wrong  # the last day is too late, the first is a good one
    assert 'href="#during-from' not in wrong
    walk.post(f"{draft}filing/", {"filing": "self"})
    owner = {"owner_name": "Trần Thị Mẫu", "owner_number": "999175000321"}
    walk.post(f"{draft}owner/", owner | {"owner_consent": "here"})
    assert 'id="paper-place_proof"' not in walk.get(f"{draft}giay-to/")
    walk.post(f"{draft}owner/", owner | {"owner_consent": "contract"})
    papers = walk.get(f"{draft}giay-to/")
    assert 'id="paper-place_proof"' in papers
    assert "Tệp đã chọn chỉ được giữ sau khi bấm" in papers
    assert "Nộp sau được" in walk.get(draft)


GUESTS = [
    {"name": "Khách Thứ Nhất", "paper": "number", "number": "999090000301"},
    {"name": "Khách Thứ Hai", "paper": "none", "born": "1987"},
]


def test_the_acknowledgement_of_a_notice_names_guests_nights_and_house(station: Station) -> None:
    import io

    from pypdf import PdfReader

    code = station.file("2.001159", "dan", local_day(timezone.now()), guests=GUESTS)
    browser = station.browser("dan")
    for page in (f"/ho-so/{code}/da-nop/", f"/ho-so/{code}/", "/nop/2.001159/"):
        assert "Gửi xong là bạn đã thông báo" in browser.get(page), page
    assert f"/ho-so/{code}/da-nop.pdf" in browser.get(f"/ho-so/{code}/")
    pdf = browser.client.get(f"/ho-so/{code}/da-nop.pdf").content
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    assert "1. Khách Thứ Nhất" in text
    assert re.search(r"2\. Khách Thứ Hai, Chưa có giấy tờ, (năm )?1987", text), text[1000:2600]
    assert "********0301" in text
    assert "999090000301" not in text
    today = local_day(timezone.now())
    assert answers_of("2.001159", today)["stay_address"] in text
    assert "Gửi xong là bạn đã thông báo" in text
    assert "Thông báo này muộn" in text  # the stay began in July 2026
    assert "bằng chứng của việc gửi" in text
    assert "chưa phải giấy tiếp nhận" not in text


def test_a_copy_of_a_notice_leaves_its_nights_behind(station: Station) -> None:
    code = station.file("2.001159", "dan", local_day(timezone.now()), guests=GUESTS)
    browser = station.browser("dan")
    answer = browser.client.post(f"/ho-so/{code}/lam-lai/", follow=True)
    assert "trừ giấy tờ và những gì chỉ đúng ở lần trước" in answer.content.decode()
    draft = answer.redirect_chain[-1][0]
    assert "Khách Thứ Hai" in browser.get(f"{draft}guests/")
    stay = browser.get(f"{draft}stay/")
    assert not re.search(r'name="during-from-day"[^>]*value="[0-9]', stay)
    page = browser.get(f"{draft}xoa/")
    assert "Xóa bản nháp này?" in page
    gone = browser.client.post(f"{draft}xoa/", follow=True).content.decode()
    assert "Không có hồ sơ nào được nộp" in gone
    assert draft not in gone
