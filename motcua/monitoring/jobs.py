"""Sweeps of monitoring."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.monitoring.operations import compact, find_signals, fold, rebuild_if_stale


def _fold(now: datetime) -> int:
    return fold(now=now)


def _compact(now: datetime) -> int:
    return compact(now=now)


def _rebuild(now: datetime) -> int:
    return rebuild_if_stale(now=now)


def _signals(now: datetime) -> int:
    return find_signals(now=now)


def register_all() -> None:
    """Keep the sums ready and small; build them anew when the definitions have changed; look for signals."""
    register(Sweep("monitoring.rebuild", timedelta(minutes=5), _rebuild))
    register(Sweep("monitoring.fold", timedelta(minutes=1), _fold))
    register(Sweep("monitoring.signals", timedelta(hours=6), _signals))
    register(Sweep("monitoring.compact", timedelta(hours=1), _compact))
