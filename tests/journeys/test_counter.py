"""A busy morning: a request typed in at the counter by keyboard alone, with few keys beside the content."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.journeys.test_main_job import sign_in
from tests.web.filing import Portal, commune, portal

__all__ = ["commune", "portal"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., AbstractContextManager[Any]]
MOST_KEYS = 60
# by field: what is written, or which option is chosen
CONTENT = {
    "wanted": "status", "citizen": "yes", "purpose": "other", "purpose_text": "Vay vốn ngân hàng",
    "copies": "2", "relation": "self", "applicant_birth-day": "1", "applicant_birth-month": "2",
    "applicant_birth-year": "1990", "applicant_residence": "Thôn 1, phường Một", "person_sex": "female",
    "person_ethnicity": "Kinh", "residence_kind": "permanent", "lived_elsewhere": "no", "status": "never",
    "earlier": "none", "exemption": "none",
}  # fmt: skip
HERE = """() => { const e = document.activeElement; const all = e.form ? [...e.form.elements] : [];
  const group = e.type === 'radio' ? all.filter(x => x.name === e.name) : [];
  return {name: e.name || '', kind: e.type || e.tagName, value: e.value || '',
    chosen: group.some(x => x.checked), options: group.map(x => x.value),
    text: e.textContent.trim()} }"""


class Keyboard:
    """Counts every key that is not a letter of the content."""

    def __init__(self, page: Any) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def answer(self) -> None:
        """Answer the question that the cursor stands in, if it still needs one."""
        here = self.page.evaluate(HERE)
        wanted = CONTENT.get(here["name"])
        if wanted is None or here["chosen"] or (here["kind"] == "text" and here["value"]):
            return
        if here["kind"] == "text":
            self.page.keyboard.type(wanted)
            return
        self.press("Space")
        for _ in range(here["options"].index(wanted)):
            self.press("ArrowDown")

    def fill(self) -> None:
        """From where the cursor stands to the end of the questions, then Enter."""
        for _ in range(MOST_KEYS):
            self.answer()
            if not self.left():
                break
            self.press("Tab")
        with self.page.expect_navigation():
            self.press("Enter")

    def left(self) -> bool:
        """Is anything below still without an answer?"""
        names = [n for n in CONTENT if self.page.locator(f"[name='{n}']").count()]
        return any(not self.page.evaluate(ANSWERED, n) for n in names)


ANSWERED = """n => { const all = [...document.getElementsByName(n)];
  return all[0].type === 'radio' ? all.some(x => x.checked) : Boolean(all[0].value) }"""


def test_by_keyboard_alone_with_few_keys_beside_the_content(open_page: Opener, portal: Portal) -> None:
    with open_page(scripts=True) as page:
        page.goto("/mot-cua/quay/")
        sign_in(page, "motcua")
        board = Keyboard(page)
        page.wait_for_selector("#q:focus")
        page.keyboard.type("1.004873")
        board.press("Enter")
        page.wait_for_url("**/quay/1.004873/")
        page.wait_for_selector("#number:focus")
        page.keyboard.type("999199000123")
        board.press("Enter")
        page.wait_for_selector("form.mc-counter")
        for _ in range(6):
            if "/xong/" in page.url:
                break
            board.fill()
        assert "/xong/" in page.url, page.inner_text("main")[:1500]
        print(f"keys beside the content: {board.keys}")
        assert board.keys <= MOST_KEYS
        assert "/phieu/" in page.get_attribute(":focus", "href")  # one Enter more prints the slip
        board.keys += 1
        assert board.keys <= MOST_KEYS
