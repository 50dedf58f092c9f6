"""Sizes, the one clock, and the few words that each context says about itself."""

import re
from pathlib import Path

import pytest

from tests.support.house import PROGRAM, calls, functions, nouns, python_files

FILE_LINES = 300
CLOCK = re.compile(r"(^|\.)(now|utcnow|today|localtime|localdate)$|^time\.(time|time_ns)$")


def limit(path: Path) -> int:
    """Most lines a function of this file may have."""
    parts = path.relative_to(PROGRAM).parts
    if "rules" in parts or path.name == "rules.py":
        return 25
    if parts[0] == "web" and ("views" in parts or path.name.startswith("views")):
        return 25
    if "operations" in parts or path.name == "operations.py":
        return 30
    return 40


def test_no_file_is_long() -> None:
    long = {str(p): n for p in python_files() if (n := len(p.read_text().splitlines())) > FILE_LINES}
    assert not long, long


def test_settings_fit_in_250_lines() -> None:
    assert len((PROGRAM / "settings.py").read_text().splitlines()) <= 250


def test_no_function_is_long() -> None:
    long = [
        f"{path.relative_to(PROGRAM)}: {name} has {length} lines, {limit(path)} allowed"
        for path in python_files()
        for name, length in functions(path)
        if length > limit(path)
    ]
    assert not long, "\n".join(long)


def test_the_clock_is_read_at_the_edge_only() -> None:
    """Web, commands and the worker read it; below, time is given."""
    found = [
        f"{path.relative_to(PROGRAM)}:{line} {name}"
        for path in python_files()
        if path.relative_to(PROGRAM).parts[0] not in {"web", "cli"}
        for line, name in calls(path)
        if CLOCK.search(name)
    ]
    assert found == []


def test_models_are_not_fetched_by_name_at_the_edges() -> None:
    found = [
        f"{path.relative_to(PROGRAM)}:{line} {name}"
        for path in python_files("web/**/*.py", "cli/**/*.py", "demo/**/*.py")
        for line, name in calls(path)
        if re.search(r"get_(user_)?model$|get_models$", name)
    ]
    assert found == []


@pytest.mark.parametrize("noun", [*nouns(), "core"])
def test_every_context_introduces_itself(noun: str) -> None:
    page = PROGRAM / noun / "README.md"
    assert page.exists(), f"{noun}/README.md: owns, never does, words used here"
    assert 4 <= len(page.read_text().splitlines()) <= 25
