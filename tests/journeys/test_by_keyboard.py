"""The main job without a mouse: file, follow, receive, check, sign; with scripts and without."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.journeys.test_filing_pages import in_own_thread
from tests.journeys.test_main_job import PASSWORD, TICKED, WRITTEN
from tests.web.filing import CODE, Portal, Walk, commune, portal

__all__ = ["commune", "portal"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., AbstractContextManager[Any]]

# how the element that holds the focus looks: something must mark it, and it must be on the screen
HERE = """() => {
  const it = document.activeElement, looks = getComputedStyle(it), box = it.getBoundingClientRect();
  const label = it.matches('[type=radio], [type=checkbox]') && it.nextElementSibling;
  const drawn = label ? getComputedStyle(label, '::before') : looks;
  const outline = drawn.outlineStyle !== 'none' && parseFloat(drawn.outlineWidth) >= 2;
  return {
    name: it.tagName + (it.id ? '#' + it.id : '') + ' ' + (it.innerText || it.name || '').slice(0, 40),
    body: it === document.body,
    marked: outline || drawn.boxShadow !== 'none',
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


def to(page: Any, selector: str) -> None:
    """Tab until the focus is on what is meant; at every stop it must be visible."""
    for _ in range(150):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["body"]:
            continue  # from the last element of a page the focus goes round by the browser's own bars
        assert (here["marked"], here["seen"]) == (True, True), (page.url, here)
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def press(page: Any, selector: str) -> None:
    """Go there and press Enter; the page that comes is waited for."""
    to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Any, name: str, value: str) -> None:
    """Choose a radio by the arrows."""
    to(page, f"[name='{name}']")
    page.keyboard.press("Space")
    for _ in range(12):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} has no {value}")


def write(page: Any, name: str, text: str) -> None:
    """Go to a field and type, in place of what stands there."""
    to(page, f"[name='{name}']")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def sign_in(page: Any, who: str) -> None:
    write(page, "login", who)
    write(page, "password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def fill_in(page: Any) -> None:
    """Every page of the form, until the check page."""
    for _ in range(20):
        name = page.url.rstrip("/").rpartition("/")[2]
        if name == "kiem-tra":
            return
        if name == "co-quan":
            to(page, "[name=agency]")
            while page.evaluate("document.activeElement.value") != "H43.01":
                page.keyboard.press("ArrowDown")
        written = dict(WRITTEN.get(name, {}))
        for field, value in TICKED.get(name, {}).items():
            choose(page, field, value)
        for field, value in written.items():
            write(page, field, value)
        press(page, "main form button.govuk-button:not([name])")
    raise AssertionError(page.url)


@pytest.mark.parametrize("scripts", [True, False])
def test_file_and_track_by_keyboard(portal: Portal, open_page: Opener, scripts: bool) -> None:
    with open_page(scripts=scripts) as page:
        page.goto(f"/thu-tuc/{CODE}/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
        page.keyboard.press("Enter")
        press(page, "main a.govuk-button")
        press(page, "main a.govuk-button")
        choose(page, "wanted", "status")
        press(page, "main button")
        choose(page, "citizen", "yes")
        press(page, "main button")
        sign_in(page, "dan")
        press(page, "main a.govuk-button")
        fill_in(page)
        to(page, "#declared")
        page.keyboard.press("Space")
        press(page, "main form button.govuk-button")
        reference = page.inner_text(".mc-confirm strong")
        press(page, ".mc-footer a[href='/tra-cuu/']")
        write(page, "code", reference)
        write(page, "last4", "0123")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert reference in page.inner_text("main")


@pytest.mark.parametrize("scripts", [True, False])
def test_receive_complete_and_sign_by_keyboard(portal: Portal, open_page: Opener, scripts: bool) -> None:
    person = Walk(portal.browser("citizen"))
    code = in_own_thread(person.file)
    at_desk(open_page, scripts, "motcua", code, "receive", {})
    found = {"residence_readable": "yes", "ask_former": "no", "found": "Khớp"}
    verify = {f"complete_step-verify.finding.{key}": value for key, value in found.items()}
    at_desk(open_page, scripts, "chuyenvien", code, "complete_step-verify", verify)
    at_desk(
        open_page, scripts, "chuyenvien", code, "complete_step-draft",
        {"complete_step-draft.finding.agrees": "yes"},
    )  # fmt: skip
    in_own_thread(person.post, f"/ho-so/{code}/viec/deliver_draft/")
    in_own_thread(person.post, f"/ho-so/{code}/viec/confirm_draft/")
    at_desk(open_page, scripts, "nguoiky", code, "sign", {})


def at_desk(
    open_page: Opener, scripts: bool, who: str, code: str, form: str, answers: dict[str, str]
) -> None:
    """Sign in, open the dossier from the list, answer and send one form, all by keyboard."""
    with open_page(scripts=scripts) as page:
        page.goto("/mot-cua/")
        sign_in(page, who)
        press(page, f"a[href^='/mot-cua/{code}/']")
        for name, value in answers.items():
            (write if name.endswith(".found") else choose)(page, name, value)
        press(page, f"#{form} button[type=submit]")
        assert page.locator(".mc-banner--good").count() == 1, page.inner_text("main")


def test_the_focus_stays_when_a_lane_changes_in_place(portal: Portal, open_page: Opener) -> None:
    """With scripts the list changes in place: title, address and focus follow, and back leads back."""
    code = in_own_thread(Walk(portal.browser("citizen")).file)
    with open_page() as page:
        page.goto("/mot-cua/")
        sign_in(page, "motcua")
        page.evaluate("window.stayed = true")
        assert code in page.inner_text("main")
        lane = page.locator(".mc-tabs a").nth(1)
        title, name = page.title(), lane.get_attribute("id")
        to(page, f"#{name}")
        page.keyboard.press("Enter")
        page.wait_for_url("**lane=overdue**")
        page.wait_for_function("name => document.activeElement.id === name", arg=name)
        assert page.evaluate("window.stayed") is True
        assert page.evaluate(HERE)["marked"]
        assert page.title() != title
        assert page.get_attribute(f"#{name}", "aria-current") == "page"
        kept = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
        assert code not in kept
        assert "<" not in kept
        page.go_back()
        page.wait_for_url("**/mot-cua/")
        page.locator("main", has_text=code).wait_for()  # the address is back before the list is


def test_a_lane_of_a_session_that_ended_leads_to_the_sign_in(portal: Portal, open_page: Opener) -> None:
    with open_page() as page:
        page.goto("/mot-cua/")
        sign_in(page, "motcua")
        page.context.clear_cookies()
        page.locator(".mc-tabs a").nth(1).click()
        page.wait_for_url("**/login/**")
        assert page.locator("[name=password]").is_visible()
