"""Pure rules of units: reading one line of a file of units, English names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.core.folding import fold, nfc

COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to", "formed_from")
NEEDED = ("code", "name", "level")
LEVELS = ("province", "district", "commune", "hamlet")  # parents come first
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9.\-]{0,19}$", re.ASCII)
_KINDS = (
    ("Thành phố ", "City"),
    ("Tỉnh ", "Province"),
    ("Đặc khu ", "Special Zone"),
    ("Thị trấn ", "Township"),
    ("Thị xã ", "Town"),
    ("Phường ", "Ward"),
    ("Quận ", "District"),
    ("Huyện ", "District"),
    ("Xã ", "Commune"),
    ("Thôn ", "Hamlet"),
)


class LineRefused(ValueError):
    """A line that cannot be a unit; its words name the column and the reason."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One line, read and checked on its own (not against other lines)."""

    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    formed_from: str


def _day(column: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise LineRefused(f"{column}: {text!r} is no date (write 2025-07-01)") from error


def read_line(raw: Mapping[str, str | None]) -> UnitLine:
    """Read one line by column names; raises ``LineRefused`` with column and reason."""
    cells = {column: nfc(raw.get(column) or "") for column in COLUMNS}
    if not _CODE.match(cells["code"]):
        raise LineRefused(f"code: {cells['code']!r} is no code")
    if not cells["name"] or len(cells["name"]) > 200:
        raise LineRefused("name: empty or longer than 200 letters")
    if cells["level"] not in LEVELS:
        raise LineRefused(f"level: {cells['level']!r} is none of {', '.join(LEVELS)}")
    if cells["parent"] == cells["code"]:
        raise LineRefused("parent: a unit cannot be its own parent")
    first, last = _day("valid_from", cells["valid_from"]), _day("valid_to", cells["valid_to"])
    if first and last and last < first:
        raise LineRefused("valid_to: before valid_from")
    return UnitLine(
        code=cells["code"],
        name=cells["name"],
        level=cells["level"],
        parent=cells["parent"] or None,
        valid_from=first,
        valid_to=last,
        formed_from=cells["formed_from"],
    )


def english(name: str) -> str:
    """``Phường Phan Rang`` → ``Phan Rang Ward``; a name of no known kind stays as it is."""
    for kind, word in _KINDS:
        if fold(name).startswith(fold(kind) + " "):
            return f"{nfc(name)[len(kind) :]} {word}"
    return nfc(name)
