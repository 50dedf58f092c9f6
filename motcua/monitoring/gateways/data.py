"""Files of the noun: the index of Decision 766, thresholds of signals, squares of tile maps, as data."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from motcua.monitoring.rules.definitions import DEFINITIONS
from motcua.monitoring.rules.index766 import Scheme, read_scheme
from motcua.monitoring.rules.signals import Thresholds
from motcua.monitoring.rules.tiles import Layout, read_layout

_DATA = Path(__file__).parents[1] / "data"


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every revision of the index, oldest first."""
    names = {one.identifier: one.name for one in DEFINITIONS}
    tables = tomllib.loads((_DATA / "index766.toml").read_text("utf-8"))["revision"]
    return tuple(read_scheme(one, names) for one in sorted(tables, key=lambda one: one["number"]))


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout of squares."""
    tables = tomllib.loads((_DATA / "tiles.toml").read_text("utf-8"))["layout"]
    return tuple(read_layout(one) for one in tables)


@cache
def _thresholds() -> tuple[Thresholds, ...]:
    tables = tomllib.loads((_DATA / "signals.toml").read_text("utf-8"))["thresholds"]
    return tuple(Thresholds(since=one.pop("from"), **one) for one in sorted(tables, key=lambda t: t["from"]))


def thresholds(on: date) -> Thresholds:
    """What counts as a signal on a day (the earliest before them)."""
    return next((one for one in reversed(_thresholds()) if one.since <= on), _thresholds()[0])
