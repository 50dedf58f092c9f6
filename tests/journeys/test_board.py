"""The board in a real browser: accessible, fitting the screen, in both languages, opened to dossiers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from random import Random
from typing import Any

import pytest

from motcua.core.actor import Role
from tests.monitoring.conftest import CODES, at, catalogue, count, land, make_dossier, offer, random_facts
from tests.support.axe import assert_accessible, sign_in

__all__ = ["catalogue", "count", "land", "make_dossier", "offer"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., AbstractContextManager[Any]]

BOARD = "/bang-dieu-hanh/"
JUNE = "?from=2026-06-01&to=2026-06-30"
PAGES = [
    BOARD + JUNE,
    f"{BOARD}?from=2020-01-01&to=2020-01-31",
    f"{BOARD}?from=yesterday",
    f"{BOARD}online_emc/{JUNE}&by=agency",
    f"{BOARD}on_time_766/{JUNE}&by=procedure",
    f"{BOARD}online_766/cach-tinh/",
]


@pytest.fixture
def some(
    make_dossier: Callable[..., Any], count: Callable[..., None], offer: Callable[..., None]
) -> list[Any]:
    source = Random(3)
    offer(CODES[0], "H43.12", "full")
    offer(CODES[1], "G01.20", "partial")
    made = []
    for _ in range(40):
        facts = {**random_facts(source), "received_at": at(source.randint(1, 28))}
        agency = source.choice(["H43.12", "H43.12", "H43.13", "G01.20"])
        made.append(make_dossier(agency, source.choice(CODES), **facts))
    count(*made)
    return made


@pytest.mark.parametrize(("language", "width", "other"), [("vi", 360, 1280), ("en", 1280, 360)])
@pytest.mark.feature("65")
def test_the_board_is_accessible(
    open_page: Open, some: list[Any], language: str, width: int, other: int
) -> None:
    with open_page(width=width, language=language) as page:
        page.goto(f"/?lang={language}")
        for address in PAGES:
            page.goto(address)
            assert page.get_attribute("html", "lang") == language
            assert_accessible(page)
            page.set_viewport_size({"width": other, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= other, address
            page.set_viewport_size({"width": width, "height": 900})


def test_a_leader_drills_from_the_nation_to_a_dossier_without_scripts(
    open_page: Open, some: list[Any], make_user: Callable[..., int], appoint: Callable[..., Any]
) -> None:
    appoint(make_user("lanhdao"), "H43", Role.LEADER)
    with open_page(language="en", scripts=False) as page:
        sign_in(page, "lanhdao")
        page.goto("/?lang=en")
        page.goto(BOARD + JUNE)
        page.click("section:has(h2#online_2022) a:has-text('Open this figure')")
        for name in ("Local block", "Agency H43", "Agency H43.12"):
            page.click(f"table th a:text-is('{name}')")
        mine = [d for d in some if d.code.startswith("H43.12-")]
        online = [d for d in mine if d.channel == 2]
        own = page.locator("table tbody tr").first
        assert own.locator("td").nth(0).inner_text() == str(len(online))
        assert own.locator("td").nth(1).inner_text() == str(len(mine))
        own.locator("td a").first.click()
        listed = page.locator("tbody th").all_inner_texts()
        assert sorted(listed) == sorted(d.code for d in online)
