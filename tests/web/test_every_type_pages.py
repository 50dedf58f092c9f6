"""The pack that asks everything, by web and by API: filled in, refused, shown again, filed."""

import html
import json
import random
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.catalogue.rules.check import some_value
from motcua.catalogue.rules.form_raw import to_raw
from motcua.catalogue.rules.form_reading import TYPES
from motcua.catalogue.rules.pack import load_folder
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.dossiers import queries
from tests.support import kitchen
from tests.web.api.conftest import tokens
from tests.web.filing import Portal, Walk, commune, offer_folder, portal

__all__ = ["commune", "portal", "tokens"]
pytestmark = pytest.mark.django_db
CODE = kitchen.CODE
PAGES = [t for t in TYPES if t != "note"]


@pytest.fixture
def pack(portal: Portal, tmp_path: Path, now: datetime) -> Any:
    kitchen.write(tmp_path)
    offer_folder(tmp_path, now, ("H43.01",))
    return parse_pack(load_folder(tmp_path))


def answers_of(pack: Any, seed: int) -> dict[str, Any]:
    """A good answer to every question but those that may be left open."""
    chance = random.Random(seed)
    asked = [q for _, q in pack.form.questions() if q.asked]
    answers = {q.key: some_value(q, chance) for q in asked if q.key.endswith("_required")}
    return {**answers, "choice_soft": "other", "choice_soft_other": "Điều khác"}


def raw_of(pack: Any, page: str, answers: dict[str, Any]) -> dict[str, list[str]]:
    raw: dict[str, list[str]] = {}
    for q in pack.form.page(page).questions:
        if q.unknown:
            raw[f"{q.key}-unknown"] = ["yes"]
        elif q.stored:
            raw |= to_raw(q, answers.get(q.key))
    if page == "statement":
        raw["statement_unknown"] = ["yes"]
    return raw


@pytest.fixture
def person(portal: Portal, pack: Any) -> Walk:
    return Walk(portal.browser("citizen"))


def begun(person: Walk) -> str:
    draft = person.post(f"/nop/{CODE}/bat-dau/")
    person.post(f"{draft}co-quan/", {"agency": "H43.01"})
    return draft


def typed_in(page: str) -> set[str]:
    """Everything that the fields of a page hold."""
    values = set(re.findall(r'<input[^>]* value="([^"]*)"', page))
    values |= {
        html.unescape(t).strip() for t in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    }
    chosen = re.findall(r'<option value="([^"]*)" selected', page)
    return {html.unescape(v) for v in values} | set(chosen)


