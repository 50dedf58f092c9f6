"""Rows of a table in a file, CSV or JSON lines, read one at a time whatever their state.

For records that other systems export: every fault is a row of its own, with its line and words for a person.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.core.folding import nfc

LONGEST = 1_000_000  # letters of one line
MOST_REFUSED = 1_000  # reasons that are kept
_ESCAPED = range(0xDC80, 0xDD00)  # how bytes that are no UTF-8 are carried


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, its cells by column (texts, empty for nothing), or a ``fault`` in words.

    ``raw`` holds what JSON gave, for cells that are no plain values.
    """

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""


@dataclass(slots=True)
class LineCounts:
    """What an import did; ``stubs`` names what was not known before and is kept to be completed."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused_count: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    stubs: list[str] = field(default_factory=list)

    def refuse(self, line: int, why: object) -> None:
        """Count a refused line, and keep its reason while there are few."""
        self.refused_count += 1
        if len(self.refused) < MOST_REFUSED:
            self.refused.append((line, str(why)))


class HeaderUnknown(ValueError):
    """The file does not name its columns; the words say which are missing or what it is instead."""


def read_rows(path: Path, *, needed: Iterable[str], names: Mapping[str, str] | None = None) -> Iterator[Row]:
    """The rows of a CSV file (comma, semicolon or tab) or of JSON lines, in constant memory.

    ``names`` translates other names of columns to ours; unknown columns are kept under their own.
    Raises ``HeaderUnknown`` when one of ``needed`` is no column, ``OSError`` when there is no file.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise HeaderUnknown("UTF-16 text; save it as UTF-8")
    if head[:2] == b"PK":
        raise HeaderUnknown("a workbook or zip file, no text; save it as CSV in UTF-8, or as JSON lines")
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if not start:
        raise HeaderUnknown("the file is empty")
    if start == b"[":
        raise HeaderUnknown("a JSON list; write one object a line instead")
    known = names or {}
    return _json_lines(path, known) if start == b"{" else _csv(path, tuple(needed), known)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return nfc(str(value)).strip() if isinstance(value, str | int | float) else ""


def _fault(text: str) -> str:
    """Why a text cannot be taken: bytes of another encoding, or NUL; empty when it can."""
    odd = next((c for c in text if ord(c) in _ESCAPED or c == "\0"), "")
    if odd == "\0":
        return "holds a NUL byte"
    return f"not UTF-8: byte 0x{ord(odd) - 0xDC00:02x} (windows-1258 or TCVN3?)" if odd else ""


def _csv(path: Path, needed: tuple[str, ...], names: Mapping[str, str]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        first = file.readline(LONGEST)
        delimiter = max(",;\t", key=first.count)
        header = [h.strip() for h in next(csv.reader([first], delimiter=delimiter), [])]
        columns = [names.get(h, h) for h in header]
        missing = [column for column in needed if column not in columns]
        if missing:
            raise HeaderUnknown(f"no column {', '.join(missing)}")
        csv.field_size_limit(LONGEST)
        yield from _csv_rows(csv.reader(file, delimiter=delimiter, strict=True), columns)


def _csv_rows(reader: Any, columns: list[str]) -> Iterator[Row]:
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Row(reader.line_num + 1, fault=f"not CSV: {error}")
            continue
        line = reader.line_num + 1
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        fault = _fault("".join(cells))
        if not fault and len(cells) != len(columns):
            fault = f"{len(cells)} cells where the first line names {len(columns)} columns (cut off?)"
        values = {} if fault else dict(zip(columns, (nfc(c).strip() for c in cells), strict=True))
        yield Row(line, values, values, fault)


def _json_lines(path: Path, names: Mapping[str, str]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
        number = 0
        while text := file.readline(LONGEST + 1):
            number += 1
            if len(text) > LONGEST:
                while text and not text.endswith("\n"):
                    text = file.readline(LONGEST)
                yield Row(number, fault="longer than a line may be")
            elif text.strip():
                yield _json_row(number, text, names)


def _json_row(number: int, text: str, names: Mapping[str, str]) -> Row:
    fault = _fault(text)
    if fault:
        return Row(number, fault=fault)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Row(number, fault=f"not JSON: {error}"[:200])
    if not isinstance(found, dict):
        return Row(number, fault="not a JSON object")
    if "\0" in json.dumps(found, ensure_ascii=False).replace("\\u0000", "\0"):
        return Row(number, fault="holds a NUL character")
    named = {names.get(key, key): value for key, value in found.items()}
    return Row(number, {key: _text(value) for key, value in named.items()}, named)
