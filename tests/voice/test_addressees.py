"""Whom a petition is for: found by a few words, as people write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.voice.queries import addressees, find_addressees
from motcua.voice.rules.addressees import Name, directory, meant
from tests.dossiers.conftest import Commune

NAMES: tuple[Name, ...] = (
    ("G15", "Bộ Tư pháp", "Ministry of Justice", "Bộ Tư pháp"),
    ("H43", "UBND tỉnh Ninh Thuận", "People's Committee of Ninh Thuận", "UBND tỉnh Ninh Thuận"),
    ("H43.02", "Sở Tư pháp", "Department of Justice", "UBND tỉnh Ninh Thuận"),
    ("H43.05", "Trung tâm Phục vụ hành chính công tỉnh", "One-Stop Centre", "UBND tỉnh Ninh Thuận"),
    ("H43.21", "UBND phường Đông Hải", "People's Committee of Đông Hải", "UBND tỉnh Ninh Thuận"),
    ("H43.22", "UBND xã Phước Hậu", "People's Committee of Phước Hậu", "UBND tỉnh Ninh Thuận"),
    ("H43.23", "UBND xã Phước Hải", "People's Committee of Phước Hải", "UBND tỉnh Ninh Thuận"),
    ("H32.21", "UBND xã Phước Hải", "People's Committee of Phước Hải", "UBND tỉnh Quảng Trị"),
    ("H32", "UBND tỉnh Quảng Trị", "People's Committee of Quảng Trị", "UBND tỉnh Quảng Trị"),
)
BOOK = directory(NAMES)


def first(text: str) -> str:
    return next((match.identifier for match in meant(text, BOOK)), "")


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("phường Đông Hải", "H43.21"),
        ("phuong dong hai", "H43.21"),
        ("DONG HAI", "H43.21"),
        ("ủy ban nhân dân phường đông hải", "H43.21"),
        ("ubnd dong hai", "H43.21"),
        ("dong hia", "H43.21"),  # two letters changed places
        ("ddoong hari", "H43.21"),  # Telex keys left in
        ("xã phước hậu", "H43.22"),
        ("phuoc hau", "H43.22"),
        ("phuoc ha", "H32.21"),  # begun: Hải twice, Hậu
        ("phước hải ninh thuận", "H43.23"),  # the province tells two of one name apart
        ("phuoc hai quang tri", "H32.21"),
        ("so tu phap", "H43.02"),
        ("stp", "H43.02"),
        ("department of justice", "H43.02"),
        ("bộ tư pháp", "G15"),
        ("h43.23", "H43.23"),
        ("một cửa", ""),
        ("zzzz qqq", ""),
        ("", ""),
        (" .,;'\"%_\\ ", ""),
    ],
)
def test_an_agency_is_found_as_people_write_it(text: str, identifier: str) -> None:
    assert first(text) == identifier


def test_marks_that_were_typed_go_first() -> None:
    assert first("phước hậu") == "H43.22"
    found = [match.identifier for match in meant("phước", BOOK)]
    assert set(found) == {"H43.22", "H43.23", "H32.21"}


def test_a_whole_name_is_sure_only_where_one_bears_it() -> None:
    assert [match.whole for match in meant("ubnd phuong dong hai", BOOK)][:1] == [True]
    assert [match.whole for match in meant("ubnd xa phuoc hai", BOOK)][:2] == [True, True]


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    found = meant(text, BOOK)
    assert len({match.identifier for match in found}) == len(found)


@pytest.mark.django_db
def test_what_has_ended_is_not_offered(commune: Commune, now: datetime) -> None:
    from motcua.agencies.models import Agency

    today = date(2026, 7, 10)
    assert addressees(["H43.01", "nobody", ""])[0].agency.identifier == "H43.01"
    assert addressees([]) == ()
    name = addressees(["H43.01"])[0].agency.name.vi
    assert "H43.01" in [item.agency.identifier for item in find_addressees(name, on=today).items]
    Agency.objects.filter(identifier="H43.01").update(valid_to=date(2026, 7, 9))
    assert "H43.01" not in [item.agency.identifier for item in find_addressees(name, on=today).items]


def test_what_answers_much_less_than_a_sure_name_is_left_out() -> None:
    assert {m.identifier for m in meant("xa phuoc hai", BOOK)} == {"H43.23", "H32.21"}
    assert {"H43.22", "H43.23"} <= {m.identifier for m in meant("ubnd phuoc", BOOK)}, "equals all stay"
