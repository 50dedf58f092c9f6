"""Sweeps of monitoring."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.monitoring.operations import fold


def _fold(now: datetime) -> int:
    return fold(now=now)


def register_all() -> None:
    """Keep the rollups small: rows are only inserted while dossiers move, and joined here."""
    register(Sweep("monitoring.fold", timedelta(minutes=10), _fold))
