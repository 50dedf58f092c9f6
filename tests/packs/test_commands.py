"""``motcua pack``: what a designer sees, and the whole life in a scratch database."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "packs/vn/marriage-status"


def motcua(*arguments: str) -> subprocess.CompletedProcess[str]:
    ours = [sys.executable, "-m", "motcua.cli", *arguments]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(ours, env=environ, capture_output=True, text=True, check=False, cwd=ROOT)


def test_check_says_that_the_pack_is_sound_and_covered() -> None:
    done = motcua("pack", "check", str(FOLDER), "--coverage")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "reach all of" in done.stdout


def test_check_names_a_fault_without_a_traceback(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(FOLDER, broken)
    form = broken / "form.toml"
    form.write_text(form.read_text().replace("answers.relation != 'self'", "answers.relaton != 'self'"))
    done = motcua("pack", "check", str(broken))
    assert done.returncode == 1
    assert "answers.relaton" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_misuse_is_told() -> None:
    assert motcua("pack", "check").returncode == 2
    assert motcua("pack", "check", "/nowhere/at/all").returncode == 2


def test_every_example_lives_through_the_whole_life_of_a_dossier() -> None:
    folders = sorted(FOLDER.parent.iterdir())
    done = motcua("pack", "play", *map(str, folders))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("as expected") == len(list(FOLDER.parent.glob("*/examples/*.toml")))


def test_a_wrong_expectation_is_found_by_playing(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    shutil.copytree(FOLDER, wrong)
    for file in sorted((wrong / "examples").glob("*.toml"))[1:]:
        file.unlink()
    (file,) = (wrong / "examples").glob("*.toml")
    file.write_text(file.read_text().replace('fee = "unknown"', "fee = 0"))
    done = motcua("pack", "play", str(wrong))
    assert done.returncode == 1
    assert "fee" in done.stdout + done.stderr
