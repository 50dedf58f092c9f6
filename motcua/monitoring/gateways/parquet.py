"""Parquet files, for questions to other engines than the database."""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.monitoring.rules.exporting import Column, Value

_NULL = r"\N"
_COPY = """COPY (SELECT * FROM read_csv('{spool}', header = false, nullstr = '\\N', columns = $types)
                 ORDER BY year, month, root, agency, received_at)
           TO '{made}' (FORMAT parquet, PARTITION_BY (year, month), COMPRESSION zstd)"""


class NoAnalytics(Refusal):
    """What writes and reads Parquet is an extra that is not installed."""

    code = "no_analytics"
    cause = Text("Chưa cài phần phân tích (DuckDB).", "The extra for analytics (DuckDB) is not installed.")
    next_step = Text("Chạy `make install-analytics`.", "Run `make install-analytics`.")


class FolderTaken(Refusal):
    """The folder of an export holds something already."""

    code = "folder_taken"
    cause = Text("{name} đã có nội dung.", "{name} holds something already.")
    next_step = Text("Chọn thư mục mới hoặc rỗng.", "Name a new or an empty folder.")


def write_parquet(folder: Path, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> int:
    """Write rows as Parquet into a new folder, ``year=…/month=…``, sorted by agency; answers how many.

    Memory stays the same however many rows come: they go through a file, and DuckDB sorts on disk.
    The folder appears whole or not at all. Raises ``NoAnalytics``, ``FolderTaken``, ``OSError``.
    """
    try:
        import duckdb
    except ImportError as error:
        raise NoAnalytics from error
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(name=folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as scratch:
        spool, made = Path(scratch) / "rows.csv", Path(scratch) / "made"
        count = _spool(spool, rows)
        made.mkdir()
        if count:
            settings: dict[str, str | bool | int | float | list[str]] = {
                "memory_limit": "512MB",
                "temp_directory": f"{scratch}/spill",
                "threads": 2,
            }
            with duckdb.connect(config=settings) as own:
                types = {column.name: column.type for column in columns}
                own.execute(_COPY.format(spool=_quoted(spool), made=_quoted(made)), {"types": types})
        if folder.exists():
            folder.rmdir()
        made.rename(folder)
    return count


def _spool(path: Path, rows: Iterable[Sequence[Value]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for row in rows:
            writer.writerow(_NULL if value is None else value for value in row)
            count += 1
    return count


def _quoted(path: Path) -> str:
    """A path inside the quotes of SQL: a COPY takes no parameter for its target."""
    return str(path).replace("'", "''")
