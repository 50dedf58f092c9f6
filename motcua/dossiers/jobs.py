"""Sweeps: what time alone makes happen."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.dossiers.operations.consulting import pass_by_silence, remind
from motcua.dossiers.operations.handling import agree_by_silence
from motcua.dossiers.operations.origins import forget_origins
from motcua.dossiers.operations.warning import warn_of_due
from motcua.process.queries import references_to_warn, silent_steps, steps_to_remind, unanswered_steps


def silence(now: datetime) -> int:
    """Confirm drafts whose applicants stayed silent after proven delivery."""
    steps = silent_steps(now=now, kind="confirm")
    for step in steps:
        agree_by_silence(code=step.reference, now=now)
    return len(steps)


def due_soon(now: datetime) -> int:
    """Warn the officers of dossiers whose date nears and that have no new promise."""
    codes = references_to_warn(now=now)
    for code in codes:
        warn_of_due(code=code, now=now)
    return len(codes)


def questions(now: datetime) -> int:
    """Remind agencies that are asked, and go on where silence is an answer."""
    due = steps_to_remind(now=now)
    for step in due:
        remind(code=step.reference, step_id=step.id, now=now)
    unanswered = unanswered_steps(now=now)
    for step in unanswered:
        pass_by_silence(code=step.reference, step_id=step.id, now=now)
    return len(due) + len(unanswered)


def origins(now: datetime) -> int:
    """Forget from where dossiers were filed a year ago."""
    return forget_origins(now=now)


def register_all() -> None:
    """Register this noun's sweeps, once, from ``apps.ready()``."""
    register(Sweep("dossiers.due_soon", timedelta(minutes=1), due_soon))
    register(Sweep("dossiers.silence", timedelta(minutes=1), silence))
    register(Sweep("dossiers.questions", timedelta(minutes=5), questions))
    register(Sweep("dossiers.origins", timedelta(hours=6), origins))
