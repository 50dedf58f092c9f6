"""The house as the tests see it: its nouns in their order, its files, its functions."""

import ast
import configparser
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "motcua"


def contracts() -> configparser.ConfigParser:
    """The import contracts as written down."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter")
    return parser


def ranks() -> dict[str, int]:
    """Every context's place in the order; 0 is the lowest; siblings share a place."""
    layers = contracts()["importlinter:contract:order-of-contexts"]["layers"].split("\n")
    rows = [re.findall(r"\w+", row) for row in layers if row.strip()]
    return {name: place for place, row in enumerate(reversed(rows)) for name in row}


def nouns() -> list[str]:
    """Contexts that have tables, by their folders."""
    found = {p.parent.name for p in PROGRAM.glob("*/models.py")}
    return sorted(found | {p.parent.parent.name for p in PROGRAM.glob("*/models/__init__.py")})


def python_files(*patterns: str) -> list[Path]:
    """Files of the program that match (all when no pattern is given); migrations are left out."""
    found = {p for pattern in patterns or ("**/*.py",) for p in PROGRAM.glob(pattern)}
    return sorted(p for p in found if "migrations" not in p.parts)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file and its length: the lines of its body without docstring and blank lines."""
    text = path.read_text()
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            if body:
                part = lines[body[0].lineno - 1 : node.end_lineno]
                yield node.name, sum(1 for line in part if line.strip())


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Every call in a file: line and dotted name, as far as it is plain."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)
