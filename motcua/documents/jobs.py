"""Sweeps: what time alone makes happen."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.documents.operations import forget_stale_uploads, make_slips_due


def stale_uploads(now: datetime) -> int:
    """Remove the parts of files that nobody went on sending."""
    return forget_stale_uploads(now=now)


def slips(now: datetime) -> int:
    """Make the PDFs of slips that were issued since the last turn."""
    return make_slips_due()


def register_all() -> None:
    """Register this noun's sweeps, once, from ``apps.ready()``."""
    register(Sweep("documents.slips", timedelta(seconds=2), slips))
    register(Sweep("documents.stale_uploads", timedelta(minutes=30), stale_uploads))
