"""Sweeps: what time alone makes happen."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.documents.operations import forget_stale_uploads


def stale_uploads(now: datetime) -> int:
    """Remove the parts of files that nobody went on sending."""
    return forget_stale_uploads(now=now)


def register_all() -> None:
    """Register this noun's sweeps, once, from ``apps.ready()``."""
    register(Sweep("documents.stale_uploads", timedelta(minutes=30), stale_uploads))
