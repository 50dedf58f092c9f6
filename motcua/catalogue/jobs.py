"""Sweeps of the catalogue."""

from datetime import datetime, timedelta

from motcua.catalogue.operations import alert_publications
from motcua.core.sweeps import Sweep, register


def _alerts(now: datetime) -> int:
    return alert_publications(now=now)


def register_all() -> None:
    """Register this noun's sweeps, once, from ``apps.ready()``."""
    register(Sweep("catalogue.publications", timedelta(hours=1), _alerts))
