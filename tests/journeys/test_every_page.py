"""Every page of the inventory on the real server: valid HTML, accessible, light, and fitting a phone."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.conftest import STATE
from tests.support import demosite, inventory, vnu
from tests.support.axe import violations
from tests.support.demosite import DemoSite
from tests.support.inventory import Page

pytestmark = [pytest.mark.browser]
PHONE_AT_400 = 320  # CSS pixels of a 1280 px screen enlarged to 400 % (WCAG 2.2, 1.4.10)
# what the checker says of every numeric field, and is no fault: all browsers in use know the attribute
KNOWN = ("The “inputmode” attribute is not supported in all browsers",)
# no transfer of these may be larger, in bytes over the wire
FIRST_RESPONSE, FIRST_VISIT, NEXT_VISIT, SCRIPTS = 14 * 1024, 40 * 1024, 10 * 1024, 15 * 1024


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[tuple[DemoSite, list[Page]]]:
    """The demo site served by its own process, with a scene for every page, and the pages."""
    folder = tmp_path_factory.mktemp("demo")
    with demosite.running(folder / "home", **database(pytestconfig)) as made:
        scene = made.python("tests.support.scene")
        made.codes.update(scene["codes"])
        yield made, list(inventory.pages(scene))
    shutil.rmtree(folder, ignore_errors=True)


def database(config: pytest.Config) -> dict[str, str]:
    """With ``--postgres`` a database of its own in the run's cluster; else SQLite in the site's home."""
    cluster = config.stash[STATE]["cluster"]
    if cluster is None:
        return {}
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE every_page")
    return {"DATABASE_URL": cluster.url.rsplit("/", 1)[0] + "/every_page"}


def made_pages(language: str) -> dict[str, str]:
    """The error pages that a healthy site does not show, rendered from their templates."""
    words = {"cause": "Hồ sơ đã được tiếp nhận.", "next_step": "Tải lại trang.", "code": "x"}
    request = RequestFactory().get("/")
    request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
    with translation.override(language):
        return {
            name: render_to_string("429.html" if name == "429" else f"errors/{name}.html", words, request)
            for name in inventory.MADE
        }


def check_answer(page: Page, answer: httpx.Response) -> str:
    assert answer.status_code == page.status, (page, answer.status_code, answer.headers.get("Location"))
    return answer.text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_answers_and_its_html_is_valid(
    site: tuple[DemoSite, list[Page]], language: str, tmp_path: Path
) -> None:
    made, pages = site
    texts = {page.name: check_answer(page, made.open(page, language)) for page in pages}
    texts |= made_pages(language)
    for name, text in texts.items():
        assert f'<html lang="{language}"' in text, name
        assert not re.search(r" style=|<style", text), name
    found = [fault for fault in vnu.faults(texts, tmp_path) if not any(known in fault for known in KNOWN)]
    assert not found, "\n".join(found)


def test_the_html_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    found = vnu.faults(
        {"bad": "<!doctype html><html lang=vi><title>x</title><p id=a><p id=a><img src=x>"}, tmp_path
    )
    assert any("Duplicate ID" in fault for fault in found), found
    assert any("alt" in fault for fault in found), found


@pytest.mark.parametrize(
    ("language", "width", "all_forms"), [("vi", PHONE_AT_400, True), ("en", 1280, False)]
)
def test_every_page_is_accessible_and_fits(
    site: tuple[DemoSite, list[Page]], chromium: Any, language: str, width: int, all_forms: bool
) -> None:
    made, pages = site
    found: list[str] = []
    context = chromium.new_context(base_url=made.address, viewport={"width": width, "height": 800})
    context.set_default_timeout(30_000)
    try:
        for page in pages:
            if all_forms or (not page.name.startswith("form-1") and not page.name.startswith("form-2")):
                found += looked_at(context, made, page, language, width)
        for name, text in made_pages(language).items():
            found += faults_of(context, f"{made.address}/made/{name}", text, name, width)
    finally:
        context.close()
    assert not found, "\n".join(found)


def looked_at(context: Any, made: DemoSite, page: Page, language: str, width: int) -> list[str]:
    """The faults of one page; a page that answers a form is shown as the server answered it."""
    answer = made.open(page, language)
    cookies = made.client(page.who, language).cookies.items()
    context.clear_cookies()
    context.add_cookies([{"name": n, "value": v, "url": made.address} for n, v in cookies])
    text = None if page.data is None else answer.text
    return faults_of(context, made.address + page.address, text, page.name, width)


def faults_of(context: Any, address: str, text: str | None, name: str, width: int) -> list[str]:
    shown = context.new_page()
    if text is not None:
        shown.route(address, lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=text))
    try:
        shown.goto(address)
        found = [f"{name}: {line}" for line in violations(shown)]
        wide = shown.evaluate("document.documentElement.scrollWidth")
        return found + ([f"{name}: {wide} px wide in a window of {width}"] if wide > width else [])
    finally:
        shown.close()


def wire(answer: httpx.Response) -> int:
    """Bytes that came over the wire: the compressed body and the head."""
    head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
    return answer.num_bytes_downloaded + head


def test_pages_are_light_over_the_wire(site: tuple[DemoSite, list[Page]]) -> None:
    """As a browser fetches them, gzip and all: first response, first visit, next page, scripts."""
    made, pages = site
    heavy = []
    for page in pages:
        answer = made.open(page)
        assert answer.headers["Content-Encoding"] == "gzip", page
        parts = {part: fetched(made, part) for part in assets(answer.text)}
        scripts = sum(size for part, size in parts.items() if part.endswith(".js"))
        whole, own = wire(answer) + sum(parts.values()), wire(answer)
        if own > FIRST_RESPONSE:
            heavy.append(f"{page.name}: first response {own}")
        if (
            page.who in {"", "citizen", "citizen2", "helper", "business"}
            and not page.name.startswith("figure")
            and (whole > FIRST_VISIT or own > NEXT_VISIT or scripts > SCRIPTS)
        ):
            heavy.append(f"{page.name}: first visit {whole}, next {own}, scripts {scripts}")
    assert not heavy, "\n".join(heavy)


def assets(text: str) -> set[str]:
    """What a page loads; nothing from another origin, every name hashed. Folded pictures load when opened."""
    text = re.sub(r'<details[^>]*><summary>[^<]*</summary><img [^>]*loading="lazy"[^>]*></details>', "", text)
    found = set(re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', text))
    found = {part for part in found if not part.startswith("data:")}
    assert all(re.fullmatch(r"/static/[\w/.-]+\.[0-9a-f]{12}\.\w+(\.\w+)?", part) for part in found), found
    return found


WEIGHED: dict[str, int] = {}


def fetched(made: DemoSite, part: str) -> int:
    """Size of an asset on its first fetch; it is kept for ever, so the next page does not ask for it."""
    if part not in WEIGHED:
        answer = httpx.get(made.address + part)
        assert answer.status_code == 200, part
        assert "immutable" in answer.headers["Cache-Control"], part
        assert "font" not in answer.headers["Content-Type"]
        WEIGHED[part] = wire(answer)
    return WEIGHED[part]


def test_citizens_get_no_script_library(site: tuple[DemoSite, list[Page]]) -> None:
    made, pages = site
    for page in pages:
        text = made.open(page).text
        if page.name.startswith(("desk", "figure")):
            continue
        assert "htmx" not in re.sub(r"data-hx", "", text), page
