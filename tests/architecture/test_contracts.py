"""The import contracts hold, and each of them notices a bad import planted in a copy of the program."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.house import ROOT, contracts, nouns

PLANTS = {
    "Contexts depend downwards only": ("events/operations.py", "import motcua.dossiers.queries"),
    "Files inside a context depend downwards only": (
        "agencies/queries.py",
        "import motcua.agencies.operations",
    ),
    "Rules know no framework and no log": ("people/rules.py", "import motcua.places.queries"),
    "Web, commands and demo use queries and operations, not models": (
        "web/context.py",
        "import motcua.people.models",
    ),
    **{
        f"Models of {noun} are its own": (
            "catalogue/operations.py" if noun != "catalogue" else "dossiers/queries.py",
            f"import motcua.{noun}.models as _{noun}",
        )
        for noun in nouns()
    },
}


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


def test_every_contract_is_kept() -> None:
    code, words = lint(ROOT)
    assert code == 0, words
    assert "0 broken" in words


def test_every_noun_is_under_contract() -> None:
    inside = contracts()["importlinter:contract:order-inside-a-context"]["containers"].split()
    assert sorted(inside) == [f"motcua.{noun}" for noun in nouns()]
    for noun in nouns():
        assert f"importlinter:contract:private-models-{noun}" in contracts().sections()


def test_every_contract_has_a_plant() -> None:
    names = {contracts()[s]["name"] for s in contracts().sections() if ":contract:" in s}
    assert names == set(PLANTS)


def test_every_contract_notices_a_bad_import(tmp_path: Path) -> None:
    skip = shutil.ignore_patterns("__pycache__", "static", "templates", "locale", "fonts")
    shutil.copytree(ROOT / "motcua", tmp_path / "motcua", ignore=skip)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for place, line in PLANTS.values():
        path = tmp_path / "motcua" / place
        if not path.exists() and path.with_suffix("").is_dir():
            path = path.with_suffix("") / "__init__.py"
        path.write_text(f"{path.read_text() if path.exists() else ''}\n{line}\n")
    code, words = lint(tmp_path)
    assert code == 1, words
    missed = [name for name in PLANTS if f"{name} BROKEN" not in words]
    assert missed == []
