"""Sign-in by the demo's identity provider: two real processes, the whole code flow, and what it refuses."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache

from motcua.demo.provider import Setup, prepare
from tests.support.axe import assert_accessible
from tests.support.cluster import free_port
from tests.support.house import ROOT
from tests.support.processes import alive, descendants, environment, until

pytestmark = pytest.mark.django_db(transaction=True)
Opener = Callable[..., AbstractContextManager[Any]]
NOTHING_DONE = "Signing in did not work"


PASSWORD = "a long enough secret"
THERE = "the password at the provider"
CITIZEN, CITIZEN2, NEWCOMER = "999196000001", "999090000002", "999194000009"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory, live_server: Any) -> Iterator[Setup]:
    """The real provider process on a port and a home of its own, which knows this portal."""
    home = tmp_path_factory.mktemp("idp")
    agreed = prepare(home, port=free_port(), portal_port=urlsplit(live_server.url).port or 0, password=THERE)
    with (home / "log").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "motcua.cli", "provider"],
            cwd=ROOT, env=environment(home), stdout=out, stderr=out, start_new_session=True,
        )  # fmt: skip
    try:
        assert until(lambda: alive_at(agreed.port) or process.poll() is not None, 180)
        assert process.poll() is None, (home / "log").read_text()
        yield agreed
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)
    assert not alive(descendants(process.pid))


def alive_at(port: int) -> bool:
    try:
        return httpx.get(f"http://localhost:{port}/livez").status_code == 200
    except httpx.HTTPError:
        return False


@pytest.fixture
def site(live_site: str, provider: Setup, settings: Any, make_user: Callable[..., int]) -> str:
    """The portal, told of the provider, with two of its people."""
    cache.clear()
    settings.OIDC_ISSUER = provider.issuer
    settings.OIDC_ORIGINS = (provider.issuer,)
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = provider.client_id, provider.secret
    settings.OIDC_NAME = "Nhà cung cấp mẫu | the sample provider"
    make_user("citizen", full_name="Trần Thị Thử", personal_number=CITIZEN)
    make_user("citizen2", full_name="Lê Văn Mẫu", personal_number=CITIZEN2)
    return live_site


class Browser:
    """A browser without scripts that stops at each redirect."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.http = httpx.Client(cookies={"motcua_language": "en"}, timeout=30)

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: Any) -> None:
        self.http.close()

    def get(self, address: str, base: str = "") -> httpx.Response:
        return self.http.get(httpx.URL(base or self.site).join(address))

    def post(self, page: httpx.Response, place: str, /, **data: Any) -> httpx.Response:
        """Send the form of ``page`` that leads to ``place``, its hidden fields included."""
        forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', page.text, re.DOTALL)
        body = next(inner for where, inner in forms if where.startswith(place))
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body)
        fields: dict[str, Any] = {}
        for name, value in hidden:
            fields.setdefault(name, []).append(value.replace("&quot;", '"').replace("&amp;", "&"))
        return self.http.post(
            page.url.join(place), data={**fields, **data}, headers={"Referer": str(page.url)}
        )

    def leave(self) -> str:
        """Press the button of the sign-in page; the provider's address that it leads to."""
        answer = self.post(self.get("/tai-khoan/login/"), "/tai-khoan/provider/")
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def agree(self, authorize: str, username: str) -> str:
        """Sign in at the provider and agree; the address that leads back."""
        asked = self.http.get(authorize)
        login = self.http.get(asked.url.join(asked.headers["Location"]))
        done = self.post(login, "/login/", login=username, password=THERE)
        assert done.status_code == 302, done.text
        consent = self.http.get(login.url.join(done.headers["Location"]))
        assert "pass on your data" in consent.text
        back = self.post(consent, "/identity/o/authorize", action="grant")
        assert back.status_code == 302, back.text
        return back.headers["Location"]

    def arrive(self, username: str) -> httpx.Response:
        return self.get(self.agree(self.leave(), username))

    def sign_in(self, username: str, place: str = "/tai-khoan/login/") -> httpx.Response:
        page = self.get(place)
        return self.post(page, "/tai-khoan/login/", login=username, password=PASSWORD)


