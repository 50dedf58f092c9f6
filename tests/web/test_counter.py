"""The counter: who came, one page for all of the form, received at once; never counted as online."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from motcua.dossiers import queries
from tests.web.filing import ANSWERS, CODE, PNG, Walk, commune, portal, walk
from tests.web.police import Station, station

__all__ = ["commune", "portal", "station", "walk"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Walk]
AT = f"/mot-cua/quay/{CODE}/"
TYPED = {k: v for page in ANSWERS.values() for k, v in page.items()} | {
    "wanted": "status",
    "citizen": "yes",
}


def begun(desk: Walk, number: str = "", **more: str) -> dict[str, str]:
    """The counter's form for a person; answers the fields that stand in it."""
    answer = desk.client.post(AT, {"number": number, "channel": "1", "agency": "H43.01", **more})
    assert answer.status_code == 200, answer.content.decode()[:500]
    return fields_in(answer.content.decode())


def fields_in(page: str) -> dict[str, str]:
    """Names and values of the inputs of the page's main form, as a browser would send them back."""
    form = page[page.index('class="mc-counter"') :]
    found = dict(
        re.findall(r'<input[^>]*? type="(?:hidden|text)"[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form)
    )
    found |= dict(
        re.findall(r'<input[^>]*? name="([^"]+)" type="(?:hidden|text)"[^>]*? value="([^"]*)"', form)
    )
    for tag in re.findall(r"<input[^>]*checked[^>]*>", form):
        found[re.search(r'name="([^"]+)"', tag)[1]] = re.search(r'value="([^"]*)"', tag)[1]
    return found


def filed(desk: Walk, **changes: str) -> str:
    """A request typed in at the counter; answers its reference. New questions are answered as they come."""
    data = begun(desk, "999199000123")
    for _ in range(6):
        data = {**data, **TYPED, **changes}
        answer = desk.client.post(AT, data)
        if answer.status_code == 302:
            return answer["Location"].rstrip("/").rpartition("/")[2]
        data |= {"seen": fields_in(answer.content.decode())["seen"]}
    raise AssertionError(re.findall(r"error-summary__list.*?</ul>", answer.content.decode()))


def test_typed_in_and_received_at_once_and_never_online(walk: Start, commune) -> None:
    code = filed(walk("desk"))
    seen = queries.dossier_for(code, actor=commune.desk, now=timezone.now())
    assert (seen.channel, seen.filed_by, seen.status) == (1, "officer", 2)
    assert seen.due_at is not None
    page = walk("desk").get(f"/mot-cua/quay/xong/{code}/")
    assert code in page
    slip = re.search(rf'href="(/ho-so/{code}/phieu/[^"]+)"[^>]* autofocus', page)[1]
    printed = walk("desk").client.get(slip)
    assert (printed.status_code, printed["Content-Type"]) == (200, "application/pdf")


def test_by_post_is_kept_apart(walk: Start, commune) -> None:
    code = filed(walk("desk"), channel="3", **{"kind:identity_copy": "1"})
    assert queries.dossier_for(code, actor=commune.desk, now=timezone.now()).channel == 3


def test_no_officer_can_pass_paper_off_as_online(walk: Start, commune) -> None:
    code = filed(walk("desk"), channel="2")
    assert queries.dossier_for(code, actor=commune.desk, now=timezone.now()).channel == 1


def test_what_is_held_fills_the_form_and_the_reading_is_logged(walk: Start, commune) -> None:
    from motcua.events.queries import stream_events

    found = begun(walk("desk"), "999199000123")
    assert found["applicant_name"] == "Người dan"
    events = stream_events(f"person:{commune.citizen.person_id}")
    assert [e.kind for e in events][-1] == "person.read"
    assert events[-1].data == {"why": "counter", "procedure": CODE}
    assert not queries.drafts_of(commune.citizen)  # nothing was done in that person's account


def test_a_person_nobody_knows_is_typed_in(walk: Start) -> None:
    desk = walk("desk")
    answer = desk.client.post(AT, {"number": "001090012345", "channel": "1"})
    page = answer.content.decode()
    assert "Chưa có dữ liệu về người mang số này" in page
    assert fields_in(page)["applicant_number"] == "001090012345"


def test_answers_that_ask_for_more_come_back_before_anything_is_filed(walk: Start, commune) -> None:
    desk = walk("desk")
    data = {**begun(desk, "999199000123"), **TYPED}
    page = desk.client.post(AT, data).content.decode()
    assert "purpose_text" in page
    assert "Vay vốn" in page  # what was typed stays
    assert not queries.worklist(actor=commune.desk, now=timezone.now()).items


def test_the_same_page_sent_twice_files_once(walk: Start, commune) -> None:
    desk = walk("desk")
    code = filed(desk, key="same-key")
    answer = desk.client.post(AT, {**begun(desk), **TYPED, "key": "same-key"})
    assert answer["Location"].endswith(f"/{code}/")


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(walk: Start) -> None:
    desk = walk("desk")
    data = begun(desk, "999199000123")
    for _ in range(4):
        answer = desk.client.post(AT, {**data, **TYPED, "copies": "x", "purpose_text": "Vay tiền"})
        data |= {"seen": fields_in(answer.content.decode())["seen"]}
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#copies"' in page
    assert "Vay tiền" in page


def test_others_have_no_counter(walk: Start) -> None:
    walk().get("/mot-cua/quay/", 403)
    walk("specialist").get("/mot-cua/quay/", 403)
    walk("desk").get("/mot-cua/quay/9.999999/", 404)


def test_the_procedure_is_found_by_words_and_by_code(walk: Start) -> None:
    desk = walk("desk")
    assert AT in desk.get("/mot-cua/quay/")
    assert desk.client.get(f"/mot-cua/quay/?q={CODE}")["Location"] == AT


def test_a_scan_is_kept_when_the_form_comes_back(station: Station) -> None:
    desk = station.browser("canbo")
    at = "/mot-cua/quay/1.004194/"
    data = {"number": "", "channel": "1"}
    found = fields_in(desk.client.post(at, data).content.decode())
    scan = SimpleUploadedFile("hop-dong.png", PNG, "image/png")
    page = desk.client.post(at, {**found, "kind:place_proof": "2", "file:place_proof": scan, "filing": "self",
        "place_kind": "rented", "place_in_data": "no", "wanted": "register"}).content.decode()  # fmt: skip
    again = fields_in(page)
    if "kept:place_proof" not in again:  # the paper is asked for once the answers say so
        again |= {"place_kind": "rented", "place_in_data": "no"}
        scan.seek(0)
        page = desk.client.post(
            at, {**again, "kind:place_proof": "2", "file:place_proof": scan}
        ).content.decode()
        again = fields_in(page)
    assert re.fullmatch(r"[0-9a-f-]{36}", again["kept:place_proof"])


def test_what_is_not_known_is_an_answer_at_the_counter_too(station: Station) -> None:
    desk = station.browser("canbo")
    at = "/mot-cua/quay/1.004194/"
    found = fields_in(desk.client.post(at, {"channel": "1"}).content.decode())
    asked = desk.client.post(at, {**found, "place_kind": "rented"}).content.decode()
    found, said = fields_in(asked), {}
    for answer in ("", "?"):
        page = desk.client.post(at, {**found, "place_kind": "rented", "place_in_data": answer})
        said[answer] = page.content.decode()
    assert 'id="place_in_data-error"' in said[""]
    assert 'id="place_in_data-error"' not in said["?"]
    assert re.search(r'name="place_in_data"[^>]*value="\?"[^>]*checked', said["?"])


def test_an_electronic_copy_needs_its_file(station: Station) -> None:
    desk = station.browser("canbo")
    at = "/mot-cua/quay/1.004194/"
    found = fields_in(desk.client.post(at, {"channel": "1"}).content.decode())
    page = desk.client.post(at, {**found, "kind:place_proof": "2"}).content.decode()
    assert "Bản điện tử cần có tệp kèm theo" in page


def test_the_police_of_the_province_take_in_for_each_other(station: Station, make_user, appoint) -> None:
    """They belong to the ministry; the place they serve counts, not the root of their identifier."""
    from motcua.agencies.queries import agency, same_province

    ours, next_door = agency("G01.43.23").id, agency("G01.43.24").id
    assert same_province(ours, next_door)


def test_the_police_of_another_province_do_not(station: Station, make_agency) -> None:
    from motcua.agencies.queries import agency, same_province
    from motcua.places.models import Unit

    Unit.objects.create(code="92", name="Cần Thơ", folded="can tho", level="province")
    make_agency("G01.92", parent="G01", serves_code="92")
    assert not same_province(agency("G01.92").id, agency("G01.43.23").id)


def test_a_number_that_is_none_is_said_at_once_and_kept(walk: Start) -> None:
    desk = walk("desk")
    asked = {"number": "99919900012", "channel": "3", "agency": "H43.01"}
    page = desk.refused(AT, asked)
    assert "Số định danh có 12 chữ số; số này có 11" in page
    assert 'value="99919900012"' in page
    assert 'href="#number"' in page
    assert re.search(r'value="3"[^>]*checked', page)
    assert begun(desk, "999 199 000 123")
    assert begun(desk, "")


def test_what_the_answers_ask_for_is_shown_before_anything_is_filed(walk: Start, commune) -> None:
    desk = walk("desk")
    page = desk.client.post(AT, {"number": "", "channel": "1", "agency": "H43.01"}).content.decode()
    assert 'name="ask"' in page
    assert "Có câu hỏi và giấy tờ chỉ hiện ra theo câu trả lời" in page
    data = fields_in(page) | {
        "wanted": "status",
        "citizen": "yes",
        "earlier": "have",
        "applicant_name": "Bà Tư",
    }
    scan = SimpleUploadedFile("giấy cũ.png", PNG)
    asked = desk.client.post(
        AT, data | {"ask": "1", "kind:earlier_certificate": "2", "file:earlier_certificate": scan}
    )
    assert asked.status_code == 200
    again = asked.content.decode()
    assert "Theo câu trả lời, cần thêm" in again
    assert 'name="earlier_reason"' in again
    assert 'value="Bà Tư"' in again
    kept = re.search(r'name="kept:earlier_certificate" value="([0-9a-f-]{36})"', again)
    assert kept
    again_asked = {"earlier": "have", "ask": "1", "kind:earlier_certificate": "2"}
    row = desk.client.post(AT, fields_in(again) | again_asked).content.decode()
    assert "không cần thêm gì" in row
    assert kept[1] in row
    assert not queries.worklist(actor=commune.desk, now=timezone.now()).items
