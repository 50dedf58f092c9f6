"""Every environment variable is read in one place and explained to operators."""

import re

from tests.support.house import PROGRAM, ROOT, python_files

NAME = re.compile(r"\b(?:MOTCUA_[A-Z0-9_]+|DATABASE_URL)\b")
READERS = {"settings.py", "core/keys.py"}
STARTERS = {
    "cli/__init__.py",
    "cli/packs.py",
    "cli/provider.py",
    "cli/run.py",
    "web/idp/wsgi.py",
    "wsgi.py",
}  # hand the environment on, read nothing


def read_in_settings() -> set[str]:
    text = (PROGRAM / "settings.py").read_text()
    names = set(re.findall(r'_(?:env|flag|pairs)\("([A-Z0-9_]+)"', text))
    return names | {f"MOTCUA_KEY_{key}" for key in ("SESSION", "PERSONAL", "INDEX", "SEAL")}


def test_every_variable_is_documented() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z0-9_]+)`", page, re.MULTILINE))
    assert read_in_settings() == documented


def test_every_variable_is_explained_where_it_is_read() -> None:
    text = (PROGRAM / "settings.py").read_text()
    explained = set(re.findall(r"^\s*# ([A-Z0-9_]+):", text, re.MULTILINE))
    assert {n for n in read_in_settings() if not n.startswith("MOTCUA_KEY_")} <= explained


def test_the_environment_is_read_in_the_settings_only() -> None:
    found = {
        str(path.relative_to(PROGRAM))
        for path in python_files()
        if re.search(r"os\.(environ|getenv)", path.read_text())
    }
    assert found <= READERS | STARTERS
