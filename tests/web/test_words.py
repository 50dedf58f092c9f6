"""The Vietnamese catalogue: every text of every page is in it, translated, and compiled."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "motcua" / "locale" / "vi" / "LC_MESSAGES"
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "npgettext"}
PLACES = re.compile(r"%\([a-z0-9_]+\)[sd]|%%")


def catalogue() -> dict[str, tuple[str, bool]]:
    """Source text → (translation, fuzzy) of the .po file."""
    entries: dict[str, tuple[str, bool]] = {}
    for block in (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n"):
        texts: dict[str, str] = {}
        name = ""
        for line in block.splitlines():
            if found := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                name = found[1]
                texts[name] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                texts[name] += ast.literal_eval(line)
        if texts.get("msgid"):
            translation = texts.get("msgstr", texts.get("msgstr[0]", ""))
            entries[texts["msgid"]] = (translation, "\n#, fuzzy" in "\n" + block)
    return entries


def texts_of_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def texts_of_template(source: str) -> Iterator[str]:
    for found in re.finditer(r"gettext\(u?(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", templatize(source)):
        yield ast.literal_eval(found[1])
    for found in re.finditer(r'_\("((?:[^"\\]|\\.)*)"\)', source):
        yield found[1]


def texts_of_pages() -> set[str]:
    """Every text that a page shows through gettext."""
    texts: set[str] = set()
    for path in (ROOT / "motcua").rglob("*.py"):
        texts |= set(texts_of_python(path.read_text(encoding="utf-8")))
    for kind in ("*.html", "*.txt"):
        for path in (ROOT / "motcua" / "web").rglob(kind):
            texts |= set(texts_of_template(path.read_text(encoding="utf-8")))
    return texts


@pytest.mark.feature("66")
def test_every_text_is_translated() -> None:
    known = catalogue()
    assert len(known) > 300
    missing = sorted(text for text in texts_of_pages() if not known.get(text, ("", False))[0])
    assert not missing, "without Vietnamese: run makemessages, translate, compile (templates/README.md)"


def test_nothing_is_fuzzy_or_left_over() -> None:
    known = catalogue()
    assert not [text for text, (_translation, fuzzy) in known.items() if fuzzy]
    assert not sorted(set(known) - texts_of_pages()), "in the catalogue, but on no page"


def test_places_in_a_text_are_kept() -> None:
    for text, (translation, _fuzzy) in catalogue().items():
        assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(translation)), text


def test_the_compiled_catalogue_is_that_one() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for text, (translation, _fuzzy) in catalogue().items():
        assert translation in {compiled.gettext(text), compiled.ngettext(text, text, 2)}, text


def test_the_providers_name_is_in_the_language_of_the_page(settings: Any) -> None:
    from motcua.web.words import provider_name

    settings.OIDC_NAME = "Nhà cung cấp mẫu | the sample provider"
    with override("vi"):
        assert provider_name() == "Nhà cung cấp mẫu"
    with override("en"):
        assert provider_name() == "the sample provider"
        settings.OIDC_NAME = "VNeID"
        assert provider_name() == "VNeID"
