"""Files of the national procedure database, read line by line whatever their state."""

import json
import tomllib
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import IO, Any

from motcua.catalogue.rules.national import LIST_COLUMNS
from motcua.catalogue.rules.publications import PublicationTerms
from motcua.core.folding import fold
from motcua.core.refusals import Refusal
from motcua.core.texts import Text

LONGEST_LINE = 8 * 1024 * 1024  # bytes; the longest real record has 0.2 MB
LARGEST_WORKBOOK = 512 * 1024 * 1024  # bytes when unpacked
HEADER_WITHIN = 30  # rows
MOST_COLUMNS = 60
EMPTY_END = 1_000  # empty rows in a row, after which a sheet has ended


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a JSON ``record``, or the ``cells`` of a list row by column, or a ``fault`` in words."""

    number: int
    record: object = None
    cells: Mapping[str, object] | None = None
    fault: str = ""


def read_lines(path: Path) -> Iterator[Line]:
    """The lines of a JSON-lines file or of a workbook, told apart by their first bytes."""
    with path.open("rb") as file:
        head = file.read(8)
        file.seek(0)
        if head[:2] == b"PK":
            yield from _workbook(file)
        elif head == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            yield Line(0, fault="an old Excel file (.xls) or a locked workbook; save it as .xlsx")
        elif path.suffix.lower() in {".xlsx", ".xlsm"}:
            yield Line(0, fault="not a workbook (.xlsx), whatever its name says")
        elif head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            yield Line(0, fault="UTF-16 text; save it as UTF-8")
        else:
            yield from _json_lines(file)


def _json_lines(file: IO[bytes]) -> Iterator[Line]:
    number, empty = 0, True
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = file.readline(LONGEST_LINE)
            empty = False
            yield Line(number, fault=f"longer than {LONGEST_LINE // 1024 // 1024} MB")
            continue
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if raw.strip():
            empty = False
            yield _json_line(number, raw)
    if empty:
        yield Line(0, fault="the file is empty")


def _json_line(number: int, raw: bytes) -> Line:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        return Line(number, fault=f"not UTF-8: byte 0x{byte:02x} at {error.start} (windows-1258 or TCVN3?)")
    try:
        return Line(number, record=json.loads(text))
    except json.JSONDecodeError as error:
        return Line(number, fault=f"not JSON: {error.msg} at character {error.colno}")
    except RecursionError:
        return Line(number, fault="not JSON that can be read: nested too deeply")
    except ValueError:
        return Line(number, fault="not JSON that can be read: a number is too long")


def _workbook(file: IO[bytes]) -> Iterator[Line]:
    import openpyxl  # slow to import, seldom needed

    try:
        with zipfile.ZipFile(file) as archive:
            if sum(i.file_size for i in archive.infolist()) > LARGEST_WORKBOOK:
                yield Line(0, fault="the workbook is too large when unpacked")
                return
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except Exception:
        yield Line(0, fault="a zip file that is no workbook (.xlsx), or a damaged one")
        return
    try:
        yield from _rows(book)
    finally:
        book.close()


def _rows(book: Any) -> Iterator[Line]:
    """Rows below the first heading found; every sheet is looked at, in order."""
    found = False
    for sheet in book.worksheets:
        columns: dict[int, str] = {}
        empty = 0
        rows = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)
        number = 0
        while True:
            number += 1
            try:
                row = next(rows, None)
            except Exception:  # a damaged sheet breaks anywhere inside the reader of the workbook
                yield Line(number, fault="the sheet is damaged from here on")
                return
            if row is None or (not columns and number > HEADER_WITHIN) or empty > EMPTY_END:
                break
            filled = any(v is not None and str(v).strip() for v in row)
            empty = 0 if filled else empty + 1
            if columns and filled:
                yield Line(number, cells={name: row[i] for i, name in columns.items() if i < len(row)})
            elif not columns:
                columns = _columns(row)
        found = found or bool(columns)
    if not found:
        yield Line(0, fault="no sheet has a row with the headings “Mã số” and “Tên”")


def _columns(row: tuple[object, ...]) -> dict[int, str]:
    """Which column holds what, by the headings; empty when this row is not the row of headings."""
    named = {i: LIST_COLUMNS.get(fold(str(v or "")).strip(" *:."), "") for i, v in enumerate(row)}
    first: dict[str, int] = {}
    for i, name in named.items():
        if name:
            first.setdefault(name, i)
    return {i: name for name, i in first.items()} if {"code", "name"} <= set(first) else {}


class AlreadyThere(Refusal):
    """Nothing is ever written over."""

    code = "already_there"
    cause = Text("{name} đã có.", "{name} is there already.")
    next_step = Text("Chọn tên khác.", "Choose another name.")


def write_pack(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a pack into a new folder. Raises AlreadyThere, OSError."""
    if folder.exists():
        raise AlreadyThere(name=folder)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))


def write_lines(path: Path, records: Iterable[Mapping[str, object]]) -> int:
    """Write records as JSON lines into a new file; answers how many. Raises AlreadyThere, OSError."""
    count = 0
    try:
        with path.open("x", encoding="utf-8", newline="\n") as out:
            for record in records:
                out.write(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n")
                count += 1
    except FileExistsError as error:
        raise AlreadyThere(name=path) from error
    return count


@cache
def _dated(name: str, table: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / f"{name}.toml"
    return sorted(tomllib.loads(path.read_text("utf-8"))[table], key=lambda row: row["from"])


def _in_force(rows: list[dict[str, Any]], on: date, block: str) -> dict[str, int]:
    """The values in force on a day (the earliest ones before them), for ministry or local."""
    row = next((r for r in reversed(rows) if r["from"] <= on), rows[0])
    return dict(row["ministry" if block == "ministry" else "local"])


def publication_terms(on: date, block: str) -> PublicationTerms:
    """How early and how soon, in force on a day (the earliest ones before them), for ministry or local."""
    return PublicationTerms(**_in_force(_dated("publication_terms", "terms"), on, block))


def alert_lead(on: date, block: str) -> int:
    """How many working days before its last day a decision is told of, for ministry or local."""
    return _in_force(_dated("publication_alerts", "alerts"), on, block)["near"]
