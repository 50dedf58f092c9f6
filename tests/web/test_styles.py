"""The style sheet: compiled from its sources, its colours legible, nothing fetched from elsewhere."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

CSS = Path("motcua/web/static/css/motcua.css")
SOURCE = Path("motcua/web/styles/motcua.scss")
OWN = Path("motcua/web/styles/_own.scss")
AGAINST_WHITE = {
    "ink": 17,
    "brand": 8.9,
    "link": 8.3,
    "good": 6.2,
    "warning": 6.3,
    "danger": 6.5,
    "muted": 6.4,
}
NODE = Path("motcua/web/styles/node_modules")


def colours(text: str) -> dict[str, str]:
    """The named colours of a source file."""
    return dict(re.findall(r"^\$(\w+): (#[0-9a-f]{6});", text, re.M))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` or ``#rgb`` (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * d for d in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_colours_of_the_identity_have_their_contrast(root: Path) -> None:
    named = colours((root / SOURCE).read_text())
    for name, least in AGAINST_WHITE.items():
        assert contrast(named[name], "#ffffff") >= least - 0.06, name
        assert contrast(named[name], named["paper"]) >= 4.5, f"{name} on paper"
    assert contrast(named["ink"], named["focus"]) >= 12
    assert contrast(named["line"], "#ffffff") >= 1.5  # lines divide; they carry no meaning


def test_every_pair_of_text_and_ground_is_legible(root: Path) -> None:
    """Each rule of our own that sets both: at least 4.5 to 1."""
    named = {f"${k}": v for k, v in colours((root / SOURCE).read_text()).items()} | {"#fff": "#ffffff"}
    pairs = set()
    for rule in re.findall(r"\{([^{}]*)", (root / OWN).read_text()):
        ground = re.search(r"(?<![-\w])background: (#[0-9a-f]{3,6}|\$\w+);", rule)
        ink = re.search(r"(?<![-\w])color: (#[0-9a-f]{3,6}|\$\w+);", rule)
        if ground and ink:
            pairs.add((named.get(ink[1], ink[1]), named.get(ground[1], ground[1])))
    assert len(pairs) >= 8
    faint = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < 4.5}
    assert not faint


def test_the_committed_sheet_is_what_its_sources_give(root: Path, tmp_path: Path) -> None:
    """Needs Node and ``npm ci`` in motcua/web/styles; running the site needs neither."""
    if shutil.which("npx") is None or not (root / NODE).is_dir():
        pytest.skip("the style sheet cannot be compiled here: npm ci in motcua/web/styles")
    made = tmp_path / "made.css"
    sass = ["npx", "sass", "--style=compressed", "--no-source-map", "--load-path=node_modules"]
    subprocess.run([*sass, SOURCE.name, made], cwd=root / SOURCE.parent, check=True, timeout=120)
    assert made.read_text() == (root / CSS).read_text()


def test_the_sheet_fetches_nothing(root: Path) -> None:
    text = (root / CSS).read_text()
    assert "url(" not in text.replace("url(data:", "")
    assert "@import" not in text
    assert "@font-face" not in text


def test_a_link_to_a_mistake_shows_the_question_too(root: Path) -> None:
    """The room above a field that is gone to is stronger than that of any other target."""
    sheet = (root / CSS).read_text()
    assert re.search(r":is\(input,\s*select,\s*textarea\):target[^{]*\{scroll-margin-top:16rem\}", sheet)


def test_a_list_to_choose_from_is_never_wider_than_its_page(root: Path) -> None:
    """Also in its error state: the least width of govuk-frontend gives way."""
    assert ".govuk-select{min-width:min(11.5em,100%)" in (root / CSS).read_text()
