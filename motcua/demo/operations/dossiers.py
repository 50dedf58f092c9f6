"""A dozen dossiers of the demo, filed and handled through the same operations as everybody's."""

from datetime import datetime


def file_dossiers(now: datetime) -> None:
    """None yet: they come with the dossiers' own operations."""
