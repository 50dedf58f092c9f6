"""What the documents say is done: commands are run and print what is shown, links lead somewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("packs/*.md")])
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def sessions(text: str) -> list[tuple[str, str]]:
    """(command, shown output) pairs of all console blocks, in order."""
    pairs = []
    for block in CONSOLE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            pairs.append((command.strip(), shown.strip()))
    return pairs


def matches(shown: str, printed: str) -> bool:
    """True when the output begins as shown; ``…`` stands for anything."""
    pattern = ".*?".join(re.escape(piece.strip()) for piece in shown.split("…"))
    squeeze = re.compile(r"\s+")
    return (
        re.match(
            squeeze.sub(" ", pattern.replace("\\\n", " ").replace("\\ ", " ")),
            squeeze.sub(" ", printed.strip()),
        )
        is not None
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_print_what_the_document_shows(document: Path, tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MOTCUA_", "DATABASE_URL", "DJANGO_"))}
    env |= {"MOTCUA_HOME": str(tmp_path), "PYTHONUTF8": "1"}
    for command, shown in sessions(document.read_text()):
        words = command.split()
        assert words[0] == "motcua", f"{document.name}: only motcua is run here, not {command!r}"
        done = subprocess.run(
            [sys.executable, "-m", "motcua.cli", *words[1:]],
            capture_output=True,
            text=True,
            env=env,
            cwd=ROOT,
            timeout=300,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        assert matches(shown, done.stdout), (
            f"{document.name} shows for {command!r}:\n{shown}\nprinted:\n{done.stdout}"
        )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(document: Path) -> None:
    broken = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert not broken


def test_documents_name_only_commands_that_exist() -> None:
    from motcua.cli import COMMANDS

    later = {
        "site",
        "exchange",
        "reorganise",
        "backup",
        "restore",
        "move-to",
        "simulate",
        "papi",
        "plan",
        "coverage",
    }
    named = {
        (document.name, word)
        for document in DOCUMENTS
        if document.name != "CHANGELOG.md"
        for word in re.findall(r"`motcua ([a-z][a-z-]+)", document.read_text())
    }
    assert {(d, w) for d, w in named if w not in COMMANDS} <= {(d, w) for d, w in named if w in later}


def test_a_wrong_document_would_be_noticed() -> None:
    assert matches("3 … seen", "3 birds seen")
    assert not matches("4 … seen", "3 birds seen")
