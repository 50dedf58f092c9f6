"""Each feature with a screen is looked at in the demo; ``pytest --pictures`` keeps the pictures."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from motcua.demo import operations as demo
from motcua.events.operations import run_readers
from tests.support.axe import sign_in
from tests.support.features import Feature, features

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., AbstractContextManager[Any]]
WIDTH = 720
MOST_BYTES = 60 * 1024
SCREENS = [feature for feature in features() if feature.screen]


def do(page: Any, step: str) -> None:
    """``click SELECTOR``, ``check SELECTOR`` or ``fill SELECTOR = text``."""
    verb, _, rest = step.partition(" ")
    if verb == "fill":
        selector, _, text = rest.rpartition(" = ")
        page.fill(selector, text)
    else:
        {"click": page.click, "check": page.check}[verb](rest)
        page.wait_for_load_state()


def small(picture: bytes) -> bytes:
    """The picture with as many colours as fit in 60 KB."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (64, 32, 16, 8):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


def shown(page: Any, feature: Feature) -> bytes:
    """The screen of a feature, as bytes of a PNG."""
    page.goto(feature.screen)
    for step in feature.steps:
        do(page, step)
    place = page.locator(feature.at or "main h1").first
    place.wait_for()  # a form that was sent may still be on its way
    assert place.is_visible(), f"{feature.number}: {page.url} shows nothing at {feature.at or 'h1'}"
    if feature.at:
        place.scroll_into_view_if_needed()
        place.evaluate("element => window.scrollTo(0, element.getBoundingClientRect().top + scrollY - 60)")
    made: bytes = page.screenshot()
    return made


def test_every_screen_is_there(open_page: Open, settings: Any, tmp_path: Path, pytestconfig: Any) -> None:
    settings.HOME = tmp_path
    password = demo.create(now=timezone.now()).password
    run_readers(now=timezone.now())
    for who in sorted({feature.who for feature in SCREENS}):
        with open_page(width=WIDTH, scripts=False) as page:
            page.set_viewport_size({"width": WIDTH, "height": 640})
            if who:
                sign_in(page, who, password)
            for feature in (f for f in SCREENS if f.who == who):
                page.context.clear_cookies(name="motcua_language")
                made = shown(page, feature)
                if pytestconfig.getoption("--pictures"):
                    feature.picture.parent.mkdir(parents=True, exist_ok=True)
                    feature.picture.write_bytes(small(made))
