"""``motcua doctor`` names faults with the way out; bad use of commands never ends in a traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.house import ROOT
from tests.support.processes import environment


def motcua(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "motcua.cli", *arguments],
        cwd=ROOT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    done = motcua(folder, "migrate")
    assert done.returncode == 0, done.stderr
    return folder


def test_a_new_home_lacks_its_tables(tmp_path: Path) -> None:
    answer = motcua(tmp_path / "new", "doctor")
    assert answer.returncode == 1
    assert "migrations are not applied" in answer.stdout
    assert "motcua migrate" in answer.stdout


def test_a_migrated_home_is_well(home: Path) -> None:
    answer = motcua(home, "doctor")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "no faults" in answer.stdout
    assert motcua(home, "migrate", "--check").returncode == 0


def test_keys_open_to_others_are_a_fault(home: Path) -> None:
    key = home / "keys" / "personal"
    key.chmod(0o644)
    try:
        answer = motcua(home, "doctor")
    finally:
        key.chmod(0o600)
    assert answer.returncode == 1
    assert "readable by others: personal" in answer.stdout


def test_a_demo_signature_without_trial_mark_is_a_fault(home: Path) -> None:
    answer = motcua(home, "doctor", MOTCUA_TRUSTED_CERTIFICATE="1")
    assert answer.returncode == 1
    assert "MOTCUA_SIGNING_P12" in answer.stdout


def test_an_unreachable_database_is_named(home: Path) -> None:
    answer = motcua(home, "doctor", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert answer.returncode == 1
    assert "DATABASE_URL" in answer.stdout
    assert "Traceback" not in answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["token", "nobody-of-that-name"], 1),
        (["import", "procedures", "/no/such/file.jsonl"], None),
        (["import", "units", "/no/such/file.csv"], None),
        (["pack", "check", "/no/such/folder"], None),
        (["rates", "--from", "yesterday", "--to", "2026-01-01"], 2),
        (["no-such-command"], 2),
    ],
)
def test_bad_input_is_answered_in_words(home: Path, arguments: list[str], code: int | None) -> None:
    answer = motcua(home, *arguments)
    assert answer.returncode in ({1, 2} if code is None else {code}), answer.stderr
    assert answer.stderr.strip()
    assert "Traceback" not in answer.stderr
