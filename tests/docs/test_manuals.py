"""The manuals (docs/vi): every step is done in a real browser, and makes the pictures.

A numbered step is followed by a comment ``<!-- do: … -->`` with what is done, parted by semicolons:
``as WHO``, ``open ADDRESS``, ``fill "label" "text"``, ``choose "option" [nth]``,
``pick "label" "option"``, ``press "words" [nth|button]`` (``button``: not the heading of a folded part),
``see "words"``, ``picture NAME``. Words in bold must be on a page of the step.
"""

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PIL import Image

from tests.conftest import STATE
from tests.support import demosite
from tests.support.demosite import DemoSite
from tests.support.house import ROOT

pytestmark = pytest.mark.browser
FOLDER = ROOT / "docs/vi"
MANUALS = {
    "nguoi-dan.md": 400,
    "can-bo.md": 1100,
    "lanh-dao.md": 1100,
}  # width of the window: a telephone, a desk
MOST_BYTES = 60 * 1024
STEP = re.compile(r"^\d+\. (?P<text>.*?)\n +<!-- do: (?P<do>.*?) -->\n", re.M | re.S)
ACTION = re.compile(r"^(?P<verb>\w+)(?P<rest>.*)$", re.S)
QUOTED = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, and what is done."""

    text: str
    actions: tuple[str, ...]

    @property
    def bold(self) -> list[str]:
        """The words that stand on the screen."""
        return re.findall(r"\*\*([^*]+)\*\*", " ".join(self.text.split()))


def steps(name: str) -> list[Step]:
    text = (FOLDER / name).read_text("utf-8")
    found = [
        Step(m["text"], tuple(part.strip() for part in " ".join(m["do"].split()).split("; ")))
        for m in STEP.finditer(text)
    ]
    numbered = len(re.findall(r"^\d+\. ", text, re.M))
    assert len(found) == numbered, f"{name}: {numbered - len(found)} steps without what is done"
    return found


@dataclass(slots=True)
class Reader:
    """Somebody who follows a manual word by word."""

    site: DemoSite
    browser: Any
    width: int
    places: dict[str, str]
    pictures: dict[str, bytes] = field(default_factory=dict)
    seen: str = ""  # all that was on the pages of the step
    context: Any = None
    page: Any = None

    def become(self, who: str) -> None:
        if self.context:
            self.context.close()
        self.context = self.browser.new_context(
            base_url=self.site.address, viewport={"width": self.width, "height": 760}, locale="vi"
        )
        self.context.set_default_timeout(10_000)
        if who != "nobody":
            cookies = self.site.client(who).cookies.items()
            self.context.add_cookies([{"name": n, "value": v, "url": self.site.address} for n, v in cookies])
        self.page = self.context.new_page()

    def follow(self, step: Step) -> None:
        self.seen = ""
        if self.page is None:
            self.become("nobody")
        for action in step.actions:
            self.look()
            try:
                self.do(action)
            except Exception as error:
                raise AssertionError(f"{action} ({self.page.url}): {error}") from error
        self.look()
        missing = [words for words in step.bold if words not in self.seen]
        assert not missing, f"not on the screen: {missing} ({self.page.url}): {step.text}"

    def look(self) -> None:
        """Take in the words of the page: what is written, and what folded parts hold."""
        if self.page.url != "about:blank":
            self.seen += " ".join(self.page.evaluate("document.body.textContent").split()) + " "

    def do(self, action: str) -> None:
        match = ACTION.match(action)
        assert match, action
        words = [text.format_map(self.places) for text in QUOTED.findall(match["rest"])]
        rest = QUOTED.sub("", match["rest"]).strip().format_map(self.places)
        getattr(self, f"do_{match['verb']}")(*words, *([rest] if rest else []))

    def do_as(self, who: str) -> None:
        self.become(who)

    def do_open(self, address: str) -> None:
        assert self.page.goto(address).status in {200, 404}, address

    def do_fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)

    def do_pick(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).first.select_option(label=option)

    def do_choose(self, option: str, nth: str = "1") -> None:
        places = self.page.locator("label").filter(has_text=option)
        exact = self.page.locator("label").filter(has_text=re.compile(rf"^\s*{re.escape(option)}\s*$"))
        (exact if exact.count() else places).nth(int(nth) - 1).click()

    def do_press(self, words: str, which: str = "1") -> None:
        beginning = re.compile(rf"^\s*{re.escape(words)}")
        folded = self.page.locator("summary:visible").filter(has_text=beginning)
        button = self.page.locator("button:visible, a[role=button]:visible").filter(has_text=beginning)
        kinds = [button] if which == "button" else [folded, button]
        for exact in (True, False):
            for found in (*kinds, self.page.get_by_role("link", name=words, exact=exact)):
                if found.count():
                    (found.last if which == "button" else found.nth(int(which) - 1)).click()
                    self.page.wait_for_load_state()
                    return
        raise AssertionError(f"nothing to press: {words!r} on {self.page.url}")

    def do_see(self, words: str) -> None:
        text = " ".join(self.page.evaluate("document.body.textContent").split())
        assert words in text, f"not on {self.page.url}: {words!r}"

    def do_picture(self, name: str) -> None:
        self.pictures[name] = small(self.page.screenshot())


def small(picture: bytes) -> bytes:
    """The picture with as many colours as fit."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (64, 32, 16, 8):
        out = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= MOST_BYTES:
            break
    return out.getvalue()


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[tuple[DemoSite, dict[str, str]]]:
    """The demo site as a process of its own, with dossiers in every state."""
    folder = tmp_path_factory.mktemp("manuals")
    cluster, settings = pytestconfig.stash[STATE]["cluster"], {}
    if cluster is not None:
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE manuals")
        settings = {"DATABASE_URL": cluster.url.rsplit("/", 1)[0] + "/manuals"}
    with demosite.running(folder / "home", **settings) as made:
        scene = made.python("tests.support.scene")
        made.codes.update(scene["codes"])
        places = {k: v for k, v in scene.items() if isinstance(v, str)}
        yield made, {**places, "password": made.password}
    shutil.rmtree(folder, ignore_errors=True)


