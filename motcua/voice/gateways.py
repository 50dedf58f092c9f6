"""Files of the noun: code books that come with the program, and index files as published."""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from motcua.voice.rules.book import Book, read_book

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
