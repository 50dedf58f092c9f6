"""Units: import twice, refused lines by name, search with old names and without marks."""

from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from motcua.cli import motcua
from motcua.core.actor import SYSTEM
from motcua.core.refusals import NotFound
from motcua.events.queries import last_event_id, stream_events
from motcua.places import operations, queries
from motcua.places.rules import english

pytestmark = pytest.mark.django_db
HEADER = "code,name,level,parent,valid_from,valid_to,formed_from\n"
UNITS = (
    HEADER
    + '22759,Phường Phan Rang,commune,58,2025-07-01,,"Phường Kinh Dinh, Phường Phủ Hà"\n'
    + "58,Tỉnh Ninh Thuận,province,,,,\n"
    + "22738,Phường Đô Vinh,commune,58,2025-07-01,,Xã Nhơn Sơn\n"
    + "99999,Xã Đã Hết,commune,58,1990-01-01,2025-06-30,\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text(UNITS, "utf-8")
    return path


def load(path: Path, now: datetime) -> operations.ImportCounts:
    return operations.import_units(path=path, actor=SYSTEM, now=now)


def test_parents_may_come_later_and_the_second_time_changes_nothing(file: Path, now: datetime) -> None:
    first = load(file, now)
    assert (first.new, first.changed, first.unchanged, first.refused) == (4, 0, 0, [])
    written = last_event_id()
    second = load(file, now)
    assert (second.new, second.changed, second.unchanged, second.refused) == (0, 0, 4, [])
    assert last_event_id() == written
    assert [e.kind for e in stream_events("places")] == ["places.imported"]


def test_a_changed_line_changes_its_unit_only(file: Path, now: datetime) -> None:
    load(file, now)
    file.write_text(UNITS.replace("Phường Đô Vinh", "Phường Đô Vinh Mới"), "utf-8")
    counts = load(file, now)
    assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 3)
    assert queries.unit("22738").name == "Phường Đô Vinh Mới"
    assert [u.code for u in queries.search_units("do vinh moi")] == ["22738"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",Xã Không Mã,commune,58,,,", "code"),
        ("1 2,Xã,commune,58,,,", "code"),
        ("1,,commune,58,,,", "name"),
        ("1,Xã,huyện,58,,,", "level"),
        ("1,Xã,commune,77,,,", "parent: '77' is unknown"),
        ("1,Xã,commune,22759,,,", "not above"),
        ("1,Xã,commune,1,,,", "own parent"),
        ("1,Xã,commune,58,01/07/2025,,", "valid_from"),
        ("1,Xã,commune,58,2025-07-01,2025-06-30,", "valid_to"),
        ("58,Tỉnh Khác,province,,,,", "stands in this file already"),
    ],
)
def test_a_refused_line_is_named_and_the_others_are_kept(
    line: str, reason: str, file: Path, now: datetime
) -> None:
    file.write_text(UNITS + line + "\n", "utf-8")
    counts = load(file, now)
    assert counts.new == 4
    ((number, words),) = counts.refused
    assert number == 6
    assert reason in words


def test_a_byte_order_mark_and_missing_columns_are_no_harm(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "few.csv"
    path.write_bytes("\ufeffcode,name,level\n58,Tỉnh Ninh Thuận,province\n".encode())
    assert load(path, now).new == 1


def test_other_headers_are_refused(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "other.csv"
    path.write_text("code,name,province_code\n1,2,3\n", "utf-8")
    with pytest.raises(operations.HeaderUnknown) as refusal:
        load(path, now)
    assert "level" in refusal.value.cause.en


def test_an_empty_file_is_refused(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    with pytest.raises(operations.HeaderUnknown):
        load(path, now)


def test_search_with_and_without_marks_and_by_old_names(file: Path, now: datetime) -> None:
    load(file, now)
    for words in ("Phan Rang", "phan rang", "PHUONG PHAN RANG", "kinh dinh", "Phủ Hà"):
        assert [u.code for u in queries.search_units(words)] == ["22759"], words
    assert [u.code for u in queries.search_units("đô vinh")] == ["22738"]
    assert [u.code for u in queries.search_units("do vinh")] == ["22738"]
    assert queries.search_units("") == ()
    assert queries.search_units("%") == ()
    assert len(queries.search_units("phuong", limit=1)) == 1


def test_communes_of_a_province_on_a_day(file: Path, now: datetime) -> None:
    load(file, now)
    assert [u.code for u in queries.communes("58")] == ["22738", "22759", "99999"]
    assert [u.code for u in queries.communes("58", on=date(2026, 1, 1))] == ["22738", "22759"]
    assert [u.code for u in queries.communes("58", on=date(2025, 6, 30))] == ["99999"]
    assert [u.code for u in queries.provinces()] == ["58"]
    unit = queries.unit("22759")
    assert (unit.name_en, unit.parent_code, unit.parent_name) == ("Phan Rang Ward", "58", "Tỉnh Ninh Thuận")


def test_an_unknown_unit_is_not_found() -> None:
    for ask in (queries.unit, queries.unit_id):
        with pytest.raises(NotFound):
            ask("nowhere")


@pytest.mark.parametrize(
    ("name", "translated"),
    [
        ("Phường Phan Rang", "Phan Rang Ward"),
        ("Xã Cà Ná", "Cà Ná Commune"),
        ("Tỉnh Ninh Thuận", "Ninh Thuận Province"),
        ("Thành Phố Đà Nẵng", "Đà Nẵng City"),
        ("Đặc khu Trường Sa", "Trường Sa Special Zone"),
        ("Xãng", "Xãng"),
    ],
)
def test_english_names(name: str, translated: str) -> None:
    assert english(name) == translated


def test_command_counts_and_ends_in_1_when_a_line_was_refused(file: Path) -> None:
    good = CliRunner().invoke(motcua, ["import", "units", str(file)])
    assert (good.exit_code, good.output) == (0, "units.csv: 4 new, 0 changed, 0 unchanged, 0 refused\n")
    file.write_text(UNITS + "x,,commune,58,,,\n", "utf-8")
    bad = CliRunner().invoke(motcua, ["import", "units", str(file)])
    assert bad.exit_code == 1
    assert "units.csv:6: refused: name" in bad.output
    assert CliRunner().invoke(motcua, ["import", "units", str(file.parent / "none.csv")]).exit_code == 2


def test_the_real_units_of_the_whole_country_can_be_read(
    shared_data: Path, tmp_path: Path, now: datetime
) -> None:
    """3,321 communes, converted to our columns, in one file: none refused."""
    import csv

    path = tmp_path / "country.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER.strip().split(","))
        for name in ("province_merge_34.csv", "commune_merge_3321.csv"):
            with (shared_data / "units" / name).open(encoding="utf-8-sig", newline="") as source:
                for row in csv.DictReader(source):
                    level = "commune" if row.get("province_code") else "province"
                    parent = row.get("province_code", "")
                    writer.writerow(
                        [row["code"], row["name"], level, parent, "2025-07-01", "", row["formed_from"]]
                    )
    counts = load(path, now)
    assert (counts.new, counts.refused) == (34 + 3321, [])
    assert len(queries.communes("56")) == 65
