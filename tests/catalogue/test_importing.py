"""Files are imported whole, broken lines are named, and the same file twice changes nothing."""

import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from motcua.catalogue import queries
from motcua.catalogue.models import Procedure, Revision, SearchEntry
from motcua.catalogue.operations import ensure_stub, import_procedures
from motcua.cli import motcua as command
from motcua.core.actor import PUBLIC, SYSTEM
from motcua.events.queries import stream_events

pytestmark = pytest.mark.django_db


def record(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "code": f"1.{number:06d}",
        "name": f"Thủ tục thử {number}",
        "agency_code": "G15",
        "agency": "Bộ Tư pháp",
        "field": "Hộ tịch",
        "levels": "Cấp xã",
        **changes,
    }


def lines(path: Path, *records: Any, start: bytes = b"") -> Path:
    path.write_bytes(start + b"".join(json.dumps(r, ensure_ascii=False).encode() + b"\n" for r in records))
    return path


def book(path: Path, *rows: tuple[object, ...]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def counts(path: Path, now: datetime) -> tuple[int, int, int, list[int]]:
    got = import_procedures(path, actor=SYSTEM, now=now)
    assert got.refused_count == len(got.refused)
    return got.new, got.changed, got.unchanged, [line for line, _ in got.refused]


@pytest.mark.feature("6")
def test_a_second_run_changes_nothing(tmp_path: Path, now: datetime) -> None:
    file = lines(tmp_path / "a.jsonl", record(1), record(2), start=b"\xef\xbb\xbf")
    assert counts(file, now) == (2, 0, 0, [])
    assert counts(file, now) == (0, 0, 2, [])
    assert Revision.objects.count() == 2
    assert len(stream_events("procedure:1.000001")) == 1


@pytest.mark.feature("2")
def test_a_changed_record_is_a_new_revision_and_the_former_is_closed(tmp_path: Path, now: datetime) -> None:
    counts(lines(tmp_path / "a.jsonl", record(1)), now)
    assert counts(lines(tmp_path / "b.jsonl", record(1, steps="Mới")), now) == (0, 1, 0, [])
    page = queries.procedure("1.000001", actor=PUBLIC)
    assert (page.revision, page.facts.steps) == (2, "Mới")
    assert Revision.objects.get(number=1).closed_at == now
    assert SearchEntry.objects.count() == 1


def test_broken_lines_are_named_and_the_others_kept(tmp_path: Path, now: datetime) -> None:
    file = tmp_path / "broken.jsonl"
    good = json.dumps(record(1)).encode()
    other = json.dumps(record(1, name="Khác")).encode()
    windows = json.dumps(record(2), ensure_ascii=False).encode("utf-16-le")
    bad = [
        b'{"code": "1.0', b"[]", b"null", b'{"code": "1.000009"}', b"[" * 100_000, b"\xd0\xc9\xff", windows,
        b'{"code":"1.000004","name":"x","papers":[{"originals":' + b"9" * 5000 + b"}]}", other,
        b'{"code":"1.000005","name":"' + b"x" * 9_000_000 + b'"}',
    ]  # fmt: skip
    file.write_bytes(b"\n".join([good, b"", *bad, good, json.dumps(record(3)).encode()]))
    new, changed, unchanged, refused = counts(file, now)
    assert (new, changed, unchanged) == (2, 0, 1)
    assert refused == list(range(3, 13))


def test_files_that_are_no_list_of_procedures_are_refused(tmp_path: Path, now: datetime) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"\n\n")
    archive = tmp_path / "zip.xlsx"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "no workbook")
    fake = tmp_path / "fake.xlsx"
    fake.write_text("Mã số;Tên")
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(book(tmp_path / "whole.xlsx", ("Mã số", "Tên"), ("1.000001", "x")).read_bytes()[:900])
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)
    wide = tmp_path / "wide.jsonl"
    wide.write_text(json.dumps(record(1)), encoding="utf-16")
    for file in (empty, archive, fake, cut, old, wide, book(tmp_path / "n.xlsx", ("a", "b"), (1, 2))):
        assert counts(file, now) == (0, 0, 0, [0]), file.name
    assert not Procedure.objects.exists()


def test_a_list_may_have_other_columns_and_fills_only_gaps(tmp_path: Path, now: datetime) -> None:
    counts(lines(tmp_path / "a.jsonl", record(1, steps="Nộp hồ sơ")), now)
    heading = ("STT", "Lĩnh vực", "TÊN ", "Cơ quan thực hiện", "Mã số", "Cơ quan ban hành")
    file = book(
        tmp_path / "list.xlsx",
        ("DANH SÁCH",),
        (None,),
        heading,
        (1, "Khác", "Tên khác", "Sở Tư pháp\nỦy ban nhân dân cấp xã", " 1.000001 ", "Bộ Tư pháp"),
        (2, "Hộ tịch", "Chỉ có trong danh sách", None, 6.00012, "Bộ Tư pháp"),
        (None,),
        (3, "Hộ tịch", None, None, "1.000003", "Bộ Tư pháp"),
    )
    assert counts(file, now) == (1, 1, 0, [7])
    page = queries.procedure("1.000001", actor=PUBLIC)
    assert (page.name.vi, page.field, page.facts.steps) == ("Thủ tục thử 1", "Hộ tịch", "Nộp hồ sơ")
    assert page.facts.performing == ("Sở Tư pháp", "Ủy ban nhân dân cấp xã")
    assert queries.procedure("6.000120", actor=PUBLIC).agency_code == "G15"
    assert counts(file, now) == (0, 0, 2, [7])
    assert counts(tmp_path / "a.jsonl", now) == (0, 0, 1, [])


def test_an_import_completes_a_stub(tmp_path: Path, now: datetime) -> None:
    assert ensure_stub("1.000001", actor=SYSTEM, now=now)
    assert not ensure_stub("1.000001", actor=SYSTEM, now=now)
    assert counts(lines(tmp_path / "a.jsonl", record(1)), now) == (1, 0, 0, [])
    page = queries.procedure("1.000001", actor=PUBLIC)
    assert (page.stub, page.revision, page.name.vi) == (False, 1, "Thủ tục thử 1")


def test_memory_does_not_grow_with_the_batches(tmp_path: Path, now: datetime) -> None:
    """More lines than a batch holds: each batch is counted once."""
    file = lines(tmp_path / "many.jsonl", *(record(n) for n in range(1, 252)))
    assert counts(file, now) == (251, 0, 0, [])
    assert counts(file, now) == (0, 0, 251, [])


def test_the_command_prints_counts_and_ends_with_1_when_a_line_was_refused(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", record(1), {"code": "x"})
    answer = CliRunner().invoke(command, ["import", "procedures", str(file)])
    assert answer.exit_code == 1
    assert "a.jsonl: 1 new, 0 changed, 0 unchanged, 1 refused" in answer.output
    assert "a.jsonl:2: refused: " in answer.output
    clean = lines(tmp_path / "b.jsonl", record(1))
    again = CliRunner().invoke(command, ["import", "procedures", str(clean)])
    assert (again.exit_code, again.output) == (0, "b.jsonl: 0 new, 0 changed, 1 unchanged, 0 refused\n")
    assert CliRunner().invoke(command, ["import", "procedures", str(tmp_path / "none")]).exit_code == 2