@pytest.fixture
def browser(site: str) -> Iterator[Browser]:
    with Browser(site) as opened:
        yield opened


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_the_request_carries_pkce_state_and_nonce(browser: Browser, provider: Setup) -> None:
    address = browser.leave()
    assert address.startswith(provider.issuer + "/identity/o/authorize?")
    sent = asked(address)
    assert sent["code_challenge_method"] == "S256"
    assert len(sent["code_challenge"]) == 43
    assert len(sent["nonce"]) >= 32
    assert len(sent["state"]) >= 16
    assert sent["redirect_uri"] == f"{browser.site}/tai-khoan/provider/callback/"


def test_both_have_cookies_of_their_own(browser: Browser) -> None:
    browser.arrive("newcomer")
    names = {cookie.name for cookie in browser.http.cookies.jar}
    assert {"motcua_session", "motcua_csrf", "motcua_idp_session", "motcua_idp_csrf"} <= names


def test_a_first_time_asks_and_makes_nothing(browser: Browser) -> None:
    answer = browser.arrive("newcomer")
    assert answer.headers["Location"] == "/tai-khoan/provider/first/"
    page = browser.get("/tai-khoan/provider/first/")
    assert "first time" in page.text
    assert "Ngô Thị Mới" in page.text
    assert browser.get("/tai-khoan/").status_code == 302, "nobody is signed in yet"


def test_a_number_that_is_known_makes_no_second_account(browser: Browser) -> None:
    browser.arrive("citizen2")
    page = browser.get("/tai-khoan/provider/first/")
    refused = browser.post(page, "/tai-khoan/provider/make/")
    assert refused.status_code == 409
    assert browser.get("/tai-khoan/").status_code == 302


def test_an_account_is_made_when_asked_for_and_found_again(site: str) -> None:
    with Browser(site) as browser:
        browser.arrive("newcomer")
        made = browser.post(browser.get("/tai-khoan/provider/first/"), "/tai-khoan/provider/make/")
        assert made.headers["Location"] == "/tai-khoan/"
        account = browser.get("/tai-khoan/").text
        assert "Ngô Thị Mới" in account
        assert "Level 2" in account
        assert "69/2024" in account
        unlink = re.findall(r'href="(/tai-khoan/provider/\d+/unlink/)"', account)[0]
        page = browser.get(unlink)
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[-1]
        last = browser.http.post(
            page.url, data={"csrfmiddlewaretoken": token}, headers={"Referer": str(page.url)}
        )
        assert last.status_code == 409, "without it there would be no way in"
    with Browser(site) as other:
        assert other.arrive("newcomer").headers["Location"] == "/"
        assert "Ngô Thị Mới" in other.get("/tai-khoan/").text


def test_linking_needs_both_and_shows_whose(site: str) -> None:
    with Browser(site) as browser:
        browser.arrive("citizen")
        first = browser.get("/tai-khoan/provider/first/")
        way = re.findall(r'href="(/tai-khoan/login/\?next=[^"]+link[^"]+)"', first.text)[0]
        assert browser.sign_in("citizen", way).headers["Location"] == "/tai-khoan/provider/link/"
        page = browser.get("/tai-khoan/provider/link/")
        assert "Trần Thị Thử (citizen)" in page.text
        assert browser.post(page, "/tai-khoan/provider/link/", answer="link").status_code == 302
        assert "Remove the link" in browser.get("/tai-khoan/").text
    with Browser(site) as other:
        assert other.arrive("citizen").headers["Location"] == "/"
        assert "Level 2" in other.get("/tai-khoan/").text


def test_somebody_elses_identity_is_not_linked(browser: Browser) -> None:
    browser.arrive("citizen2")
    browser.sign_in("citizen", "/tai-khoan/login/?next=/tai-khoan/provider/link/")
    page = browser.get("/tai-khoan/provider/link/")
    refused = browser.post(page, "/tai-khoan/provider/link/", answer="link")
    assert refused.status_code == 409
    assert "another personal number" in refused.text


@pytest.mark.parametrize("wrong", ["state", "no state", "code"])
def test_a_wrong_answer_signs_nobody_in(browser: Browser, wrong: str) -> None:
    back = browser.agree(browser.leave(), "newcomer")
    given = asked(back)
    changed = {
        "state": {**given, "state": given["state"][::-1]},
        "no state": {"code": given["code"]},
        "code": {**given, "code": given["code"][::-1]},
    }[wrong]
    answer = browser.http.get(f"{browser.site}/tai-khoan/provider/callback/", params=changed)
    assert answer.status_code == 401
    assert NOTHING_DONE in answer.text
    assert browser.get("/tai-khoan/provider/first/").status_code == 302


