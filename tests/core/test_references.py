"""A dossier's code as people type it."""

import pytest

from motcua.core.references import DOSSIER_CODE, MOST_READINGS, dossier_codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H43.23-261128-0002", "H43.23-261128-0002"),
        (" h43.23 261128 0002 ", "H43.23-261128-0002"),
        ("H43.232611280002", "H43.23-261128-0002"),
        ("h43232611280002", "H43.23-261128-0002"),
        ("H43 23 26 11 28 0002", "H43.23-261128-0002"),
        ("H43-261128-0002", "H43-261128-0002"),
        ("G01.1.234 261128 0002", "G01.1.234-261128-0002"),
        ("H43.12/3 261128 123456", "H43.12.3-261128-123456"),
    ],
)
def test_the_likeliest_reading_comes_first(typed: str, code: str) -> None:
    assert dossier_codes(typed)[0] == code


def test_a_code_in_full_is_read_one_way() -> None:
    assert dossier_codes("h43.23-261128-0002") == ("H43.23-261128-0002",)


@pytest.mark.parametrize(
    "typed", ["", "43.23-261128-0002", "H43.23 261328 0002", "H43-0002", "H43.2A-261128-0002"]
)
def test_what_cannot_be_a_code_has_no_reading(typed: str) -> None:
    assert dossier_codes(typed) == ()


def test_every_reading_is_a_code_and_there_are_few() -> None:
    readings = dossier_codes("G01123412 261128 0002")
    assert all(DOSSIER_CODE.match(reading) for reading in readings)
    assert 1 < len(readings) <= MOST_READINGS
