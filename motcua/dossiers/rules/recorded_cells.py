"""Single cells of a dossier record: empty is unknown, anything unreadable refuses the line by its column."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from motcua.core.periods import VIETNAM, local_day

Value = TypeVar("Value")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$")  # yyyyMMddHHmmss
_LOCAL = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$")  # dd/MM/yyyy
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_YES_NO = {"0": False, "1": True, "false": False, "true": True}
MOST_FEE = 10**15
FIRST_YEAR, LAST_YEAR = 1990, 2200


class LineRefused(ValueError):
    """A line that cannot be a dossier record; its words name the column and the reason."""


def choice(cells: Mapping[str, str], column: str, known: Mapping[str, Value]) -> Value | None:
    """One of the known values; None when empty."""
    text = cells.get(column, "")
    if not text:
        return None
    if text.casefold() not in known:
        raise LineRefused(f"{column}: {text!r:.40} is none of {', '.join(known)}")
    return known[text.casefold()]


def yes_or_no(cells: Mapping[str, str], column: str) -> bool | None:
    """0 or 1; None when empty."""
    return choice(cells, column, _YES_NO)


def amount(cells: Mapping[str, str], column: str, most: int) -> int | None:
    """A whole number from 0 to ``most``; None when empty."""
    text = cells.get(column, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:20]) > most:
        raise LineRefused(f"{column}: {text!r:.40} is no whole number from 0 to {most}")
    return int(text)


def moment(cells: Mapping[str, str], column: str, *, end: bool = False) -> datetime | None:
    """An aware moment, whole seconds kept; None when empty.

    Read: ISO 8601 (without an offset: Viet Nam's time), ``yyyyMMddHHmmss``, ``dd/MM/yyyy[ HH:mm[:ss]]``.
    A bare day is its first moment, with ``end`` its last second.
    """
    text = cells.get(column, "")
    if not text:
        return None
    try:
        found = _parsed(text, end)
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise LineRefused(f"{column}: {text!r:.40} is no moment (write 2025-07-01T08:30:00)")
    return found


def _parsed(text: str, end: bool) -> datetime:
    if compact := _COMPACT.match(text):
        year, month, day, *clock = compact.groups()
        return _at(date(int(year), int(month), int(day)), clock, end)
    if local := _LOCAL.match(text):
        day, month, year, *clock = local.groups()
        return _at(date(int(year), int(month), int(day)), clock, end)
    if _DAY.match(text):
        return _at(date.fromisoformat(text), [None, None, None], end)
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _at(day: date, clock: list[str | None], end: bool) -> datetime:
    if clock[0] is None:
        start = datetime.combine(day, time.min, tzinfo=VIETNAM)
        return start + timedelta(days=1, seconds=-1) if end else start
    hour, minute, second = (int(part or 0) for part in clock)
    return datetime.combine(day, time(hour, minute, second), tzinfo=VIETNAM)


def same_or_later(first: datetime | None, later: datetime | None, column: str) -> None:
    """Refuse a line whose end lies on a day before its reception (a bare day has no hour to compare)."""
    if first is not None and later is not None and local_day(later) < local_day(first):
        raise LineRefused(f"{column}: {later:%Y-%m-%d} lies before received_at {first:%Y-%m-%d}")


def any_of(
    cells: Mapping[str, str], column: str, raw: Mapping[str, Any], part: str, mark: str
) -> bool | None:
    """The column itself; else whether any entry of the national list ``part`` has its ``mark``.

    None where neither is said.
    """
    said = yes_or_no(cells, column)
    entries = raw.get(part)
    if said is not None or not isinstance(entries, list):
        return said
    marks = [entry.get(mark) for entry in entries if isinstance(entry, dict)]
    return any(str(m).strip().casefold() not in {"", "0", "false", "none"} for m in marks)


def fee_of(cells: Mapping[str, str], entries: object) -> int | None:
    """Whole đồng owed: the column ``fee``; else the sum of ``Gia`` in the national list of fees."""
    said = amount(cells, "fee", MOST_FEE)
    if said is not None or not isinstance(entries, list):
        return said
    prices = [str(entry.get("Gia", "")).strip() for entry in entries if isinstance(entry, dict)]
    if any(not price.isascii() or not price.isdigit() for price in prices):
        return None
    total = sum(int(price[:20]) for price in prices)
    return total if total <= MOST_FEE else None
