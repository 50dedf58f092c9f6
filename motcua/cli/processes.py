"""Children that cannot outlive us: each leads its own process group and hears when we die."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
MOST_LOG = 10 * 2**20  # bytes of a log file; at the next start a larger one is put aside once
QUICK = 10.0  # a child that lives shorter than this many seconds counts as failed at start


def end_with_parent() -> None:
    """Ask the kernel to send us TERM when our parent ends, however it ends (Linux; else nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _opened(log: Path | None) -> AbstractContextManager[IO[bytes] | None]:
    """The log file, to be appended to; one grown too large is put aside first."""
    if log is None:
        return nullcontext()
    if log.exists() and log.stat().st_size > MOST_LOG:
        log.replace(log.with_name(f"{log.name}.1"))
    return log.open("ab")


@dataclass
class Child:
    """One part of a running site. ``command`` is given to ``python -m motcua.cli``.

    What it prints goes to the file ``log``, or where our own lines go.
    """

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0

    def start(self) -> None:
        """Start it, as the leader of a process group of its own."""
        self.started = time.monotonic()
        with _opened(self.log) as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "motcua.cli", *self.command],
                env=dict(self.environ),
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                preexec_fn=end_with_parent,
            )

    def ended(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self.process.poll() if self.process else None

    def signal_group(self, number: int) -> None:
        """Signal the whole group; a group that is gone is fine."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except (ProcessLookupError, PermissionError):
                return


@dataclass
class Family:
    """All children of a running site."""

    children: list[Child] = field(default_factory=list)

    def add(self, child: Child) -> None:
        """Start one more."""
        self.children.append(child)
        child.start()

    def mend(self) -> str | None:
        """Start an ended child again; the name of one that keeps failing, if any."""
        for child in self.children:
            code = child.ended()
            if code is None:
                continue
            child.signal_group(signal.SIGKILL)  # what it left behind: a web worker without its main
            quick = time.monotonic() - child.started < QUICK
            child.failures = child.failures + 1 if quick else 0
            if child.failures >= 3:
                return child.name
            print(f"motcua: {child.name} ended with code {code}; starting it again", file=sys.stderr)
            child.start()
        return None

    def stop(self, patience: float = 12.0) -> None:
        """End all groups: TERM, time to finish, then KILL for whatever is left."""
        for child in self.children:
            child.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + patience
        for child in self.children:
            if child.process is not None:
                try:
                    child.process.wait(max(0.1, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    print(f"motcua: {child.name} did not end in time", file=sys.stderr)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait(5)
