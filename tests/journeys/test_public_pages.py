"""The public pages in a real browser: accessible, no wider than the screen, in both languages."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.support.axe import assert_accessible, sign_in, violations
from tests.web.conftest import catalogue  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., AbstractContextManager[Any]]
PAGES = [
    "/",
    "/thu-tuc/",
    "/thu-tuc/?q=hon+nhan&field=H%E1%BB%99+t%E1%BB%8Bch",
    "/thu-tuc/?q=zzzz",
    "/thu-tuc/1.004873/",
    "/thu-tuc/9.999999/",
    "/tra-cuu/",
    "/verify/unknown",
    "/verify/",
    "/thu-tuc/1.004873/phien-ban/",
    "/su-kien/",
    "/su-kien/thue-nha/?hoi=days",
    "/su-kien/ket-hon/?foreign=no&elsewhere=yes&abroad=no&move=yes",
    "/tro-giup/",
    "/tiep-can/",
    "/rieng-tu/",
    "/tai-khoan/login/",
    "/tai-khoan/signup/",
]


@pytest.mark.parametrize(("language", "width", "other"), [("vi", 360, 1280), ("en", 1280, 360)])
@pytest.mark.feature("65")
def test_public_pages_are_accessible(
    open_page: Open,
    catalogue: Any,  # noqa: F811
    language: str,
    width: int,
    other: int,
) -> None:
    catalogue()
    with open_page(width=width, language=language) as page:
        page.goto(f"/?lang={language}")
        for address in PAGES:
            page.goto(address)
            assert page.get_attribute("html", "lang") == language
            assert_accessible(page)
            page.set_viewport_size({"width": other, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= other, address
            page.set_viewport_size({"width": width, "height": 900})


def test_the_check_finds_what_is_wrong(open_page: Open) -> None:
    with open_page() as page:
        page.goto("/tro-giup/")
        page.evaluate("document.querySelector('main').innerHTML += '<img src=x><input>'")
        assert {line.split(":")[0] for line in violations(page)} >= {"critical image-alt", "critical label"}


@pytest.mark.feature("65")
def test_errors_are_accessible_and_lead_to_the_field(open_page: Open) -> None:
    with open_page(width=360) as page:
        page.goto("/tra-cuu/")
        page.click("main button[type=submit]")
        assert page.title().startswith(("Lỗi:", "Error:"))
        assert_accessible(page)
        page.click(".govuk-error-summary a")
        assert page.evaluate("document.activeElement.id") == "code"


def test_the_account_is_accessible(open_page: Open, make_user: Callable[..., int]) -> None:
    make_user("hoa")
    with open_page(width=360) as page:
        sign_in(page, "hoa")
        for address in (
            "/",
            "/tai-khoan/",
            "/tai-khoan/password/change/",
            "/tai-khoan/2fa/",
            "/tai-khoan/logout/",
        ):
            page.goto(address)
            assert_accessible(page)


def test_the_first_tab_stop_skips_to_the_content(open_page: Open) -> None:
    with open_page(scripts=False) as page:
        page.goto("/tro-giup/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#main-content")


def test_from_words_to_procedure_without_scripts(open_page: Open, catalogue: Any) -> None:  # noqa: F811
    catalogue()
    with open_page(width=360, scripts=False) as page:
        page.goto("/?lang=en")
        page.fill("#q", "giay doc than hon nhan")
        page.keyboard.press("Enter")
        page.fill("#q", "tinh trang hon nhan")
        page.keyboard.press("Enter")
        page.click("text=Thủ tục cấp Giấy xác nhận tình trạng hôn nhân")
        assert page.inner_text("h1").startswith("Thủ tục cấp Giấy xác nhận")
        page.click("header a[hreflang=vi]")
        assert page.get_attribute("html", "lang") == "vi"
        assert page.url.endswith("/thu-tuc/1.004873/")
