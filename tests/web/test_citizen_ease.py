"""What a person meets on a telephone: the own case first, and what is to be done said plainly."""

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from motcua.core.actor import SYSTEM
from motcua.core.periods import VIETNAM, local_day
from motcua.dossiers.models import Dossier, Draft
from motcua.people.operations.tokens import issue_token
from motcua.process.models import Step
from motcua.process.queries import due_in, steps_of
from motcua.process.rules.clock import Unit
from tests.web.filing import PNG, Walk
from tests.web.police import CASES, Station, answers_of, example_of, station

__all__ = ["station"]
pytestmark = pytest.mark.django_db


def text_of(page: str) -> str:
    """The words of a page's main part, without tags."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_the_fee_of_the_usual_case_comes_first_and_the_way_of_filing_is_named(station: Station) -> None:
    said = text_of(Client().get("/nop/1.004194/", headers={"accept-language": "vi"}).content.decode())
    costs = said[said.index("Nộp trực tuyến tại đây") :]
    amounts = re.findall(r"\d+\.000", costs)
    assert amounts[:2] == ["7.000", "15.000"], "online, then at the counter, before every other case"
    assert costs.index("Nộp trực tuyến tại đây 7.000") < costs.index("Trực tiếp 15.000")
    assert costs.index("15.000") < costs.index("theo danh sách")
    people, sources = costs.split("Căn cứ của các mức này", 1)
    assert "hệ thống" not in people, "how the editors found an amount is no matter of who pays it"
    assert "thấy trong hệ thống đang vận hành" in sources


def test_one_fee_for_both_ways_is_said_once(station: Station) -> None:
    said = text_of(Client().get("/nop/2.001159/", headers={"accept-language": "vi"}).content.decode())
    note = example_of("2.001159")[0].fees[0].note.vi
    assert said.count(note) == 1
    assert "Trực tuyến hoặc trực tiếp" in said


def filled(station: Station, today: Any, **changes: Any) -> tuple[Any, str]:
    """A citizen's browser and a draft of temporary residence in which every question is answered."""
    walk = station.browser("dan")
    draft = station.fill(walk, "1.004194", "dan", today, **changes)
    return walk, draft


def test_where_no_paper_is_needed_it_says_so_and_takes_one_of_ones_own(station: Station) -> None:
    walk, draft = filled(station, local_day(timezone.now()), place_in_data=True)
    for page in (draft + "giay-to/", draft + "kiem-tra/"):
        assert "Bạn không cần nộp giấy tờ nào." in text_of(walk.get(page)), page
    assert "Không cần nộp" in text_of(walk.get(draft))
    begun = station.browser("dan")
    begun.post("/nop/2.001159/dieu-kien/", {"stays": "short"})
    unanswered = begun.post("/nop/2.001159/bat-dau/")
    for page in (unanswered + "giay-to/", unanswered + "kiem-tra/"):
        assert "Bạn không cần nộp giấy tờ nào." not in begun.get(page), "nobody knows that yet"
    unnamed = walk.refused(draft + "giay-to/", {"added": "1", "more": a_picture()})
    assert 'href="#component"' in unnamed
    assert 'href="#more"' in walk.refused(draft + "giay-to/", {"added": "1", "component": "place_proof"})
    walk.post(draft + "giay-to/", {"added": "1", "component": "place_proof", "more": a_picture()})
    assert "hop-dong.png" in walk.get(draft + "kiem-tra/")
    code = walk.post(draft + "kiem-tra/", {"declared": "1"}).split("/")[2]
    kept = Dossier.objects.get(code=code).papers.values_list("component", flat=True)
    assert list(kept) == ["place_proof"], "the officer gets what nobody asked for"


def a_picture() -> SimpleUploadedFile:
    """A photograph as a telephone sends it."""
    return SimpleUploadedFile("hop-dong.png", PNG, "image/png")


