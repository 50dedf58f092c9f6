"""A passkey in a real browser: added after the password, then enough by itself; a stolen page is not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import cache

from tests.support.axe import assert_accessible, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opener = Callable[..., AbstractContextManager[Any]]


def authenticator(page: Any) -> None:
    """A device with a finger that always fits, as chromium simulates it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_takes_the_place_of_the_password(
    open_page: Opener, make_user: Callable[..., int], live_site: str
) -> None:
    cache.clear()
    make_user("hoa")
    with open_page() as page:
        authenticator(page)
        page.goto("/?lang=en")
        sign_in(page, "hoa")
        page.goto("/tai-khoan/2fa/webauthn/add/")
        page.fill("input[name=password]", "a long enough secret")
        page.click("main button[type=submit]")
        assert_accessible(page)
        page.click("#passkey_add")
        page.wait_for_url(lambda url: "add" not in url)
        page.goto("/tai-khoan/2fa/webauthn/")
        assert "added on" in page.inner_text("main")
        assert_accessible(page)
        page.click("header form button")
        page.goto("/tai-khoan/login/")
        assert_accessible(page)
        page.click("#passkey_login")
        page.wait_for_url(lambda url: "/login" not in url)
        assert "Người Thử hoa" in page.inner_text("header")
        page.click("header form button")
        sign_in_by_password_asks_for_it_too(page)


def sign_in_by_password_asks_for_it_too(page: Any) -> None:
    page.goto("/tai-khoan/login/")
    page.fill("input[name=login]", "hoa")
    page.fill("input[name=password]", "a long enough secret")
    page.click("main form[action='/tai-khoan/login/'] button")
    page.wait_for_url("**/2fa/authenticate/")
    assert_accessible(page)
    page.click("#passkey_second")
    page.wait_for_url(lambda url: "/2fa/" not in url and "/login" not in url)
    assert "Người Thử hoa" in page.inner_text("header")
