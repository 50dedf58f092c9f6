"""Headers, cookies and language: what every page carries."""

import re
from typing import Any

import pytest
from django.test import Client, RequestFactory

from motcua.web.middleware import network_address

PAGES = [
    "/",
    "/thu-tuc/",
    "/tra-cuu/",
    "/tro-giup/",
    "/tiep-can/",
    "/rieng-tu/",
    "/tai-khoan/login/",
    "/nowhere/",
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PAGES)
def test_a_page_keeps_to_itself(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_holds_no_script_no_style_no_other_origin(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    inline = re.findall(r"<script(?![^>]* src=\"/static/)(?![^>]* type=\"application/json\")[^>]*>", page)
    assert (
        not inline
    )  # signing in by passkey loads files of our own, and data; nothing that stands in the page runs
    assert "<script" not in page or "/login/" in path
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "//" not in page.replace("<!doctype", "").replace("http://testserver", "")


@pytest.mark.parametrize("path", ["/", "/thu-tuc/", "/tai-khoan/login/"])
def test_a_page_is_small_when_compressed(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) <= 14 * 1024


def test_vietnamese_is_first_whatever_the_browser_says(client: Client) -> None:
    answer = client.get("/tro-giup/", headers={"Accept-Language": "en"})
    assert b'<html lang="vi"' in answer.content
    assert answer.headers["Content-Language"] == "vi"


@pytest.mark.feature("66")
def test_the_language_link_sets_a_cookie_and_leads_back(client: Client) -> None:
    answer = client.get("/thu-tuc/?q=k%E1%BA%BFt&lang=en")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "?q=k%E1%BA%BFt"
    assert answer.cookies["motcua_language"]["httponly"]
    page = client.get("/tro-giup/")
    assert b'<html lang="en"' in page.content
    client.get("/?lang=xx")
    assert b'<html lang="en"' in client.get("/").content
    client.get("/?lang=vi")
    assert b'<html lang="vi"' in client.get("/").content


@pytest.mark.parametrize(
    "path", ["//elsewhere.example", "//elsewhere.example/x/", "/\\elsewhere.example", "/%2f/x"]
)
def test_the_language_link_never_leads_elsewhere(client: Client, path: str) -> None:
    place = client.get(f"{path}?lang=en").headers.get("Location", ".")
    assert "://" not in place
    assert not place.startswith(("//", "/\\"))


def test_a_spoilt_language_cookie_is_passed_over(client: Client) -> None:
    client.cookies["motcua_language"] = "../../etc"
    assert b'<html lang="vi"' in client.get("/").content


@pytest.mark.parametrize(
    ("proxies", "chain", "seen"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9", "198.51.100.1"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_named_proxies_are_believed(settings: Any, proxies: int, chain: str, seen: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": chain})
    assert network_address(request) == seen


def test_robots_stay_away_from_persons(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    for place in ("/ho-so/", "/tra-cuu/", "/verify/", "/mot-cua/", "/tai-khoan/"):
        assert f"Disallow: {place}\n" in text
    assert "Disallow: /thu-tuc/" not in text


@pytest.mark.feature("61")
def test_machines_see_whether_the_site_lives(client: Client) -> None:
    assert client.get("/livez").content == b"ok\n"
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"]["database"] == "ok"
    assert set(ready.json()["readers"].values()) <= {0}
    metrics = client.get("/metrics").content
    assert b"python_info" in metrics
    for reader in ready.json()["readers"]:
        assert f'motcua_reader_behind_events{{reader="{reader}"}} 0.0'.encode() in metrics


@pytest.mark.feature("61")
def test_a_site_without_its_tables_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    from motcua.events import queries

    def gone() -> int:
        raise OperationalError("planted")

    monkeypatch.setattr(queries, "last_event_id", gone)
    assert client.get("/readyz").status_code == 503
    assert client.get("/metrics").status_code == client.get("/livez").status_code == 200
