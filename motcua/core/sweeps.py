"""What time alone makes happen: a list of small duties that the worker does again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Sweep:
    """A duty: its name, how often it is due, and what it does (told the moment, answers a count)."""

    name: str
    every: timedelta
    run: Callable[[datetime], int]


_SWEEPS: dict[str, Sweep] = {}


def register(sweep: Sweep) -> None:
    """Make a sweep known; called at import of a noun's ``jobs.py``. The same name again replaces it."""
    _SWEEPS[sweep.name] = sweep


def sweeps() -> tuple[Sweep, ...]:
    """All sweeps, by name."""
    return tuple(_SWEEPS[name] for name in sorted(_SWEEPS))
