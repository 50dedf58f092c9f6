"""Debian's chromium, driven by playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program() -> str | None:
    """Path of chromium, or None."""
    usual = Path("/usr/bin/chromium")
    return str(usual) if usual.exists() else shutil.which("chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running chromium; skips the test, aloud, where there is none."""
    path = program()
    if path is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def page(
    browser: Browser, base: str, *, width: int = 1280, language: str = "vi", scripts: bool = True
) -> Iterator[Page]:
    """A page in a fresh browser profile; any error thrown by a script of the page fails the test."""
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": 900},
        locale="vi-VN" if language == "vi" else "en-GB",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(10_000)
    faults: list[str] = []
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    try:
        yield context.new_page()
    finally:
        context.close()
    assert not faults, f"errors in the page's scripts: {faults}"
