"""Which test shows which feature: ``features.toml`` names them, ``pytest.mark.feature`` marks the tests.

``python -m tests.support.features`` writes ``docs/features.md`` from both.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "tests" / "features.toml"
PAGE = ROOT / "docs" / "features.md"
PICTURES = ROOT / "docs" / "images" / "features"
UNION = {*(str(n) for n in range(1, 71)), *(f"N{n}" for n in range(1, 21))}
MARK = "pytest.mark.feature"
HEAD = """# Features, their tests, their screens

Written by `.venv/bin/python -m tests.support.features` from `tests/features.toml` and the marks of the tests
(`@pytest.mark.feature("33")`); a test compares. The pictures are made by
`.venv/bin/python -m pytest --pictures tests/journeys/test_feature_pictures.py` from the demo province.
"""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature that must stand; ``features.toml`` says what its parts mean."""

    number: str
    name: str
    screen: str = ""
    who: str = ""
    at: str = ""
    steps: tuple[str, ...] = ()
    no_screen: str = ""
    missing: str = ""
    later: str = ""

    @property
    def picture(self) -> Path:
        """Where its picture is kept."""
        name = self.number if self.number.startswith("N") else f"{int(self.number):02d}"
        return PICTURES / f"{name}.png"


def features() -> list[Feature]:
    """All that ``features.toml`` names, in its order."""
    return [
        Feature(**{**row, "steps": tuple(row.get("steps", ()))})
        for row in tomllib.loads(FILE.read_text("utf-8"))["feature"]
    ]


def marked(folder: Path = ROOT / "tests") -> dict[str, list[str]]:
    """Test ids by the number of the feature that they are marked with, sorted."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for name, numbers in _marks(ast.parse(path.read_text("utf-8"))):
            for number in numbers:
                found.setdefault(number, set()).add(f"{path.relative_to(folder.parent).as_posix()}::{name}")
    return {number: sorted(ids) for number, ids in found.items()}


def _marks(tree: ast.Module, outer: str = "", given: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """(test, its numbers): marks stand on the test, on its class, or on the whole file."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and "pytestmark" in {ast.unparse(t) for t in node.targets}:
            given = (*given, *_numbers(node.value))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield outer + node.name, [*given, *(n for d in node.decorator_list for n in _numbers(d))]
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            own = (*given, *(n for d in node.decorator_list for n in _numbers(d)))
            yield from _marks(ast.Module(node.body, []), f"{node.name}::", own)


def _numbers(value: ast.expr) -> list[str]:
    calls = [n for n in ast.walk(value) if isinstance(n, ast.Call) and ast.unparse(n.func) == MARK]
    return [ast.literal_eval(argument) for call in calls for argument in call.args]


def page() -> str:
    """``docs/features.md``."""
    tests = marked()
    return HEAD + "".join(_section(feature, tests.get(feature.number, [])) for feature in features())


def _section(feature: Feature, tests: list[str]) -> str:
    lines = [f"\n## {feature.number}. {feature.name}\n"]
    lines += [f"- `{test}`" for test in tests]
    if feature.picture.exists():
        lines.append(f"- screen `{feature.screen}`: ![{feature.name}]({_link(feature)})")
    elif feature.no_screen:
        lines.append(f"- no screen: {feature.no_screen}")
    if feature.missing:
        lines.append(f"- **missing:** {feature.missing}")
    if feature.later:
        lines.append(f"- later: {feature.later}")
    return "\n".join(lines) + "\n"


def _link(feature: Feature) -> str:
    return feature.picture.relative_to(PAGE.parent).as_posix()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} written\n")
