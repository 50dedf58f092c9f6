"""The main job in a browser without scripts: file, handle, confirm, sign, return, verify, count."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from motcua.events.operations import run_readers
from tests.web.filing import CODE, Portal, commune, portal

__all__ = ["commune", "portal"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., AbstractContextManager[Any]]
PASSWORD = "mot mat khau du dai"


def sign_in(page: Any, who: str) -> None:
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def go_on(page: Any) -> None:
    page.click("main form button.govuk-button:not([name])")


# what is ticked, chosen and written on each page of the form
TICKED = {
    "purpose": {"purpose": "other"},
    "relation": {"relation": "self"},
    "about": {"person_sex": "female"},
    "residence": {"residence_kind": "permanent", "lived_elsewhere": "no"},
    "status": {"status": "never"},
    "earlier": {"earlier": "none"},
    "fee": {"exemption": "none"},
}
WRITTEN = {
    "purpose": {"purpose_text": "Vay vốn ngân hàng", "copies": "2"},
    "applicant": {
        "applicant_birth-day": "1", "applicant_birth-month": "2", "applicant_birth-year": "1990",
        "applicant_residence": "Thôn 1, phường Một",
    },
    "about": {"person_ethnicity": "Kinh"},
}  # fmt: skip


def fill_in(page: Any) -> None:
    """Every page of the form, until the check page."""
    for _ in range(20):
        if page.url.endswith("/kiem-tra/"):
            return
        name = page.url.rstrip("/").rpartition("/")[2]
        if name == "co-quan":
            page.select_option("[name=agency]", "H43.01")
        if name == "applicant":
            assert page.input_value("[name=applicant_number]") == "999199000123"
        for field, value in TICKED.get(name, {}).items():
            page.check(f"[name={field}][value={value}]")
        for field, value in WRITTEN.get(name, {}).items():
            page.fill(f"[name={field}]", value)
        go_on(page)
    raise AssertionError(page.url)


def desk_does(
    open_page: Opener, who: str, code: str, form: str, answers: dict[str, str] | None = None
) -> None:
    """Sign in at the desk, open the dossier from the work list, and send one form."""
    with open_page(scripts=False) as page:
        page.goto("/mot-cua/")
        sign_in(page, who)
        page.click(f"text={code}")
        for name, value in (answers or {}).items():
            if name.endswith(".found"):
                page.fill(f"[name='{name}']", value)
            else:
                page.check(f"[name='{name}'][value='{value}']")
        page.click(f"#{form} button[type=submit]")
        assert page.locator(".mc-banner--good").count() == 1, page.inner_text("main")


@pytest.mark.feature("N1")
def test_the_main_job(portal: Portal, open_page: Opener, tmp_path: Path) -> None:
    assert rate_counts() == (0, 0)
    with open_page(width=360, scripts=False) as page:
        page.goto(f"/nop/{CODE}/")
        page.click("a.govuk-button")
        page.check("[name=wanted][value=status]")
        go_on(page)
        page.check("[name=citizen][value=yes]")
        go_on(page)
        sign_in(page, "dan")
        page.click("main a.govuk-button")
        fill_in(page)
        page.check("[name=declared]")
        go_on(page)
        code = page.inner_text(".mc-confirm strong").strip()
    found = {"finding.residence_readable": "yes", "finding.ask_former": "no", "finding.found": "Khớp"}
    desk_does(open_page, "motcua", code, "receive")
    verify = {f"complete_step-verify.{k}": v for k, v in found.items()}
    desk_does(open_page, "chuyenvien", code, "complete_step-verify", verify)
    drafted = {"complete_step-draft.finding.agrees": "yes"}
    desk_does(open_page, "chuyenvien", code, "complete_step-draft", drafted)
    with open_page(width=360, scripts=False) as page:
        page.goto(f"/ho-so/{code}/")
        sign_in(page, "dan")
        page.click("form[action$='deliver_draft/'] button")
        with page.expect_download() as draft:
            page.click("a[href$='du-thao.pdf']")
        assert Path(draft.value.path()).read_bytes().startswith(b"%PDF")
        page.click("form[action$='confirm_draft/'] button")
        assert "is-next" in page.content()
    desk_does(open_page, "nguoiky", code, "sign")
    desk_does(open_page, "motcua", code, "return_result")
    run_readers(now=timezone.now())
    with open_page(width=360, scripts=False) as page:
        page.goto(f"/ho-so/{code}/")
        sign_in(page, "dan")
        with page.expect_download() as result:
            page.click("a[href$='ket-qua.pdf']")
        content = Path(result.value.path()).read_bytes()
        assert content.startswith(b"%PDF")
        assert b"/ByteRange" in content
        address = re.search(r"/verify/[\w-]+", page.content())
        assert address
        page.goto(address[0])
        assert page.locator(".mc-confirm").count() == 1
        page.goto("/bang-dieu-hanh/")
        assert page.locator("main h1").count() == 1
    assert rate_counts() == (1, 1)


def rate_counts() -> tuple[int, int]:
    """(on time, of all) by the rollups: exactly this dossier."""
    from motcua.core.actor import SYSTEM
    from motcua.core.periods import Period, local_day
    from motcua.monitoring.queries import rates

    today = local_day(timezone.now())
    answer = rates("on_time_766", Period(today, today), actor=SYSTEM)
    row = next(r for r in answer.rows if r.scope == "national")
    return int(row.numerator), int(row.denominator)
