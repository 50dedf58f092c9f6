"""docs/api.md is done as it stands, in one shell, against a running site with the demo."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_run import Start, home, start
from tests.support.house import ROOT
from tests.support.processes import environment

__all__ = ["home", "start"]
BLOCK = re.compile(r"```shell\n(.*?)```", re.DOTALL)
# an unknown result is 404; every other call has to succeed
STRICT = """set -eo pipefail
curl() { case "$*" in */verify/unknown*) command curl "$@";; *) command curl --fail-with-body "$@";; esac; }
"""


def blocks() -> list[str]:
    return BLOCK.findall((ROOT / "docs/api.md").read_text("utf-8"))


@pytest.mark.feature("51")
def test_every_command_of_the_document_works(start: Start, home: Path, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed: apt-get install curl")
    site = start()
    assert site.ready()
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/motcua"
    program.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m motcua.cli "$@"\n')
    program.chmod(0o755)
    env = environment(home)
    env["PATH"] = f"{tmp_path / 'bin'}:{env['PATH']}"
    text = "\n".join(blocks()).replace("http://localhost:8000", f"http://localhost:{site.port}")
    done = subprocess.run(
        ["bash", "-c", f"{STRICT}{text}\nprintf '\\n%s' $CODE"],
        cwd=tmp_path, env=env, capture_output=True, text=True, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    receipt = json.loads((tmp_path / "receipt.json").read_text())
    assert done.stdout.endswith(receipt["code"])
    assert '"status": 2' in done.stdout
    assert re.search(r'"queued": \d', done.stdout)


def test_the_document_names_every_call_family() -> None:
    text = (ROOT / "docs/api.md").read_text("utf-8")
    for part in (
        "procedures",
        "papers",
        "uploads",
        "dossiers",
        "track",
        "worklist",
        "webhooks",
        "rates",
        "verify",
    ):
        assert f"/{part}" in text
