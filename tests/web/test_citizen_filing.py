"""A person finds the start page, answers, checks and files: with Django's client, on the real pack."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers import queries
from tests.web.filing import ANSWERS, CODE, Portal, Walk, commune, portal, walk

__all__ = ["commune", "portal", "walk"]
pytestmark = pytest.mark.django_db


@pytest.mark.feature("9")
def test_the_start_page_says_unknown_where_the_fee_is_unknown(portal: Portal) -> None:
    page = Client().get(f"/nop/{CODE}/").content.decode()
    assert "vừa ghi “Miễn phí” vừa ghi" in page
    assert "Start now" in page or "Bắt đầu" in page
    assert "3 working days" in page or "3 ngày làm việc" in page


def test_a_procedure_without_a_service_leads_to_its_page(db: None) -> None:
    assert Client().get("/nop/1.999999/").status_code == 404


@pytest.mark.feature("7", "16")
def test_eligibility_needs_no_account_and_ends_in_an_exit_that_says_where_to_go(portal: Portal) -> None:
    visitor = Walk(Client())
    assert "wanted" in visitor.get(f"/nop/{CODE}/dieu-kien/")
    page = visitor.client.post(f"/nop/{CODE}/dieu-kien/", {"wanted": "marriage_copy"})
    assert page.status_code == 200
    assert "2.000635" in page.content.decode()
    assert f"eligibility:{CODE}" not in visitor.client.session  # the answer that led out is not kept


def test_an_unanswered_question_is_an_error_with_its_own_words(portal: Portal) -> None:
    page = Walk(Client()).refused(f"/nop/{CODE}/dieu-kien/", {})
    assert "<title>Lỗi:" in page or "<title>Error:" in page
    assert 'href="#wanted"' in page


def test_the_wall_leads_back_to_where_one_was(portal: Portal) -> None:
    visitor = Walk(Client())
    visitor.post(f"/nop/{CODE}/dieu-kien/", {"wanted": "status"})
    visitor.post(f"/nop/{CODE}/dieu-kien/", {"citizen": "yes"})
    answer = visitor.client.get(f"/nop/{CODE}/bat-dau/")
    assert answer["Location"] == f"/tai-khoan/login/?next=/nop/{CODE}/bat-dau/"


@pytest.mark.feature("24")
def test_from_start_to_receipt(walk: Callable[..., Walk], portal: Portal) -> None:
    person = walk()
    code = person.file()
    page = person.get(f"/ho-so/{code}/da-nop/")
    assert code in page
    view = queries.dossier_for(code, actor=portal.commune.citizen, now=_later())
    assert view.filed_by == "self"
    assert {line.key: line.value.vi for line in view.answers}["purpose_text"] == "Vay vốn"


def _later():
    from django.utils import timezone

    return timezone.now()


def test_filing_twice_makes_one_dossier_and_one_receipt(walk: Callable[..., Walk]) -> None:
    from motcua.dossiers.models import Dossier

    person = walk()
    draft = person.begin()
    person.fill(draft)
    first = person.post(f"{draft}kiem-tra/", {"declared": "1"})
    second = person.post(f"{draft}kiem-tra/", {"declared": "1"})
    assert first == second
    assert Dossier.objects.count() == 1
    assert person.client.get(draft)["Location"] == first


def test_beginning_twice_makes_one_draft(walk: Callable[..., Walk]) -> None:
    from motcua.dossiers.models import Draft

    person = walk()
    draft = person.begin()
    assert person.post(f"/nop/{CODE}/bat-dau/") == draft
    assert Draft.objects.count() == 1


def test_without_the_declaration_nothing_is_filed(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    person.fill(draft)
    page = person.refused(f"{draft}kiem-tra/", {})
    assert 'href="#declared"' in page


def test_a_page_with_errors_comes_back_with_what_was_typed(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    wrong = {**ANSWERS["applicant"], "applicant_number": "12", "applicant_residence": "<b>Thôn 1</b>"}
    page = person.refused(f"{draft}applicant/", wrong)
    assert 'href="#applicant_number"' in page
    assert 'value="12"' in page
    assert "&lt;b&gt;Thôn 1&lt;/b&gt;" in page
    assert 'value="1990"' in page


def test_what_the_account_holds_is_filled_in_and_named(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    page = person.get(f"{draft}applicant/")
    assert "999199000123" in page
    assert "Người dan" in page
    assert "mc-inset" in page


@pytest.mark.feature("19")
def test_each_page_is_saved_and_found_again(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    person.post(f"{draft}co-quan/", {"agency": "H43.01"})
    person.post(f"{draft}purpose/", ANSWERS["purpose"])
    later = walk()
    assert "Vay vốn" in later.get(f"{draft}purpose/")
    assert draft in later.get("/ho-so/")


@pytest.mark.feature("20")
def test_the_resume_code_is_shown_once_and_leads_back(walk: Callable[..., Walk]) -> None:
    import re

    person = walk()
    draft = person.begin()
    found = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", person.get(draft))
    assert found
    assert found[0] not in person.get(draft)
    assert person.post("/tiep-tuc/", {"code": found[0].lower()}) == draft
    stranger = walk("other")
    stranger.refused("/tiep-tuc/", {"code": found[0]})
    stranger.get(draft, 404)


@pytest.mark.feature("20")
def test_input_typed_after_the_session_ended_comes_back_after_sign_in(walk, portal: Portal) -> None:
    from django.contrib.auth import get_user_model

    person = walk()
    draft = person.begin()
    person.client.logout()
    answer = person.client.post(f"{draft}purpose/", ANSWERS["purpose"])
    assert answer["Location"].endswith(f"?next={draft}purpose/")
    assert "Vay" not in str(dict(person.client.session))
    person.client.force_login(get_user_model().objects.get(pk=portal.commune.citizen.user_id))
    assert "Vay vốn" in person.get(f"{draft}purpose/")


def test_changing_an_answer_opens_the_page_that_it_needs(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    person.fill(draft)
    assert f"{draft}status/" in person.get(f"{draft}kiem-tra/")
    assert person.post(f"{draft}status/", {"status": "spouse"}) == f"{draft}spouse/"
    spouse = {"spouse_number": "12/2015", "spouse_date-day": "3", "spouse_date-month": "3"}
    back = person.post(
        f"{draft}spouse/", {**spouse, "spouse_date-year": "2015", "spouse_office": "UBND phường Một"}
    )
    assert back == f"{draft}kiem-tra/"


def test_a_page_that_another_answer_made_wrong_says_so_and_is_mended(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    about = {
        "person_name": "Người cha", "person_birth-day": "2", "person_birth-month": "3",
        "person_birth-year": "1960", "person_number": "999060000777", "person_residence": "Thôn 1",
    }  # fmt: skip
    person.fill(draft, relation={"relation": "child"}, person=about)
    same = {**ANSWERS["applicant"], "applicant_number": "999060000777"}
    assert person.post(f"{draft}applicant/", same) == f"{draft}person/"
    assert "Có chỗ cần sửa" in person.get(draft)
    page = person.get(f"{draft}person/")
    assert 'href="#person_number"' in page
    assert "trùng với số của bạn" in page
    assert "Nộp hồ sơ" not in person.get(f"{draft}kiem-tra/")
    assert person.post(f"{draft}applicant/", ANSWERS["applicant"]) == f"{draft}giay-to/"
    assert "Có chỗ cần sửa" not in person.get(draft)


def test_an_ethnic_group_is_found_by_the_names_that_people_use(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    person.post(f"{draft}about/", {"person_sex": "female", "person_ethnicity": "raglai"})
    assert 'value="Ra-glai"' in person.get(f"{draft}about/")
    unknown = person.refused(f"{draft}about/", {"person_sex": "female", "person_ethnicity": "Atlantis"})
    assert 'value="Atlantis"' in unknown


def test_the_start_page_says_where_the_counter_is_and_when_it_is_open(portal: Portal, now) -> None:
    from motcua.agencies.operations import open_desk
    from motcua.core.actor import SYSTEM

    open_desk(
        agency="H43.01", name_vi="Quầy một cửa", name_en="One-stop desk", address="Số 1 đường Mẫu",
        phone="0259 000 000", hours="07:30-11:30 13:30-17:00", actor=SYSTEM, now=now,
    )  # fmt: skip
    page = Client().get(f"/nop/{CODE}/").content.decode()
    assert "Số 1 đường Mẫu" in page
    assert "07:30-11:30 13:30-17:00" in page


@pytest.mark.feature("11")
def test_a_commune_is_found_by_name_and_asked_again_when_unclear(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    person.post(f"{draft}residence/", {**ANSWERS["residence"], "lived_elsewhere": "yes"})
    place = {
        "periods-0-place": "Phường Phan Rang", "periods-0-during-from-day": "1",
        "periods-0-during-from-month": "1", "periods-0-during-from-year": "2010",
        "periods-0-during-to-day": "1", "periods-0-during-to-month": "1",
        "periods-0-during-to-year": "2015", "has_proofs": "no",
    }  # fmt: skip
    unclear = person.refused(f"{draft}places/", {**place, "former_commune": "dong hai"})
    assert 'value="22759"' in unclear
    assert 'value="22780"' in unclear
    nowhere = person.refused(f"{draft}places/", {**place, "former_commune": "Không Có Đâu"})
    assert 'href="#former_commune"' in nowhere
    person.post(f"{draft}places/", {**place, "former_commune": "Phường Phan Rang"})
    assert "Phường Phan Rang, Khánh Hòa" in person.get(f"{draft}places/")
    assert "Phường Phan Rang, Khánh Hòa" in person.get(f"{draft}kiem-tra/")


def places(person: Walk) -> str:
    draft = person.begin()
    person.post(f"{draft}residence/", {**ANSWERS["residence"], "lived_elsewhere": "yes"})
    return f"{draft}places/"


def test_one_more_row_keeps_what_was_typed_and_holds_the_cursor(walk: Callable[..., Walk]) -> None:
    person = walk()
    path = places(person)
    answer = person.client.post(path, {"periods-0-place": "Nơi cũ", "more": "periods"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nơi cũ" in page
    assert 'name="periods-1-place"' in page
    assert 'name="periods-2-place"' not in page
    focused = re.findall(r"<input[^>]*autofocus[^>]*>", page)
    assert len(focused) == 1
    assert 'id="periods-1-' in focused[0]
    assert 'formaction="#row-periods-2"' in page
    assert 'name="less" value="periods-0"' in page


def test_a_row_is_taken_out_and_the_later_ones_move_up(walk: Callable[..., Walk]) -> None:
    person = walk()
    path = places(person)
    typed = {f"periods-{n}-place": name for n, name in enumerate(("Một", "Hai", "Ba"))}
    page = person.client.post(path, {**typed, "less": "periods-1"}).content.decode()
    shown = dict(re.findall(r'name="(periods-\d-place)"[^>]*value="([^"]*)"', page))
    assert shown == {"periods-0-place": "Một", "periods-1-place": "Ba"}
    for wrong in ("periods", "periods-9", "-", "x" * 3000, "periods-1-place"):
        page = person.client.post(path, {**typed, "less": wrong}).content.decode()
        assert dict(re.findall(r'name="(periods-\d-place)"[^>]*value="([^"]*)"', page)) == typed


def test_what_is_wrong_in_a_row_says_of_which(walk: Callable[..., Walk]) -> None:
    person = walk()
    path = places(person)
    whole = {
        f"periods-0-during-{end}-{part}": value
        for end, year in (("from", "2019"), ("to", "2020"))
        for part, value in zip(("day", "month", "year"), ("1", "2", year), strict=True)
    }
    page = person.refused(path, {"periods-0-place": "Nơi cũ", **whole, "periods-1-place": "Nơi mới"})
    begin = page.index("govuk-error-summary")
    summary = page[begin : page.index("</ul>", begin)]
    assert re.search(r'href="#periods-1-[^"]*">[^<]* 2: ', summary)
    assert " 1: " not in summary


def test_a_helper_files_for_another_and_that_stays_visible(portal: Portal, now) -> None:
    from motcua.agencies.queries import actor_for
    from motcua.core.actor import SYSTEM
    from motcua.people import operations as people

    user = people.create_account(
        username="buudien", password="mot mat khau du dai", display_name="Nhân viên bưu điện", is_helper=True,
        actor=SYSTEM, now=now,
    )  # fmt: skip
    helper = Walk(portal.browser(actor_for(user, now=now)))
    code = helper.file()
    view = queries.dossier_for(code, actor=portal.commune.citizen, now=_later())
    assert view.filed_by == "helped"
    assert view.is_applicant


def test_an_account_without_a_person_cannot_begin_for_itself(portal: Portal, now) -> None:
    from motcua.agencies.queries import actor_for
    from motcua.core.actor import SYSTEM
    from motcua.people import operations as people

    user = people.create_account(
        username="khongai", password="mot mat khau du dai", display_name="Không ai", actor=SYSTEM, now=now
    )
    nobody = Walk(portal.browser(actor_for(user, now=now)))
    nobody.post(f"/nop/{CODE}/dieu-kien/", {"wanted": "status"})
    nobody.post(f"/nop/{CODE}/dieu-kien/", {"citizen": "yes"})
    assert nobody.client.post(f"/nop/{CODE}/bat-dau/").status_code == 200


@pytest.mark.parametrize("page", ["", "co-quan/", "giay-to/", "kiem-tra/", "purpose/", "no-such-page/"])
def test_a_draft_is_its_owners_alone(walk: Callable[..., Walk], page: str) -> None:
    draft = walk().begin()
    walk("other").get(f"{draft}{page}", 404)


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("purpose/", {"purpose": ["a", "b"], "copies": "9" * 400}),
        ("applicant/", {"applicant_birth-day": "31", "applicant_birth-year": "99999"}),
        ("applicant/", {"applicant_name": "\x00" * 9, "applicant_number": "¹²³", "email": "a@b@c"}),
        ("about/", {"person_sex": "\u202e\u0000", "person_ethnicity": "x" * 5000}),
        ("kiem-tra/", {"declared": "1"}),
        ("co-quan/", {"agency": "H99.99.99"}),
        ("giay-to/", {"component": "no such"}),
    ],
)
def test_hostile_input_never_breaks_a_page(walk: Callable[..., Walk], page: str, data: dict) -> None:
    person = walk()
    draft = person.begin()
    assert person.client.post(f"{draft}{page}", data).status_code in {404, 422}


def test_pages_cost_few_queries(walk, django_assert_max_num_queries) -> None:
    person = walk()
    draft = person.begin()
    with django_assert_max_num_queries(8):
        person.get(f"{draft}applicant/")
    with django_assert_max_num_queries(12):
        person.post(f"{draft}applicant/", ANSWERS["applicant"])
    person.fill(draft)
    with django_assert_max_num_queries(8):
        person.get(f"{draft}kiem-tra/")
    with django_assert_max_num_queries(26):  # six of them are savepoints, four the session and the actor
        person.post(f"{draft}kiem-tra/", {"declared": "1"})


def test_pages_fit_a_weak_signal(walk: Callable[..., Walk]) -> None:
    person = walk()
    draft = person.begin()
    for address in (f"/nop/{CODE}/", draft, f"{draft}applicant/", f"{draft}kiem-tra/", "/ho-so/"):
        answer = person.client.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer["Content-Encoding"] == "gzip"
        assert len(answer.content) <= 8_000, address  # the style sheet takes the rest of the first 14 KB


def test_a_phone_number_is_changed_after_filing_and_nothing_else(walk: Callable[..., Walk]) -> None:
    code = walk().file()
    person = walk()
    assert f"/ho-so/{code}/lien-lac/" in person.get(f"/ho-so/{code}/")
    before = person.get(f"/ho-so/{code}/lien-lac/")
    kept = {n: html.unescape(v) for n, v in re.findall(r'name="(phone|email)"[^>]*value="([^"]*)"', before)}
    wrong = person.refused(f"/ho-so/{code}/lien-lac/", kept | {"phone": "12"})
    assert 'href="#phone"' in wrong
    assert 'value="12"' in wrong
    assert person.post(f"/ho-so/{code}/lien-lac/", kept | {"phone": "0912 000 999"}) == f"/ho-so/{code}/"
    page = person.get(f"/ho-so/{code}/")
    assert "912000999" in re.sub(r"[^0-9<>]", "", page)
    assert "Đã đổi cách liên lạc" in page
    assert "Đã đổi cách liên lạc" in walk("desk").get(f"/mot-cua/{code}/")
    walk("other").get(f"/ho-so/{code}/lien-lac/", 404)
    person.post(f"/ho-so/{code}/viec/withdraw/", {"reason": "Thôi"})
    assert "kết thúc" in person.refused(f"/ho-so/{code}/lien-lac/", kept | {"phone": "0912000998"}, 422)
