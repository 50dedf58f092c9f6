"""Processor time of a burst, by who spent it: on a machine with other work it says more than a rate."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

TICK = 1000 / os.sysconf("SC_CLK_TCK")  # ms


def _stat(pid: str) -> tuple[str, float] | None:
    """The parent of a process, and the ms that it and its children that have ended took; None: gone."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return words[1], sum(map(int, words[11:15])) * TICK


def spent(*roots: int) -> dict[int, float]:
    """For each process: the ms that it and all that came from it have spent on processors until now."""
    found = {p: s for p in os.listdir("/proc") if p.isdigit() and (s := _stat(p)) is not None}
    below: dict[str, list[str]] = {}
    for pid, (parent, _ms) in found.items():
        below.setdefault(parent, []).append(pid)

    def total(pid: str) -> float:
        return (found[pid][1] if pid in found else 0.0) + sum(total(child) for child in below.get(pid, ()))

    return {root: total(str(root)) for root in roots}


def _own() -> float:
    """What this process has spent, without its children."""
    times = os.times()
    return (times.user + times.system) * 1000


@dataclass
class Spending:
    """Milliseconds of processor by part; ``each`` divides them."""

    parts: dict[str, float] = field(default_factory=dict)

    def each(self, calls: float) -> str:
        """A line: what one of so many calls cost, part by part."""
        one = {name: ms / max(calls, 1) for name, ms in self.parts.items()}
        named = ", ".join(f"{name} {ms:.2f}" for name, ms in one.items())
        return f"processor {sum(one.values()):.2f} ms each: {named}"


@contextmanager
def spending(**parts: int) -> Iterator[Spending]:
    """What this process ("client") and these process trees spend inside the block."""
    made, own, before = Spending(), _own(), spent(*parts.values())
    try:
        yield made
    finally:
        after = spent(*parts.values())
        made.parts = {"client": _own() - own}
        made.parts |= {name: after[pid] - before[pid] for name, pid in parts.items()}
