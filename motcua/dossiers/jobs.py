"""Sweeps: what time alone makes happen."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.dossiers.operations.handling import agree_by_silence
from motcua.process.queries import silent_steps


def silence(now: datetime) -> int:
    """Confirm drafts whose applicants stayed silent after proven delivery."""
    steps = silent_steps(now=now, kind="confirm")
    for step in steps:
        agree_by_silence(code=step.reference, now=now)
    return len(steps)


def register_all() -> None:
    """Register this noun's sweeps, once, from ``apps.ready()``."""
    register(Sweep("dossiers.silence", timedelta(minutes=1), silence))