@pytest.mark.feature("11")
def test_it_is_filed_by_web_and_by_api_with_the_same_answers(
    person: Walk, pack: Any, tokens: dict[str, str], portal: Portal
) -> None:
    answers = {**answers_of(pack, 7), "statement_unknown": True}
    draft = begun(person)
    for page in PAGES:
        person.get(f"{draft}{page}/")
        person.post(f"{draft}{page}/", raw_of(pack, page, answers))
    person.post(f"{draft}note/")
    checked = person.get(f"{draft}kiem-tra/")
    assert "Không biết" in checked
    assert "Điều khác" in checked
    web = person.post(f"{draft}kiem-tra/", {"declared": "1"}).split("/")[2]
    body = {"procedure": CODE, "agency": "H43.01", "answers": answers, "papers": [], "filed_by": "self"}
    unknown = {f"{q.key}": None for _, q in pack.form.questions() if q.unknown}
    body["answers"] = {**answers, **unknown}
    answer = Client(headers={"authorization": f"Bearer {tokens['citizen']}", "idempotency-key": "k"}).post(
        "/api/v1/dossiers", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 201, answer.content
    said = []
    for code in (web, answer.json()["code"]):
        view = queries.dossier_for(code, actor=portal.commune.citizen, now=timezone.now())
        said.append({line.key: line.value for line in view.answers})
    assert said[0] == said[1]
    assert "Phường Đô Vinh" in said[0]["address_required"].vi
    for who in ("desk", "specialist"):
        seen = portal.browser(who).get(f"/mot-cua/{web}/").content.decode()
        assert "Phường Đô Vinh" in seen


TYPED = {
    "text": {"": "x" * 201}, "long_text": {"": "x" * 2001}, "personal_number": {"": "12 34"},
    "full_name": {"": "Nguyễn <b>2"}, "date": {"-day": "31", "-month": "2", "-year": "1990"},
    "partial_date": {"-day": "5", "-year": "1990"}, "number": {"": "nhiều"}, "phone": {"": "không có"},
    "email": {"": "a@b"}, "address": {"-line": "Số 5", "-commune": "Không Có Đâu"},
    "map_point": {"-lat": "11 độ", "-lon": "108"}, "country": {"": "Xứ Mơ"}, "lookup": {"": "Người Mơ"},
    "commune": {"": "Không Có Đâu"}, "money": {"": "một ít"},
    "period": {"-from-day": "1", "-from-month": "13", "-from-year": "2020"},
    "group": {"-0-in_text": "x" * 201, "-0-in_address-line": "Số 9", "-1-in_date-day": "32"},
}  # fmt: skip


def test_what_was_typed_wrongly_comes_back_with_words(person: Walk) -> None:
    draft = begun(person)
    for kind, parts in TYPED.items():
        typed = {f"{kind}_required{end}": text for end, text in parts.items()}
        page = person.refused(f"{draft}{kind}/", typed)
        assert set(parts.values()) <= typed_in(page), kind
        assert "<title>Lỗi:" in page
        links = re.findall(r'error-summary__list">.*?</ul>', page, re.DOTALL)[0]
        targets = re.findall(r'href="#([^"]+)"', links)
        assert targets
        assert [t for t in targets if f'id="{t}"' not in page] == [], kind


ENDS = (
    "", "-day", "-month", "-year", "-from-day", "-line", "-commune", "-province", "-lat", "-unknown",
    "-0-in_text", "-0-in_address-commune", "-999-in_date-day", "-0-in_commune",
)  # fmt: skip


@pytest.mark.parametrize("text", ["\x00", "\u202e😀", "9" * 5000, "<script>", "²"])
def test_hostile_input_never_breaks_a_page(person: Walk, text: str) -> None:
    draft = begun(person)
    for page in TYPES:
        data = {f"{page}_{need}{end}": [text, text] for need in kitchen.NEEDS for end in ENDS}
        answer = person.client.post(f"{draft}{page}/", data)
        assert answer.status_code in {302, 422}, page


@pytest.fixture
def old_names(portal: Portal) -> None:
    from motcua.core.folding import fold
    from motcua.places.models import Unit

    for code, old in (
        ("22741", "Phường Kinh Dinh, Phường Phủ Hà, Phường Đài Sơn"),
        ("22759", "Phường Mỹ Bình (thành phố Phan Rang - Tháp Chàm), Phường Mỹ Đông"),
        ("22780", "Xã Mỹ Bình, Thị trấn Phước Dân"),
    ):
        Unit.objects.filter(code=code).update(formed_from=old, formed_folded=fold(old))


FORMER = {
    "phuong kinh dinh": "22741",
    "Kinh Dinh, thành phố Phan Rang - Tháp Chàm, tỉnh Ninh Thuận": "22741",
    "TT Phước Dân": "22780",
    "Phường Mỹ Bình": "22759",
    "Mỹ Bình, Phan Rang": "22759",
}
PRESENT = {"Phường Phan Rang": "22741", "do vinh": "22738", "22738": "22738"}


def test_a_former_commune_leads_to_its_successor(person: Walk, old_names: None) -> None:
    draft = begun(person)
    for typed, code in {**FORMER, **PRESENT}.items():
        raw = {"address_required-line": "Số 5", "address_required-commune": typed}
        person.post(f"{draft}address/", {**raw, "address_unknown-unknown": "yes"})
        view = queries.draft(draft.split("/")[2], actor=_actor(person), now=timezone.now())
        assert view.answers["address_required"] == {"line": "Số 5", "commune": code}, typed
        assert ("nay thuộc" in person.get(person.at)) == (typed in FORMER), typed


def _actor(person: Walk) -> Any:
    from motcua.agencies.queries import actor_for

    return actor_for(int(person.client.session["_auth_user_id"]), now=timezone.now())


def test_an_unclear_commune_comes_as_choices_that_say_what_they_were(person: Walk, old_names: None) -> None:
    draft = begun(person)
    raw = {"address_required-line": "Số 5", "address_required-commune": "my binh"}
    page = person.refused(f"{draft}address/", {**raw, "address_unknown-unknown": "yes"})
    assert 'value="22759"' in page
    assert 'value="22780"' in page
    assert "Phường Mỹ Đông" in page


def test_a_province_alone_offers_its_communes(person: Walk) -> None:
    draft = begun(person)
    raw = {"address_required-line": "Số 5", "address_required-province": "56"}
    page = person.refused(f"{draft}address/", {**raw, "address_unknown-unknown": "yes"})
    assert 'type="radio" value="22738"' in page or '<option value="22738"' in page
    assert "Số 5" in typed_in(page)


def test_a_code_that_no_commune_has_is_refused_by_both(
    person: Walk, pack: Any, tokens: dict[str, str]
) -> None:
    draft = begun(person)
    person.refused(f"{draft}commune/", {"commune_required": "99999", "commune_unknown-unknown": "yes"})
    answers = {**answers_of(pack, 3), "commune_required": "99999"}
    body = {"procedure": CODE, "agency": "H43.01", "answers": answers, "filed_by": "self"}
    answer = Client(headers={"authorization": f"Bearer {tokens['citizen']}", "idempotency-key": "k"}).post(
        "/api/v1/dossiers", json.dumps(body), content_type="application/json"
    )
    assert answer.status_code == 422
    assert "/answers/commune_required" in [e["pointer"] for e in answer.json()["errors"]]


def test_a_name_of_a_list_that_is_unclear_comes_as_choices(person: Walk) -> None:
    draft = begun(person)
    page = person.refused(f"{draft}lookup/", {"lookup_required": "Kinh", "lookup_soft": "banh"})
    assert 'value="banh_canh"' in page
    assert 'value="banh_can"' in page
    assert 'list="lookup_required-list"' in page


def test_optional_questions_say_so_and_an_amount_is_said_in_words(person: Walk) -> None:
    draft = begun(person)
    page = person.get(f"{draft}money/")
    assert "Mục money_optional (không bắt buộc)" in page
    person.post(f"{draft}money/", {"money_required": "1.500.000", "money_unknown-unknown": "yes"})
    assert "một triệu năm trăm nghìn đồng" in person.get(f"{draft}money/")
