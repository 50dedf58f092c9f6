"""The squares of a tile map for the rows of a figure."""

from collections.abc import Iterable
from datetime import date

from motcua.monitoring.gateways import layouts
from motcua.monitoring.rules.tiles import Placed, placed, short_names

__all__ = ["Placed", "short_names", "tiles_for"]


def tiles_for(keys: Iterable[str], *, on: date) -> Placed:
    """A square for each key (codes of units, identifiers of agencies), for a period that ends on a day."""
    return placed(keys, on, layouts())
