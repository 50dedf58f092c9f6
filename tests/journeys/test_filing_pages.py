"""The citizen's and the desk's pages in a real browser: accessible, within the screen, in both languages."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connections

from tests.support.axe import assert_accessible
from tests.web.filing import ANSWERS, CODE, Portal, Walk, commune, portal

__all__ = ["commune", "portal"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "mot mat khau du dai"
Opener = Callable[..., AbstractContextManager[Any]]


def prepared(portal: Portal) -> dict[str, list[str]]:
    """Pages by who opens them: a draft half way, a supplement asked, one new, one signed."""
    person = Walk(portal.browser("citizen"))
    code = person.file()
    receive(portal, code)
    asked = {"request_supplement.why.": "other", "request_supplement.text.": "Ghi rõ tên cha và tên mẹ"}
    officer = Walk(portal.browser("specialist"))
    signed = signed_dossier(portal, person)
    waiting = person.file()
    officer.post(f"/mot-cua/{code}/request_supplement/", asked)
    draft = person.begin()
    person.post(f"{draft}residence/", {**ANSWERS["residence"], "lived_elsewhere": "yes"})
    person.post(f"{draft}earlier/", {"earlier": "have", "earlier_reason": "expired"})
    parts = ["", "co-quan/", "purpose/", "applicant/", "places/", "giay-to/", "kiem-tra/"]
    mine = ["", f"{code}/", f"{code}/bo-sung/", f"{code}/rut/", f"{signed}/", f"{code}/da-nop/"]
    return {
        "dan": [f"/nop/{CODE}/", f"/nop/{CODE}/dieu-kien/", "/tiep-tuc/", "/hop-thu/"]
        + [f"{draft}{part}" for part in parts]
        + [f"/ho-so/{part}" for part in mine],
        "motcua": ["/mot-cua/", "/mot-cua/?lane=overdue", f"/mot-cua/{waiting}/", f"/mot-cua/{signed}/"],
        "chuyenvien": ["/mot-cua/?lane=waiting", f"/mot-cua/{code}/"],
    }


def in_own_thread(work: Callable[..., Any], *given: Any) -> Any:
    """Playwright keeps an event loop in this thread, in which the signer could not start its own."""

    def run() -> Any:
        try:
            return work(*given)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def receive(portal: Portal, code: str) -> None:
    Walk(portal.browser("desk")).post(f"/mot-cua/{code}/receive/")


def signed_dossier(portal: Portal, person: Walk) -> str:
    code = person.file()
    receive(portal, code)
    officer = Walk(portal.browser("specialist"))
    found = {"residence_readable": "yes", "ask_former": "no", "found": "Khớp"}
    verify = {f"complete_step-verify.finding.{key}": value for key, value in found.items()}
    officer.post(f"/mot-cua/{code}/complete_step/", {**verify, "step": "verify"})
    drafted = {"complete_step-draft.finding.agrees": "yes", "step": "draft"}
    officer.post(f"/mot-cua/{code}/complete_step/", drafted)
    person.post(f"/ho-so/{code}/viec/deliver_draft/")
    person.post(f"/ho-so/{code}/viec/confirm_draft/")
    Walk(portal.browser("signatory")).post(f"/mot-cua/{code}/sign/")
    return code


@pytest.mark.parametrize(("language", "width", "other"), [("vi", 360, 1280), ("en", 1280, 360)])
@pytest.mark.feature("17", "65")
def test_pages_are_accessible(
    portal: Portal, open_page: Opener, language: str, width: int, other: int
) -> None:
    for who, addresses in in_own_thread(prepared, portal).items():
        with open_page(width=width, language=language) as page:
            page.goto(f"/tai-khoan/login/?lang={language}")
            page.fill("[name=login]", who)
            page.fill("[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            for address in addresses:
                page.goto(address)
                assert page.get_attribute("html", "lang") == language
                assert_accessible(page)
                for size in (width, other):
                    page.set_viewport_size({"width": size, "height": 900})
                    assert page.evaluate("document.documentElement.scrollWidth") <= size, address
                page.set_viewport_size({"width": width, "height": 900})
