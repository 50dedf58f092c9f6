"""A real clamd with one signature of ours: the standard's harmless test file is found, nothing else."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from motcua.documents.gateways.scanner import Scanner, ScannerAbsent

MARK = b"MOTCUA-TEST-SIGNATURE-0001"  # what our one signature looks for


def program() -> str | None:
    """Path of clamd, or None."""
    return shutil.which("clamd") or next((p for p in ("/usr/sbin/clamd",) if os.path.exists(p)), None)


@contextmanager
def clamd(folder: Path) -> Iterator[str]:
    """Address of a running clamd; skips the test, aloud, where there is none."""
    path = program()
    if path is None:
        pytest.skip("clamd is not installed: apt-get install clamav-daemon")
    data, socket = folder / "signatures", folder / "clamd.sock"
    data.mkdir()
    (data / "motcua.ndb").write_text(f"Motcua.Test:0:*:{MARK.hex()}\n")
    config = folder / "clamd.conf"
    config.write_text(
        f"LocalSocket {socket}\nDatabaseDirectory {data}\nForeground yes\nStreamMaxLength 20M\n"
        f"LogFile {folder / 'clamd.log'}\nMaxThreads 2\nUser {os.environ.get('USER', 'root')}\n"
    )
    process = subprocess.Popen(
        [path, "--config-file", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _ready(f"unix://{socket}", process, folder / "clamd.log")
    finally:
        process.terminate()
        process.wait(20)


def _ready(url: str, process: "subprocess.Popen[bytes]", log: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            Scanner(url, timeout=5).version()
            return url
        except ScannerAbsent:
            time.sleep(0.1)
    raise AssertionError(f"clamd did not start: {log.read_text() if log.exists() else 'no log'}")
