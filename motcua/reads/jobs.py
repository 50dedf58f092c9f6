"""Sweeps of the log of reads."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.reads.operations import seal_reads


def _seal(now: datetime) -> int:
    return seal_reads(now=now)


def register_all() -> None:
    """Register this noun's sweeps, once, from ``apps.ready()``."""
    register(Sweep("reads.seal", timedelta(minutes=5), _seal))
