"""Files of the noun: the index of Decision 766 as data."""

import tomllib
from functools import cache
from pathlib import Path

from motcua.monitoring.rules.definitions import DEFINITIONS
from motcua.monitoring.rules.index766 import Scheme, read_scheme

_DATA = Path(__file__).parent / "data"


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every revision of the index, oldest first."""
    names = {one.identifier: one.name for one in DEFINITIONS}
    tables = tomllib.loads((_DATA / "index766.toml").read_text("utf-8"))["revision"]
    return tuple(read_scheme(one, names) for one in sorted(tables, key=lambda one: one["number"]))
