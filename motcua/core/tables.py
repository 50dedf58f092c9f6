"""Strict reading of tables that people write (TOML): every fault is named with its place, none is raised."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.core.texts import Text


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where it is (file and place inside it) and what is wrong.

    In English for a service designer; ``vi`` where officers read it as well.
    """

    place: str
    message: str
    vi: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    def to(self, locale: str) -> str:
        """The fault in a language; in English where there are no Vietnamese words."""
        return f"{self.place}: {Text(self.vi or self.message, self.message).to(locale)}"


def _shown(value: object) -> str:
    """A value inside a message, cut; whole numbers of thousands of digits cannot be written out."""
    try:
        return f"{value!r:.80}"
    except ValueError:
        return "…"


class Table:
    """One table; what is read is checked, and ``done`` names keys that nothing has read (typos)."""

    def __init__(self, data: Any, place: str, problems: list[Problem]) -> None:
        self.place, self.problems = place, problems
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        self.read: set[str] = set()
        if not isinstance(data, Mapping):
            self.fault("a table is expected here", "ở đây phải là một bảng")

    def fault(self, message: str, vi: str = "") -> None:
        """Note a fault at this table's place."""
        self.problems.append(Problem(self.place, message, vi))

    def get(self, key: str, kind: type | tuple[type, ...], default: Any, *, required: bool = False) -> Any:
        """The value of a key where it has the kind; else a fault and the default."""
        self.read.add(key)
        if key not in self.data:
            if required:
                self.fault(f"“{key}” is missing", f"thiếu “{key}”")
            return default
        value = self.data[key]
        wrong_bool = isinstance(value, bool) and kind is not bool
        if not isinstance(value, kind) or wrong_bool:
            shown = _shown(value)
            self.fault(
                f"“{key}” has the wrong kind of value: {shown}", f"“{key}” có giá trị sai kiểu: {shown}"
            )
            return default
        return value

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A string."""
        return str(self.get(key, str, default, required=required)).strip()

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """A string out of a list; required without a default."""
        value = self.text(key, default or "", required=default is None)
        if value not in allowed and not (value == "" and (default is None or default == "")):
            self.fault(f"“{key}” is “{value}”, not one of {', '.join(allowed)}")
        return value if value in allowed else (default or allowed[0])

    def both(self, key: str, *, required: bool = True, english: bool = True) -> Text:
        """A text in both languages, from ``<key>_vi`` and ``<key>_en``; ``english``: it is needed too."""
        vi = self.text(f"{key}_vi", required=required)
        en = self.text(f"{key}_en", required=required and english)
        if english and bool(vi) != bool(en) and not required:
            self.fault(f"“{key}” is given in one language only")
        return Text(vi, en)

    def number(self, key: str, default: int | None = None, *, required: bool = False) -> int | None:
        """A whole number."""
        value = self.get(key, int, default, required=required)
        return None if value is None else int(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        return bool(self.get(key, bool, default))

    def decimal(self, key: str) -> Decimal | None:
        """A decimal number written as a string ("0.40"), so that nothing is lost; finite."""
        value = self.text(key)
        try:
            number = Decimal(value) if value else None
        except InvalidOperation:
            number = Decimal("NaN")
        if number is None or number.is_finite():
            return number
        self.fault(f"“{key}” is not a number: “{value:.80}”", f"“{key}” không phải là số: “{value:.80}”")
        return None

    def day(self, key: str) -> str:
        """A date (2025-07-01, without a time of day) as ISO text, or an empty string."""
        value = self.get(key, date, None)
        if isinstance(value, datetime):
            self.fault(
                f"“{key}” is a day without a time: {value.date()}, not {value.isoformat()}",
                f"“{key}” là một ngày, không kèm giờ: {value.date()}, không phải {value.isoformat()}",
            )
            return ""
        return value.isoformat() if value else ""

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self.get(key, list, [])
        if any(not isinstance(v, str) for v in values):
            self.fault(f"“{key}” must be a list of texts")
        return tuple(str(v) for v in values)

    def tables(self, key: str, *, name: str = "key") -> Iterator["Table"]:
        """The tables of a list; each is closed (``done``) after it was used."""
        for index, item in enumerate(self.get(key, list, [])):
            label = item.get(name, index) if isinstance(item, Mapping) else index
            shown = _shown(label) if isinstance(label, int) else str(label)
            child = Table(item, f"{self.place} {key}[{shown}]", self.problems)
            yield child
            child.done()

    def table(self, key: str) -> "Table":
        """A table inside this one (empty when absent); the caller closes it."""
        return Table(self.get(key, dict, {}), f"{self.place} {key}", self.problems)

    def done(self) -> None:
        """Name every key that nobody has asked for."""
        for key in sorted(set(self.data) - self.read):
            self.fault(f"unknown key “{key}”", f"không có khóa “{key}”")
