"""Sweeps: what time alone makes happen."""

from datetime import datetime, timedelta

from motcua.core.sweeps import Sweep, register
from motcua.voice.operations import (
    forget_loose_attachments,
    strip_old_complaints,
    strip_old_petitions,
)


def loose_attachments(now: datetime) -> int:
    """Remove files of forms that nobody sent, and of records that are gone."""
    return forget_loose_attachments(now=now)


def retention(now: datetime) -> int:
    """Take words, names and files from what was settled long ago."""
    return strip_old_petitions(now=now) + strip_old_complaints(now=now)


def register_all() -> None:
    """Register this noun's sweeps, once, from ``apps.ready()``."""
    register(Sweep("voice.loose_attachments", timedelta(minutes=30), loose_attachments))
    register(Sweep("voice.retention", timedelta(hours=6), retention))
