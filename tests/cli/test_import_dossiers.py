"""``motcua import dossiers``: what is kept, what is refused, and the figures that follow."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.periods import VIETNAM, Period

pytestmark = pytest.mark.django_db

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
HEAD = (
    "code,procedure,agency,channel,filed_by,received_at,due_at,finished_at,status,supplements,"
    "paused_minutes,e_result,fee,paid_online,visits\n"
)
# code, then: online in time; direct in time; online and late; late but for its pause; unknown channel
LINES = (
    "H43.12-240301-0001,1.004873,H43.12,2,self,2024-03-01T08:00,2024-03-05T17:30,2024-03-04T10:00,10,0,0,1,0,0,0",
    "H43.12-240301-0002,1.004873,H43.12,1,officer,2024-03-01T08:00,2024-03-05T17:30,2024-03-04T10:00,9,0,,0,15000,0,1",
    "G15-240302-0001,1.004873,G15,2,helped,2024-03-02,2024-03-05,2024-03-06,9,0,0,0,5000,1,0",
    "G15-240302-0002,1.004873,G15,2,self,2024-03-02T09:00,2024-03-05T09:00,2024-03-06T09:00,9,1,1440,1,,,0",
    "H43.12-240303-0001,1.004194,H43.12,,,2024-03-03,2024-03-06,,4,,,,,,",
)


def run(tmp_path: Path, text: str | bytes, name: str = "file.csv") -> Result:
    from motcua.cli.imports import dossiers

    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(dossiers, [str(file)])


def rate(definition: str, scope: str = "national", *, recount: bool = False) -> tuple[int, int, int]:
    from motcua.monitoring.queries import rates

    row = rates(definition, YEAR, None, scope, actor=PUBLIC, recount=recount).row(scope)
    assert row is not None
    return row.numerator, row.denominator, row.excluded


def test_records_count_at_once_and_alike_from_rollups_and_recount(tmp_path: Path) -> None:
    done = run(tmp_path, HEAD + "\n".join(LINES))
    assert done.exit_code == 0, done.output
    assert done.output.startswith("file.csv: 5 new, 0 changed, 0 unchanged, 0 refused\n")
    for stub in ("procedure 1.004873", "agency H43.12", "agency G15"):
        assert f"kept as a stub: {stub}\n" in done.output
    expected = {
        "online_2022": (3, 4, 1),  # one has no channel
        "online_766": (2, 5, 0),  # no channel counts as direct; one online without a result
        "on_time_766": (3, 4, 1),  # the open one: nobody knows what it waited for
        "filed_self": (2, 4, 1),
        "paid_online_766": (1, 2, 2),
    }
    from motcua.monitoring.queries import DEFINITIONS

    known = {d.identifier for d in DEFINITIONS}
    for definition in expected.keys() & known:
        assert rate(definition) == expected[definition], definition
    assert {"online_2022", "online_766", "on_time_766", "paid_online_766"} <= known
    for one in DEFINITIONS:
        assert rate(one.identifier) == rate(one.identifier, recount=True), one.identifier
    assert rate("online_2022", "G15") == (2, 2, 0)
    assert rate("online_2022", "H43.12") == (1, 2, 1)


def test_the_same_file_again_changes_nothing_and_a_correction_only_itself(tmp_path: Path) -> None:
    from motcua.dossiers.queries import all_record_facts

    run(tmp_path, HEAD + "\n".join(LINES))
    before = list(all_record_facts(actor=SYSTEM))
    again = run(tmp_path, HEAD + "\n".join(reversed(LINES)))
    assert (again.exit_code, again.output) == (0, "file.csv: 0 new, 0 changed, 5 unchanged, 0 refused\n")
    assert list(all_record_facts(actor=SYSTEM)) == before
    renamed = run(tmp_path, HEAD + "\n".join(LINES), "another-name.csv")
    assert renamed.output == "another-name.csv: 0 new, 0 changed, 5 unchanged, 0 refused\n"
    late = LINES[0].replace("2024-03-04T10:00", "2024-03-09T10:00")
    mended = run(tmp_path, HEAD + late)
    assert mended.output == "file.csv: 0 new, 1 changed, 0 unchanged, 0 refused\n"
    assert rate("on_time_766") == (2, 4, 1) == rate("on_time_766", recount=True)


def test_a_code_twice_in_one_file_takes_the_later_line(tmp_path: Path) -> None:
    later = LINES[0].replace(",2,self,", ",1,self,")
    done = run(tmp_path, HEAD + f"{LINES[0]}\n{later}\n{later}")
    assert done.output.startswith("file.csv: 1 new, 1 changed, 1 unchanged, 0 refused")
    assert rate("online_2022") == (0, 1, 0)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("code", ""),
        ("code", "a b"),
        ("procedure", "x"),
        ("channel", "4"),
        ("filed_by", "friend"),
        ("status", "11"),
        ("received_at", "31/02/2024"),
        ("finished_at", "2024-02-28"),
        ("supplements", "-1"),
        ("paused_minutes", "1.5"),
        ("e_result", "2"),
        ("fee", "10.000đ"),
    ],
)
def test_a_broken_line_is_named_by_its_column_and_the_rest_is_kept(
    tmp_path: Path, column: str, text: str
) -> None:
    cells = dict(zip(HEAD.strip().split(","), LINES[0].split(","), strict=True)) | {column: text}
    done = run(tmp_path, HEAD + f"{LINES[1]}\n{','.join(cells.values())}\n{LINES[2]}")
    assert done.exit_code == 1
    assert done.output.startswith("file.csv: 2 new, 0 changed, 0 unchanged, 1 refused\n")
    assert f"file.csv:3: refused: {column}: " in done.output


def test_a_cut_off_line_other_encodings_and_wrong_files_are_named(tmp_path: Path) -> None:
    cut = run(tmp_path, HEAD + LINES[0] + "\n" + LINES[1][:40])
    assert (cut.exit_code, "1 new, 0 changed, 0 unchanged, 1 refused" in cut.output) == (1, True)
    assert "cut off?" in cut.output
    odd = run(tmp_path, (HEAD + LINES[2]).encode() + "\nPhường".encode("cp1258", "replace"), "odd.csv")
    assert odd.exit_code == 1
    assert "odd.csv:3: refused: not UTF-8" in odd.output
    for wrong in ("code;agency\n", b"\xff\xfec\0", b"PK\x03\x04", ""):
        assert run(tmp_path, wrong, "wrong.csv").exit_code == 1


def test_the_national_names_are_read_as_well(tmp_path: Path) -> None:
    record = {
        "MaHoSo": "000.00.12.H43-240304-0007",
        "MaTTHC": "1.004873.000.00.00.H43",
        "DonViXuLy": "UBND phường Phan Rang",
        "NgayTiepNhan": "20240304080000",
        "NgayHenTra": "20240307173000",
        "NgayKetThucXuLy": "20240306100000",
        "TrangThaiHoSo": 10,
        "KenhThucHien": "2",
        "TaiLieuNop": [{"TenTepDinhKem": "a.pdf", "DuocSoHoa": "0", "DuocLayTuKhoDMQG": "0"}],
        "DanhSachGiayToKetQua": [{"TenGiayTo": "b", "DuongDanTepTinKetQua": "https://x.vn/b"}],
        "DanhSachLePhi": [{"Gia": "5000"}, {"Gia": "3000"}],
        "DuocThanhToanTrucTuyen": "2",
        "TaiKhoanDuocXacThucVoiVNeID": "1",
    }
    done = run(tmp_path, json.dumps(record), "records.jsonl")
    assert done.output.startswith("records.jsonl: 1 new"), done.output
    from motcua.dossiers.queries import all_record_facts

    (found,) = all_record_facts(actor=SYSTEM)
    assert (found.agency, found.procedure_code, found.channel, found.status) == ("H43.12", "1.004873", 2, 10)
    assert (found.fee, found.e_result, found.digitised, found.from_store) == (8000, True, True, False)
    assert found.received_at == datetime(2024, 3, 4, 8, tzinfo=VIETNAM)
    assert (found.reused, found.paid_online, found.visits, found.synced) == (False, True, None, None)
    assert rate("on_time_766") == (1, 1, 0)
    assert rate("online_766") == (1, 1, 0)


def test_levels_and_limits_that_come_later_judge_the_records_anew(tmp_path: Path) -> None:
    from motcua.cli.imports import levels

    lines = [line.replace("2024-03-05T17:30", "") for line in LINES[:2]]
    run(tmp_path, HEAD + "\n".join(lines))
    assert rate("online_emc") == (0, 1, 1)  # the direct one is none; of the other no level is known
    assert rate("on_time_766") == (0, 0, 2)
    file = tmp_path / "levels.csv"
    file.write_text("procedure,agency,level,valid_from\n1.004873,H43,full,2024-01-01\n")
    assert CliRunner().invoke(levels, [str(file)]).exit_code == 0
    assert rate("online_emc") == (1, 2, 0) == rate("online_emc", recount=True)


def test_a_record_without_a_day_is_kept_and_said(tmp_path: Path) -> None:
    line = LINES[0].replace("2024-03-01T08:00", "")
    done = run(tmp_path, HEAD + line)
    assert "1 without received_at: kept, in no period" in done.output
    assert rate("online_2022") == (0, 0, 0)


def test_many_lines_are_written_in_chunks(tmp_path: Path) -> None:
    start = datetime(2024, 1, 1, tzinfo=VIETNAM)
    hours = (f"{start + timedelta(hours=n):%Y-%m-%dT%H:%M}" for n in range(4_500))
    lines = (f"H43-{n:05d},1.004873,H43,{1 + n % 2},self,{at},,,4,0,0,,,," for n, at in enumerate(hours))
    done = run(tmp_path, HEAD + "\n".join(lines))
    assert done.output.startswith("file.csv: 4500 new"), done.output[:300]
    assert rate("online_2022") == (2250, 4500, 0) == rate("online_2022", recount=True)
