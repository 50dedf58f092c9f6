"""The manuals as pages: the files of ``docs/vi``, whose every step a test does."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from PIL import Image

PICTURES = "manuals"  # their folder among the static files
_REMARK = re.compile(r"^ *<!--.*?-->\n", re.M | re.S)  # what the test does at a step
_CLASSES = {
    "h1": "govuk-heading-l",
    "h2": "govuk-heading-m",
    "p": "govuk-body",
    "ol": "govuk-list govuk-list--number govuk-list--spaced",
    "ul": "govuk-list govuk-list--bullet",
    "a": "govuk-link",
}


@dataclass(frozen=True, slots=True)
class Manual:
    """One manual: its name in the address, its title, its parts (anchor and heading), its text as HTML."""

    name: str
    title: str
    parts: tuple[tuple[str, str], ...]
    html: str


def manuals() -> tuple[Manual, ...]:
    """All manuals by name; none where the program was installed without its documents."""
    files = sorted(settings.MANUALS.glob("*.md")) if settings.MANUALS.is_dir() else []
    return tuple(_read(file, file.stat().st_mtime_ns) for file in files if file.stem != "README")


@functools.lru_cache(maxsize=16)
def _read(file: Path, changed: int) -> Manual:
    """A manual as it stood at ``changed``; raw HTML in it is shown as text."""
    reader = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False})
    reader.add_render_rule("image", _picture)
    tokens = reader.parse(_REMARK.sub("", file.read_text("utf-8")))
    title = file.stem
    parts: list[tuple[str, str]] = []
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            words = tokens[at + 1].content
            if token.tag == "h1":
                title = words
            else:
                token.attrSet("id", f"phan-{len(parts) + 1}")
                parts.append((f"phan-{len(parts) + 1}", words))
        for one in (token, *(token.children or ())):
            _dress(one, file.parent)
        if [child.type for child in token.children or ()] == ["image"]:  # it stands by itself: no paragraph
            tokens[at - 1].hidden = tokens[at + 1].hidden = True
    body = [t for at, t in enumerate(tokens) if not _of_title(tokens, at)]
    return Manual(file.stem, title, tuple(parts), str(reader.renderer.render(body, reader.options, {})))


def _of_title(tokens: list[Token], at: int) -> bool:
    """True for the three tokens of the first heading, which the page shows by itself."""
    before = tokens[at - 1] if at else tokens[at]
    return tokens[at].tag == "h1" or (before.type == "heading_open" and before.tag == "h1")


def _picture(self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    """A picture behind its name: on a slow line only what one opens is loaded."""
    shown = RendererHTML.image(self, tokens, at, options, env)
    return f'<details class="mc-details"><summary>{escape(tokens[at].content)}</summary>{shown}</details>'


def _dress(token: Token, folder: Path) -> None:
    """Give an element its class; a picture its address, its size, and leave to load late."""
    if token.type == "image":
        source = folder / str(token.attrs["src"])
        token.attrSet("src", static(f"{PICTURES}/{source.name}"))
        for name, value in {**_size(source), "loading": "lazy", "class": "mc-picture"}.items():
            token.attrSet(name, str(value))
    elif token.nesting == 1 and token.tag in _CLASSES:
        token.attrSet("class", _CLASSES[token.tag])


def _size(picture: Path) -> dict[str, int]:
    """Width and height in pixels, so that the text does not jump; nothing where the picture is absent."""
    if not picture.is_file():
        return {}
    with Image.open(picture) as found:
        return dict(zip(("width", "height"), found.size, strict=True))
