"""Files of the noun: code books that come with the program, and index files as published."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from motcua.voice.rules.book import Book, read_book
from motcua.voice.rules.complaints import ComplaintTerms
from motcua.voice.rules.petitions import Terms
from motcua.voice.rules.retention import Retention

_DATA = Path(__file__).parent / "data"


@cache
def book(index: str) -> Book:
    """The code book of an index (``papi``)."""
    return read_book(tomllib.loads((_DATA / f"{index}.toml").read_text("utf-8")))


def lines(path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    """Numbered lines of a CSV file by column; the first yield is line 1 with the header as keys.

    Raises ``csv.Error`` and ``UnicodeDecodeError`` for what is no CSV text in UTF-8.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        yield 1, dict.fromkeys(reader.fieldnames or ())
        for row in reader:
            yield reader.line_num, row


@cache
def _terms() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((_DATA / "terms.toml").read_text("utf-8"))


def petition_terms(on: date) -> Terms:
    """The time limits of petitions in force on a day (the earliest ones before them)."""
    return Terms(**_in_force("petition", on))


def complaint_terms(on: date) -> ComplaintTerms:
    """The time limits of complaints in force on a day."""
    return ComplaintTerms(**_in_force("complaint", on))


@cache
def _retention() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((_DATA / "retention.toml").read_text("utf-8"))


def retention_of(kind: str, on: date) -> Retention:
    """How long what was settled is kept, in force on a day; ``kind``: petition, complaint or rating."""
    return Retention(**_in_force(kind, on, _retention()))


def _in_force(name: str, on: date, tables: dict[str, list[dict[str, Any]]] | None = None) -> dict[str, Any]:
    rows = sorted((tables or _terms())[name], key=lambda row: row["from"])
    row = dict(next((r for r in reversed(rows) if r["from"] <= on), rows[0]))
    return {"since": row.pop("from"), **row}
