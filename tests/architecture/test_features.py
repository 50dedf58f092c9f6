"""Every feature that must stand has a test that is marked with it, and the table of them is current."""

from pathlib import Path

import pytest

from tests.support.features import PAGE, PICTURES, UNION, Feature, features, marked, page

FEATURES = features()
# What the job asks of this stage, by number: a row cannot be lost from the file unnoticed.
ASKED = {
    *(str(n) for n in (*range(1, 10), 11, 12, *range(14, 18), 19, 20, *range(23, 26), *range(27, 35))),
    *(str(n) for n in (43, 44, 45, 48, 51, 52, 53, 54, 55, 56, 60, 61, 65, 66, 68, 69)),
    *("N1", "N2", "N3", "N6", "N10", "N16", "N18", "N20"),
}


def test_no_feature_is_lost_from_the_file() -> None:
    numbers = [feature.number for feature in FEATURES]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == ASKED
    assert set(numbers) <= UNION


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.number)
def test_a_feature_has_a_marked_test(feature: Feature) -> None:
    assert marked().get(feature.number) or feature.missing, f"no test is marked feature({feature.number!r})"


def test_marks_name_features_of_the_file() -> None:
    assert set(marked()) <= {feature.number for feature in FEATURES}


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.number)
def test_a_feature_has_a_picture_or_says_why_not(feature: Feature) -> None:
    assert bool(feature.screen) != bool(feature.no_screen)
    if feature.screen:
        assert feature.picture.exists() or feature.missing, feature.picture
    if feature.picture.exists():
        assert feature.picture.stat().st_size <= 60 * 1024, feature.picture


def test_no_picture_is_left_over() -> None:
    assert {p.name for p in PICTURES.glob("*")} <= {f.picture.name for f in FEATURES if f.screen}


def test_the_page_of_features_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: .venv/bin/python -m tests.support.features"


def test_marks_are_read_wherever_pytest_takes_them(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_x.py").write_text(
        "import pytest\n"
        "pytestmark = [pytest.mark.browser, pytest.mark.feature('1')]\n"
        "@pytest.mark.feature('2', '3')\n"
        "def test_one(): ...\n"
        "@pytest.mark.feature('4')\n"
        "class TestTwo:\n"
        "    def test_inner(self): ...\n"
        "@pytest.mark.feature('5')\n"
        "def helper(): ...\n"
    )
    inner = "tests/test_x.py::TestTwo::test_inner"
    assert marked(folder) == {
        "1": [inner, "tests/test_x.py::test_one"],
        "2": ["tests/test_x.py::test_one"],
        "3": ["tests/test_x.py::test_one"],
        "4": [inner],
    }
