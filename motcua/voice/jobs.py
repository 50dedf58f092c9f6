"""Sweeps: what time alone makes happen."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.voice.operations import (
    forget_loose_attachments,
    strip_old_complaints,
    strip_old_petitions,
    strip_old_ratings,
)


def loose_attachments(now: datetime) -> int:
    """Remove files of forms that nobody sent, and of records that are gone."""
    return forget_loose_attachments(now=now)


def retention(now: datetime) -> int:
    """Take words, names, files and news from what was settled or rated long ago."""
    return sum(strip(now=now) for strip in (strip_old_petitions, strip_old_complaints, strip_old_ratings))


def register_all() -> None:
    """Register this noun's sweeps, once, from ``apps.ready()``."""
    register(Sweep("voice.loose_attachments", timedelta(minutes=30), loose_attachments))
    register(Sweep("voice.retention", timedelta(hours=6), retention))
