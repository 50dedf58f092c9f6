"""Numbers and telephones: what is read, what only warns."""

from datetime import date

import pytest

from motcua.people.rules import PROVINCES_BEFORE_2025, check_personal_number, is_impossible, phone, tax_code


def test_there_were_63_provinces() -> None:
    assert len(PROVINCES_BEFORE_2025) == 63


@pytest.mark.parametrize("text", ["058096000001", "058 096 000 001", "058.096.000.001", "058-096-000-001"])
def test_a_number_is_read_however_it_is_spaced(text: str) -> None:
    check = check_personal_number(text, birth_on=date(1996, 3, 1), sex="male")
    assert (check.digits, check.warnings) == ("058096000001", ())


@pytest.mark.parametrize(
    "text", ["", "05809600000", "0580960000011", "05809600000x", "٠٥٨٠٩٦٠٠٠٠٠١", "058096000001\n1"]
)
def test_what_is_no_number(text: str) -> None:
    assert check_personal_number(text).digits == ""


@pytest.mark.parametrize(
    ("number", "birth_on", "sex", "words"),
    [
        ("999096000001", date(1996, 1, 1), "male", "province"),
        ("123096000001", date(1996, 1, 1), "male", "province"),  # perhaps a country: born abroad
        ("058096000001", date(1995, 1, 1), "male", "birth year"),
        ("058096000001", date(2096, 1, 1), "male", "birth year"),
        ("058096000001", date(1996, 1, 1), "female", "sex"),
    ],
)
def test_a_mismatch_warns_and_never_refuses(number: str, birth_on: date, sex: str, words: str) -> None:
    check = check_personal_number(number, birth_on=birth_on, sex=sex)
    assert check.digits == number
    assert len(check.warnings) == 1
    assert words in check.warnings[0].en


def test_this_century_counts_on() -> None:
    assert check_personal_number("058305000001", birth_on=date(2005, 5, 5), sex="female").warnings == ()


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert check_personal_number("058196000001", sex="other").warnings == ()


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 912 345 678", "+84912345678"),
        ("84912345678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("(024) 3942-0000", "+842439420000"),
        ("0842345678", "+84842345678"),  # a number that itself begins with 84
        ("912345678", ""),
        ("0012345678", ""),
        ("+1 202 555 0100", ""),
        ("091234567", ""),
        ("", ""),
        ("không", ""),
    ],
)
def test_telephones(text: str, normal: str) -> None:
    assert phone(text) == normal
    if normal:
        assert phone(normal) == normal


@pytest.mark.parametrize(
    ("text", "code"),
    [("0100109106", "0100109106"), ("0100109106-001", "0100109106001"), ("12345", ""), ("", "")],
)
def test_tax_codes(text: str, code: str) -> None:
    assert tax_code(text) == code


def test_impossible_numbers() -> None:
    assert is_impossible("999096000001")
    assert not is_impossible("058096000001")