def test_every_step_of_the_manuals_works_as_written(
    site: tuple[DemoSite, dict[str, str]], chromium: Any, pytestconfig: pytest.Config
) -> None:
    made, places = site
    taken: dict[str, bytes] = {}
    for name, width in MANUALS.items():
        reader = Reader(made, chromium, width, places)
        for step in steps(name):
            reader.follow(step)
        reader.context.close()
        assert not taken.keys() & reader.pictures.keys()
        taken |= reader.pictures
    if pytestconfig.getoption("--pictures"):
        for old in (FOLDER / "pictures").glob("*.png"):
            old.unlink()
        for picture, content in taken.items():
            (FOLDER / f"pictures/{picture}.png").write_bytes(content)
    kept = {file.stem for file in (FOLDER / "pictures").glob("*.png")}
    assert kept == set(taken)


def test_every_picture_is_shown_where_it_was_taken() -> None:
    for name in MANUALS:
        text = (FOLDER / name).read_text("utf-8")
        shown = re.findall(r"!\[[^\]]+\]\(pictures/([\w-]+)\.png\)", text)
        taken = re.findall(r"\bpicture ([\w-]+)", text)
        assert sorted(shown) == sorted(taken), name
    for file in (FOLDER / "pictures").glob("*.png"):
        assert file.stat().st_size <= MOST_BYTES, file


def test_a_step_without_an_action_or_with_other_words_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.docs.test_manuals.FOLDER", tmp_path)
    (tmp_path / "x.md").write_text("1. Bấm **Nộp**.\n\n2. Xong.\n   <!-- do: open / -->\n")
    with pytest.raises(AssertionError, match="1 steps without"):
        steps("x.md")
