"""A file that the page's own script sends in parts goes on after the line broke."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.documents.test_papers import pdf
from tests.journeys.test_filing_pages import PASSWORD, in_own_thread
from tests.web.filing import ANSWERS, Portal, Walk, commune, portal

__all__ = ["commune", "portal"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., AbstractContextManager[Any]]


def draft_with_papers(portal: Portal) -> str:
    person = Walk(portal.browser("citizen"))
    draft = person.begin()
    person.post(f"{draft}residence/", {**ANSWERS["residence"], "lived_elsewhere": "yes"})
    person.post(f"{draft}earlier/", {"earlier": "have", "earlier_reason": "expired"})
    return f"{draft}giay-to/"


def sign_in(page: Any) -> None:
    page.goto("/tai-khoan/login/")
    page.fill("[name=login]", "dan")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


@pytest.mark.feature("23")
def test_a_broken_line_costs_one_part(portal: Portal, open_page: Opener, tmp_path: Path) -> None:
    address = in_own_thread(draft_with_papers, portal)
    file = tmp_path / "giấy cũ.pdf"
    file.write_bytes(pdf(root={"/Filling": pikepdf.String(os.urandom(500_000).hex())}))
    sent: list[str] = []

    def break_once(route: Any) -> None:
        sent.append(route.request.method)
        if sent.count("PATCH") == 2 and route.request.method == "PATCH":
            route.abort("connectionreset")
        else:
            route.continue_()

    with open_page(width=360) as page:
        sign_in(page)
        page.goto(address)
        page.route("**/tai-tep/**", break_once)
        form = page.locator("form[data-uploads]").first
        form.locator("input[type=file]").set_input_files(file)
        form.locator("button").click()
        page.get_by_role("link", name="giấy cũ.pdf").wait_for()
    assert sent[0] == "POST"
    assert sent.count("HEAD") == 1
    assert sent.count("PATCH") >= 4


def test_a_file_that_cannot_be_taken_is_refused_in_words(
    portal: Portal, open_page: Opener, tmp_path: Path
) -> None:
    address = in_own_thread(draft_with_papers, portal)
    file = tmp_path / "x.pdf"
    file.write_bytes(b"MZ" + bytes(1000))
    with open_page(width=360) as page:
        sign_in(page)
        page.goto(address)
        form = page.locator("form[data-uploads]").first
        form.locator("input[type=file]").set_input_files(file)
        form.locator("button").click()
        form.get_by_text("không phải PDF").wait_for()
        assert form.locator("button").is_enabled()
