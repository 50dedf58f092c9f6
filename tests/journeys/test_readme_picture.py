"""The picture in the README is made here: ``pytest --pictures tests/journeys/test_readme_picture.py``."""

import struct
from datetime import datetime
from pathlib import Path

import pytest

PICTURE = Path("docs/images/home.png")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def width_of(picture: bytes) -> int:
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return int(struct.unpack(">I", picture[16:20])[0])


def test_the_home_page_is_as_the_readme_shows_it(open_page, root: Path, pytestconfig, now: datetime) -> None:
    with open_page(width=1280, scripts=False) as page:
        page.goto("/")
        assert page.locator("input[name=q]").is_visible()
        made = page.screenshot()
    if pytestconfig.getoption("--pictures"):
        (root / PICTURE).write_bytes(made)
    kept = (root / PICTURE).read_bytes()
    assert width_of(kept) == width_of(made) == 1280
    assert len(kept) < 200_000