def test_a_second_same_request_is_told_of_before_and_at_the_end_and_may_go_on(station: Station) -> None:
    today = local_day(timezone.now())
    told = "Bạn đang có một hồ sơ cùng thủ tục chưa giải quyết xong"
    first = station.browser("dan")
    assert told not in first.get("/nop/1.004194/")
    code = station.file("1.004194", "dan", today)
    walk, draft = filled(station, today)
    for page in ("/nop/1.004194/", draft + "kiem-tra/"):
        said = walk.get(page)
        assert told in said, page
        assert f"/ho-so/{code}/" in said, page
    assert f'"{draft}"' in walk.get("/nop/1.004194/"), "a draft is named too"
    warning = walk.get(draft + "kiem-tra/")
    assert f'"{draft}"' not in warning[warning.index(told) :].partition("</section>")[0], (
        "not the one at hand"
    )
    assert told not in station.browser("helper").get("/nop/1.004194/")
    assert walk.post(draft + "kiem-tra/", {"declared": "1"}).startswith("/ho-so/")
    Dossier.objects.update(status=10)
    assert told not in walk.get("/nop/1.004194/")


def test_what_waits_for_the_person_stands_first_with_what_to_do(station: Station) -> None:
    today = local_day(timezone.now())
    old = station.file("1.004194", "dan", today)
    new = station.file("2.001159", "dan", today)
    page = station.browser("dan").get("/ho-so/")
    assert page.index(new) < page.index(old), "newest first while nothing waits"
    act(old, {"action": "receive"})
    ask_for_contract(old)
    page = station.browser("dan").get("/ho-so/")
    assert page.index(old) < page.index(new)
    assert f'href="/ho-so/{old}/bo-sung/"' in page
    assert page.count(f'<span class="mc-code">{old}</span>') == 1


