"""Where each unit's square stands on a tile map, and the short name that it carries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt
from typing import Any

from motcua.core.texts import Text

Place = tuple[int, int]  # row from the top, column from the left
LEAST_FOUND = 3  # fewer units that a layout knows are laid out in reading order instead
PREFIXES = ("tỉnh", "thành phố", "tp", "tp.", "phường", "xã", "đặc khu", "thị trấn", "ubnd", "công an")


@dataclass(frozen=True, slots=True)
class Layout:
    """Squares by key, in force for periods that end between two days."""

    key: str
    first: date
    last: date
    source: Text
    places: Mapping[str, Place]

    def holds(self, on: date) -> bool:
        """True for periods that end on that day."""
        return self.first <= on <= self.last


@dataclass(frozen=True, slots=True)
class Placed:
    """Squares for the units that were asked for; ``source`` is empty for mere reading order."""

    places: Mapping[str, Place]
    source: Text
    rows: int
    columns: int


def read_layout(table: Mapping[str, Any]) -> Layout:
    """A layout from its table (``data/tiles.toml``); raises ``ValueError`` for a code that comes twice."""
    places: dict[str, Place] = {}
    for row, line in enumerate(table["rows"]):
        for column, code in enumerate(line.split()):
            if code in places:
                raise ValueError(f"{table['key']}: {code} comes twice")
            if code != "..":
                places[code] = (row, column)
    places |= {name: places[code] for name, code in table.get("names", {}).items()}
    source = Text(table["source_vi"], table["source_en"])
    return Layout(table["key"], table.get("from", date.min), table.get("to", date.max), source, places)


def _reading_order(keys: Sequence[str]) -> dict[str, Place]:
    wide = ceil(sqrt(len(keys)))
    return {key: (number // wide, number % wide) for number, key in enumerate(keys)}


def placed(keys: Iterable[str], on: date, layouts: Sequence[Layout]) -> Placed:
    """Squares by the layout that knows most of the keys, of equals the one in force on the day.

    A key that it does not know, such as a ministry among provinces, gets none. Where no layout knows them:
    in reading order, near a square.
    """
    wanted = sorted(set(keys))
    known = {one.key: sum(key in one.places for key in wanted) for one in layouts}
    best = max(layouts, key=lambda one: (known[one.key], one.holds(on)), default=None)
    if best is None or known[best.key] < LEAST_FOUND:
        places, source = _reading_order(wanted), Text("", "")
    else:
        source = best.source
        places = _upwards({key: best.places[key] for key in wanted if key in best.places})
    rows = 1 + max((row for row, _ in places.values()), default=-1)
    columns = 1 + max((column for _, column in places.values()), default=-1)
    return Placed(places, source, rows, columns)


def _upwards(places: Mapping[str, Place]) -> dict[str, Place]:
    """Without the empty rows and columns at the edges."""
    top = min(row for row, _ in places.values())
    left = min(column for _, column in places.values())
    return {key: (row - top, column - left) for key, (row, column) in places.items()}


def _words(name: str) -> list[str]:
    words = name.replace("-", " ").replace("–", " ").split()
    for prefix in sorted(PREFIXES, key=len, reverse=True):
        size = len(prefix.split())
        if len(words) > size and " ".join(words[:size]).lower() == prefix:
            return _words(" ".join(words[size:]))
    return words or [name]


def _longer(words: Sequence[str], letters: int) -> str:
    return "".join(w[0] for w in words[:-1]).upper()[:3] + words[-1][:letters].capitalize()


def short_names(names: Mapping[str, str]) -> dict[str, str]:
    """A few letters for each name, different for all: initials, of alike ones with more of the last word."""
    words = {key: _words(name) for key, name in names.items()}
    ways = [{key: "".join(w[0] for w in found).upper()[:4] for key, found in words.items()}]
    for more in (2, 3, 4):
        ways.append({key: _longer(found, more) for key, found in words.items()})
        ways.append(
            {key: found[0][:more] + "".join(w[0] for w in found[1:]).upper() for key, found in words.items()}
        )
    chosen: dict[str, str] = {}
    for way in ways:
        count = Counter(way.values())
        taken = set(chosen.values())
        chosen |= {k: v for k, v in way.items() if k not in chosen and count[v] == 1 and v not in taken}
    left = sorted(key for key in names if key not in chosen)
    return chosen | {key: f"{ways[0][key][:2]}{number}" for number, key in enumerate(left, 1)}