def test_an_answer_is_good_once_and_in_its_own_browser_only(site: str, browser: Browser) -> None:
    back = browser.agree(browser.leave(), "newcomer")
    with Browser(site) as thief:
        thief.leave()
        stolen = asked(back)["code"]
        assert NOTHING_DONE in thief.get(back).text, "the state belongs to another browser"
        own = asked(thief.leave())["state"]
        answer = thief.http.get(f"{site}/tai-khoan/provider/callback/", params={"code": stolen, "state": own})
        assert answer.status_code == 401, "the code belongs to another PKCE verifier"


def test_an_answer_is_not_taken_twice(browser: Browser) -> None:
    back = browser.agree(browser.leave(), "newcomer")
    assert browser.get(back).status_code == 302
    assert NOTHING_DONE in browser.get(back).text
    state = asked(browser.leave())["state"]
    again = browser.http.get(
        f"{browser.site}/tai-khoan/provider/callback/",
        params={"code": asked(back)["code"], "state": state},
    )
    assert again.status_code == 401


def test_a_wrong_nonce_is_refused(browser: Browser) -> None:
    address = httpx.URL(browser.leave()).copy_set_param("nonce", "another-nonce-than-was-sent-0000")
    back = browser.agree(str(address), "newcomer")
    answer = browser.get(back)
    assert answer.status_code == 401
    assert NOTHING_DONE in answer.text


def test_going_back_without_agreeing_changes_nothing(browser: Browser) -> None:
    asked_for = browser.http.get(browser.leave())
    login = browser.http.get(asked_for.url.join(asked_for.headers["Location"]))
    done = browser.post(login, "/login/", login="citizen", password=THERE)
    consent = browser.http.get(login.url.join(done.headers["Location"]))
    back = browser.post(consent, "/identity/o/authorize", action="cancel")
    page = browser.get(back.headers["Location"])
    assert page.status_code == 200
    assert "without agreeing" in page.text


def test_the_session_holds_no_personal_number_in_plain_text(browser: Browser) -> None:
    browser.arrive("newcomer")
    [kept] = [row.get_decoded() for row in Session.objects.all() if "provider_arrival" in row.get_decoded()]
    assert NEWCOMER not in json.dumps(kept)
    assert "Ngô" not in json.dumps(kept, ensure_ascii=False)


@pytest.mark.browser
def test_a_citizen_signs_in_links_and_signs_out_without_scripts(site: str, open_page: Opener) -> None:
    with open_page(scripts=False) as page:

        def at_the_provider() -> None:
            page.goto("/tai-khoan/login/")
            page.click("form[action='/tai-khoan/provider/'] button")
            page.fill("[name=login]", "citizen")
            page.fill("[name=password]", THERE)
            page.click("main button[type=submit]")
            page.click("button[value=grant]")

        at_the_provider()
        page.wait_for_url("**/provider/first/")
        page.click("main a[role=button]")
        page.fill("[name=login]", "citizen")
        page.fill("[name=password]", PASSWORD)
        page.click("main form[action='/tai-khoan/login/'] button")
        page.wait_for_url("**/provider/link/")
        page.click("button[value=link]")
        page.wait_for_url("**/tai-khoan/")
        page.click("header form button")
        assert page.locator("header form").count() == 0
        page.context.clear_cookies(name="motcua_idp_session")
        at_the_provider()
        page.wait_for_url(site + "/")
        assert "Trần Thị Thử" in page.inner_text("header")


@pytest.mark.browser
@pytest.mark.parametrize(("language", "width"), [("vi", 360), ("en", 1280)])
def test_the_pages_are_accessible(site: str, open_page: Opener, language: str, width: int) -> None:
    with open_page(width=width, language=language) as page:
        page.goto(f"/?lang={language}")
        page.goto("/tai-khoan/login/")
        assert_accessible(page)
        page.click("form[action='/tai-khoan/provider/'] button")
        assert_accessible(page)
        page.fill("[name=login]", "citizen2")
        page.fill("[name=password]", THERE)
        page.click("main button[type=submit]")
        assert_accessible(page)
        page.click("button[value=grant]")
        page.wait_for_url("**/provider/first/")
        assert_accessible(page)
        page.goto("/tai-khoan/provider/callback/?state=x&code=y")
        assert_accessible(page)
