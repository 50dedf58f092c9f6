"""Sign-in: in words, never to another site, never a way to lock others out."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db
Maker = Callable[..., int]
PASSWORD = "a long enough secret"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> int:
    address = more.pop("address", "192.0.2.1")
    data = {"login": username, "password": password, **more}
    return client.post("/tai-khoan/login/", data, REMOTE_ADDR=address).status_code


def test_sign_in_and_out(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    assert sign_in(client, "hoa") == 302
    page = client.get("/").content.decode()
    assert "Người Thử hoa" in page
    assert "/ho-so/" in page
    assert client.get("/tai-khoan/").status_code == 200
    assert client.post("/tai-khoan/logout/").status_code == 302
    assert "Người Thử hoa" not in client.get("/").content.decode()


def test_a_person_has_no_desk(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    sign_in(client, "hoa")
    assert 'href="/mot-cua/"' not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:1"]
)
def test_signing_in_never_leads_elsewhere(client: Client, make_user: Maker, place: str) -> None:
    make_user("hoa")
    answer = client.post("/tai-khoan/login/", {"login": "hoa", "password": PASSWORD, "next": place})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_next_is_kept(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    page = client.get("/tai-khoan/?x=1")
    assert page.headers["Location"] == "/tai-khoan/login/?next=/tai-khoan/%3Fx%3D1"
    form = client.get(page.headers["Location"]).content.decode()
    assert 'name="next"' in form
    answer = client.post(
        "/tai-khoan/login/", {"login": "hoa", "password": PASSWORD, "next": "/tai-khoan/?x=1"}
    )
    assert answer.headers["Location"] == "/tai-khoan/?x=1"


def test_wrong_password_and_unknown_name_get_one_answer(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    client.cookies["motcua_language"] = "en"
    pages = []
    for name in ("hoa", "nobody"):
        answer = client.post("/tai-khoan/login/", {"login": name, "password": "wrong"})
        assert answer.status_code == 200
        pages.append(answer.content.decode())
    for page in pages:
        assert "<title>Error: " in page
        assert "The user name or the password is wrong" in page


def test_guessing_stops_but_locks_nobody_else_out(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    make_user("lan")
    for _try in range(5):
        sign_in(client, "hoa", "wrong")
    assert sign_in(client, "hoa") == 200, "this name from this address has to wait"
    assert sign_in(Client(), "lan") == 302, "another name from the same address does not"
    assert sign_in(Client(), "hoa", address="192.0.2.9") == 302, "the person herself, elsewhere, does not"


def test_a_name_under_attack_keeps_its_known_devices(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    assert sign_in(client, "hoa") == 302
    client.post("/tai-khoan/logout/")
    for n in range(30):
        sign_in(Client(), "hoa", "wrong", address=f"198.51.100.{n}")
        sign_in(Client(), "hoa", "wrong", address="192.0.2.1")
    assert sign_in(client, "hoa") == 302, "her own telephone is known, whatever others do from its address"


def test_a_name_under_attack_lets_its_owner_in_from_a_new_place(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    for n in range(30):
        sign_in(Client(), "hoa", "wrong", address=f"198.51.100.{n}")
    assert sign_in(client, "hoa", address="192.0.2.7") == 302


def test_a_name_under_attack_gives_strangers_one_guess_each(make_user: Maker) -> None:
    make_user("hoa")
    for n in range(30):
        sign_in(Client(), "hoa", "wrong", address=f"198.51.100.{n}")
    sign_in(Client(), "hoa", "wrong", address="192.0.2.8")
    assert sign_in(Client(), "hoa", address="192.0.2.8") == 200, "the second guess has to wait"


def test_one_address_cannot_try_every_name(make_user: Maker) -> None:
    make_user("hoa")
    for n in range(60):
        sign_in(Client(), f"name{n}", "wrong")
    assert sign_in(Client(), "hoa") == 200, "too many failures from there"
    assert sign_in(Client(), "hoa", address="192.0.2.2") == 302


def test_a_forged_device_is_a_stranger(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    make_user("lan")
    sign_in(client, "lan")
    client.post("/tai-khoan/logout/")
    for _try in range(5):
        sign_in(client, "hoa", "wrong")
    assert sign_in(client, "hoa") == 200, "known for lan is not known for hoa"
    client.cookies["motcua_known"] = client.cookies["motcua_known"].value + "x"
    assert sign_in(client, "hoa") == 200


@pytest.mark.parametrize("tries", [1, 6])
def test_an_unknown_name_is_answered_like_a_known_one(make_user: Maker, tries: int) -> None:
    make_user("qqxz1")
    pages = []
    for name in ("qqxz1", "qqxz2"):
        browser = Client()
        for _try in range(tries):
            answer = browser.post("/tai-khoan/login/", {"login": name, "password": "wrong"})
        pages.append(re.sub(r'value="[^"]*"', "", answer.content.decode()).replace(name, "?"))
    assert pages[0] == pages[1]


def test_nobody_opens_an_account(client: Client) -> None:
    client.cookies["motcua_language"] = "en"
    assert b"Accounts are given" in client.get("/tai-khoan/signup/").content
    data = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    assert b"Accounts are given" in client.post("/tai-khoan/signup/", data).content


def test_the_password_is_changed(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    sign_in(client, "hoa")
    short = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert "govuk-error-message" in client.post("/tai-khoan/password/change/", short).content.decode()
    new = "another quite long secret"
    good = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/tai-khoan/password/change/", good).status_code == 302
    assert sign_in(Client(), "hoa") == 200
    assert sign_in(Client(), "hoa", new) == 302


def test_the_second_step_asks_for_the_password_again(client: Client, make_user: Maker) -> None:
    make_user("hoa")
    sign_in(client, "hoa")
    assert b"/tai-khoan/2fa/totp/activate/" in client.get("/tai-khoan/2fa/").content
    asked = client.get("/tai-khoan/2fa/totp/activate/", follow=True)
    assert asked.request["PATH_INFO"] == "/tai-khoan/reauthenticate/"
    place = {"next": "/tai-khoan/2fa/totp/activate/"}
    wrong = client.post("/tai-khoan/reauthenticate/", {"password": "wrong", **place})
    assert b"govuk-error-summary" in wrong.content
    shown = client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD, **place}, follow=True)
    assert b"data:image/svg+xml" in shown.content


@pytest.mark.parametrize("path", ["password/reset/", "email/", "confirm-email/", "social/login/"])
def test_pages_that_this_site_does_not_open(client: Client, path: str) -> None:
    assert client.get(f"/tai-khoan/{path}").status_code == 404


def test_the_demo_is_announced_without_its_password(client: Client, settings: Any) -> None:
    file = Path(settings.HOME) / "demo.json"
    file.write_text('{"password": "shown nowhere", "accounts": []}', encoding="utf-8")
    try:
        page = client.get("/tai-khoan/login/").content.decode()
    finally:
        file.unlink()
    assert "specialist" in page
    assert "shown nowhere" not in page
    assert "specialist" not in client.get("/tai-khoan/login/").content.decode()
