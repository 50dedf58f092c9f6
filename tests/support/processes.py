"""Watching real processes through /proc."""

import os
import time
from collections.abc import Callable
from pathlib import Path


def parents() -> dict[int, int]:
    """Parent of every living process (zombies are dead)."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if state != "Z":
            found[int(stat.parent.name)] = int(parent)
    return found


def descendants(pid: int) -> set[int]:
    """All living processes that come from ``pid``, itself left out."""
    tree, found, fresh = parents(), set[int](), {pid}
    while fresh:
        fresh = {child for child, parent in tree.items() if parent in fresh} - found
        found |= fresh
    return found


def alive(pids: set[int]) -> set[int]:
    """Those of ``pids`` that still live."""
    return pids & set(parents())


def command(pid: int) -> str:
    """Command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def until(condition: Callable[[], object], seconds: float = 20.0) -> bool:
    """Wait until the condition holds; False when it does not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def environment(home: Path, **more: str) -> dict[str, str]:
    """Environment of a site of its own: nothing of this test run's settings but its home."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("MOTCUA_", "DATABASE_URL", "DJANGO_"))}
    return {**kept, "MOTCUA_HOME": str(home), "PYTHONUNBUFFERED": "1", **more}