def act(code: str, body: dict[str, Any]) -> None:
    """What the officer does to a dossier."""
    token = issue_token(username="canbo", scopes=("all",), days=2, actor=SYSTEM, now=timezone.now())
    officer = Client(headers={"authorization": f"Bearer {token}", "idempotency-key": code})
    answer = officer.post(
        f"/api/v1/dossiers/{code}/actions", data=json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 200, answer.content.decode()


def ask_for_contract(code: str) -> None:
    """The officer asks for a paper."""
    items = [{"component": "place_proof", "reason": "missing", "text": "Hợp đồng thuê"}]
    act(code, {"action": "request_supplement", "items": items})


def test_a_life_events_answers_go_along_and_can_be_changed(station: Station) -> None:
    walk = station.browser("dan")
    event = walk.get("/su-kien/thue-nha/?days=long&minor=yes&owner=no")
    start = html.unescape(re.findall(r'href="(/nop/1\.004194/[^"]*)"', event)[0])
    onward = html.unescape(re.findall(r'href="(/nop/1\.004194/dieu-kien/[^"]*)"', walk.get(start))[0])
    first = walk.get(onward)
    assert re.search(r'name="wanted"[^>]*value="register" checked', first)
    assert "Lấy từ câu trả lời trước" in first
    onward = walk.post(onward, {"wanted": "register"})
    second = walk.get(onward)
    assert "checked" not in second, "what was not asked before is not answered"
    asked = walk.post(onward, {"citizen": "yes"})
    begin = walk.client.get(asked)["Location"]
    draft = walk.client.get(begin)["Location"]
    place, who = walk.get(f"{draft}place/"), walk.get(f"{draft}filing/")
    assert re.search(r'name="place_kind"[^>]*value="rented" checked', place)
    assert re.search(r'name="filing"[^>]*value="household" checked', who)
    assert walk.post(f"{draft}filing/", {"filing": "self"}), "changed like any answer"


def test_an_address_answers_nothing_but_choices_that_there_are(station: Station) -> None:
    walk = station.browser("dan")
    page = walk.get("/nop/1.004194/dieu-kien/?wanted=nothing&applicant_name=Ai+Do&x=%22%3E%3Cscript")
    assert "checked" not in page
    start = walk.get("/nop/1.004194/?wanted=renew&applicant_name=Ai+Do&x=1")
    assert 'href="/nop/1.004194/dieu-kien/?wanted=renew"' in start


def test_after_the_sign_in_nothing_is_asked_where_nothing_is_to_be_decided(station: Station) -> None:
    visitor = Walk(Client())
    visitor.post("/nop/1.004194/dieu-kien/", {"wanted": "register"})
    visitor.post("/nop/1.004194/dieu-kien/", {"citizen": "yes"})
    asked = visitor.client.get("/nop/1.004194/dieu-kien/")["Location"]
    assert visitor.client.get(asked)["Location"].startswith("/tai-khoan/login/?next=")
    visitor.client.force_login(get_user_model().objects.get(username="dan"))
    draft = visitor.client.get(asked)["Location"]
    assert draft.startswith("/ho-so-nhap/"), "the draft is there, without one more page"
    assert "Thông tin có trong tài khoản đã được điền sẵn" in visitor.get(draft)
    assert visitor.client.get(asked)["Location"] == draft, "going back leads to the same one"


def test_begin_still_asks_a_helper_and_who_has_one_open(station: Station) -> None:
    helper = station.browser("helper")
    helper.post("/nop/2.001159/dieu-kien/", {"stays": "short"})
    assert "Bạn nộp cho ai?" in text_of(helper.get("/nop/2.001159/bat-dau/"))
    station.file("2.001159", "dan", local_day(timezone.now()))
    again = station.browser("dan")
    again.post("/nop/2.001159/dieu-kien/", {"stays": "short"})
    assert "chưa giải quyết xong" in again.get("/nop/2.001159/bat-dau/")
    nobody = station.browser("dan")
    nobody.client.get("/nop/2.001159/bat-dau/")
    assert Draft.objects.count() == 1, "an address alone makes no draft"


def test_sign_in_and_start_say_how_one_gets_an_account(station: Station, settings: Any) -> None:
    settings.OIDC_ISSUER = ""
    for address in ("/tai-khoan/login/", "/nop/1.004194/"):
        said = text_of(Client().get(address).content.decode())
        told = said[said.index("Tôi chưa có tài khoản") :]
        assert "Tại bộ phận một cửa" in told
        assert "Nhờ người hỗ trợ đã đăng ký" in told
        assert "lần đầu, tài khoản được mở tại đây" not in told, "there is no provider here"
    settings.OIDC_ISSUER, settings.OIDC_NAME = "https://id.example", "Định danh quốc gia | National ID"
    assert "Đăng nhập bằng Định danh quốc gia: lần đầu" in text_of(
        Client().get("/nop/1.004194/").content.decode()
    )
    assert "Tôi chưa có tài khoản" not in station.browser("dan").get("/nop/1.004194/")


def tracked(code: str) -> str:
    """What the public page says of the usual citizen's dossier."""
    digits = {
        "code": code,
        "last4": answers_of("1.004194", local_day(timezone.now()))["applicant_number"][-4:],
    }
    return text_of(Client().post("/tra-cuu/", digits).content.decode())


def test_tracking_says_who_has_it_and_by_when_and_whether_it_waits(station: Station) -> None:
    code = station.file("1.004194", "dan", local_day(timezone.now()))
    said = tracked(code)
    assert "hoàn thành trước" in said, "when the desk looks at it"
    assert "Hiện nay" in said
    act(code, {"action": "receive"})
    due = Dossier.objects.get(code=code).due_at
    assert due is not None
    said = tracked(code)
    assert f"{due.astimezone(VIETNAM):%d/%m/%Y %H:%M}" in said
    agency = Dossier.objects.get(code=code).agency.name_vi
    assert agency in said
    for person in ("canbo", "Người canbo", "Trần Thị Mẫu"):
        assert person not in said
    ask_for_contract(code)
    said = tracked(code)
    assert "Tạm dừng tính giờ: chờ người nộp hồ sơ" in said
    assert "Cơ quan đang chờ người nộp hồ sơ trả lời" in said


def test_the_receipt_repeats_the_legal_term_and_how_one_is_told(station: Station) -> None:
    code = station.file("1.004194", "dan", local_day(timezone.now()))
    page = station.browser("dan").get(f"/ho-so/{code}/da-nop/")
    dossier = Dossier.objects.get(code=code)
    intake = next(s for s in steps_of(code) if s.kind == "intake")
    latest = due_in(
        agency_id=dossier.agency_id, amount=3, unit=Unit.WORKING_DAYS, start=intake.due_at
    ).astimezone(VIETNAM)
    said = text_of(page)
    assert f"3 ngày làm việc kể từ khi tiếp nhận: chậm nhất {latest:%d/%m/%Y %H:%M}" in said
    assert "bạn nhận thư ở “Hộp thư”" in said
    act(code, {"action": "receive"})
    assert "chậm nhất" not in text_of(station.browser("dan").get(f"/ho-so/{code}/da-nop/"))


def test_a_period_that_is_too_long_names_the_latest_day(station: Station) -> None:
    walk, draft = filled(station, local_day(timezone.now()))
    boxes = {
        "during-from-day": "27", "during-from-month": "11", "during-from-year": "2026",
        "during-to-day": "28", "during-to-month": "11", "during-to-year": "2028",
    }  # fmt: skip
    assert "muộn nhất là 27/11/2028" in walk.refused(draft + "term/", boxes)
    short = boxes | {"during-to-day": "1", "during-to-month": "12", "during-to-year": "2026"}
    assert "sớm nhất là 27/12/2026" in walk.refused(draft + "term/", short)
    walk.post(draft + "term/", boxes | {"during-to-day": "27"})


def test_communes_around_are_offered_while_one_types_and_any_may_be_written(station: Station) -> None:
    walk = station.browser("dan")
    walk.post("/nop/1.004194/dieu-kien/", {"wanted": "register"})
    walk.post("/nop/1.004194/dieu-kien/", {"citizen": "yes"})
    draft = walk.post("/nop/1.004194/bat-dau/")
    page = walk.get(f"{draft}place/")
    listed = re.findall(r'<option value="([^"]+)">', page[page.index('<datalist id="stay_commune-list">') :])
    assert listed[:3] == ["Phường Khác, Ninh Thuận", "Phường Mẫu, Ninh Thuận", "Phường Chưa, Ninh Thuận"]
    assert 'list="stay_commune-list"' in page
    place = {"stay_address": "Số 0 đường Mẫu", "place_kind": "rented", "place_in_data": "yes"}
    for written in (listed[1], "phuong mau"):
        walk.post(f"{draft}place/", place | {"stay_commune": written})


def test_an_amount_that_no_published_source_holds_is_said_to_be_open(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CASES, "1.004194", ("temporary-residence", "08-list-online"))  # mark M
    walk, said = station.browser("dan"), "Mức này còn chờ xác nhận"
    draft = station.fill(walk, "1.004194", "dan", local_day(timezone.now()))
    assert text_of(walk.get(draft + "kiem-tra/")).count(said) == 1
    code = walk.post(draft + "kiem-tra/", {"declared": "1"}).split("/")[2]
    for page in (f"/ho-so/{code}/da-nop/", f"/ho-so/{code}/"):
        assert text_of(walk.get(page)).count(said) == 1, page
    assert said in walk.get("/nop/1.004194/")
    desk = "Mức này chưa thấy trong bản công bố"
    assert desk in station.browser("canbo").get(f"/mot-cua/{code}/")


def test_an_amount_that_is_published_is_simply_said(station: Station) -> None:
    walk, draft = filled(station, local_day(timezone.now()))
    assert "còn chờ xác nhận" not in walk.get(draft + "kiem-tra/")


def test_where_the_desk_decides_the_term_the_longest_is_said_and_no_day_once_it_is_late(
    station: Station,
) -> None:
    walk = station.browser("dan")
    draft = station.fill(walk, "1.003677", "dan", local_day(timezone.now()))
    assert "Thời hạn trả kết quả: 2 ngày làm việc" in text_of(walk.get(draft + "kiem-tra/"))
    code = walk.post(draft + "kiem-tra/", {"declared": "1"}).split("/")[2]
    said = text_of(walk.get(f"/ho-so/{code}/da-nop/"))
    assert "2 ngày làm việc kể từ khi tiếp nhận: chậm nhất" in said
    Step.objects.filter(reference=code).update(due_at=timezone.now() - timedelta(days=3))
    late = text_of(walk.get(f"/ho-so/{code}/da-nop/"))
    assert "chậm nhất" not in late
    assert "Bộ phận một cửa chưa xem hồ sơ đúng hạn. Thời hạn giải quyết là 2 ngày làm việc" in late
    assert "Lẽ ra bộ phận một cửa phải xem hồ sơ trước" in late


def test_who_only_gives_notice_is_told_of_no_result_to_come(station: Station) -> None:
    walk = station.browser("dan")
    draft = station.fill(walk, "2.001159", "dan", local_day(timezone.now()))
    said = text_of(walk.get(draft + "kiem-tra/"))
    assert "Thời hạn trả kết quả" not in said
    assert "Gửi xong là bạn đã thông báo" in said
