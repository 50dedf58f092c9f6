"""Rows of files that other systems wrote."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.tabular import HeaderUnknown, read_rows

NEEDED = ("code", "agency")


def rows(path: Path, data: bytes) -> list[tuple[int, dict[str, str], str]]:
    path.write_bytes(data)
    return [
        (r.line, dict(r.cells), r.fault) for r in read_rows(path, needed=NEEDED, names={"MaHoSo": "code"})
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_any_of_three_separators(tmp_path: Path, separator: str) -> None:
    text = f'\ufeffMaHoSo{separator}agency\nx{separator}"H43"\n\n y {separator}\n'
    found = rows(tmp_path / "f.csv", text.encode())
    assert found == [(2, {"code": "x", "agency": "H43"}, ""), (4, {"code": "y", "agency": ""}, "")]


def test_json_lines_with_plain_values_as_texts(tmp_path: Path) -> None:
    data = (
        '{"MaHoSo": "x", "agency": "H43", "fee": 7000, "paid": true, "n": null, "list": [1]}\n[1]\n{"code"\n'
    )
    first, second, third = rows(tmp_path / "f.jsonl", data.encode())
    assert first[1] == {"code": "x", "agency": "H43", "fee": "7000", "paid": "1", "n": "", "list": ""}
    assert second[2] == "not a JSON object"
    assert third[2].startswith("not JSON")


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    data = b'code,agency\na,H43\nb,H\xe043\nc\nd,H43,x\ne,H\x0043\n"f"x,H43\ng,H43\nh,"H4'
    found = rows(tmp_path / "f.csv", data)
    assert [line for line, _, fault in found if not fault] == [2, 8]
    faults = {line: fault for line, _, fault in found if fault}
    assert "0xe0" in faults[3]
    assert "1 cells" in faults[4]
    assert "3 cells" in faults[5]
    assert "NUL" in faults[6]
    assert faults[7].startswith("not CSV")
    assert len(faults) == 6


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no column code, agency"),
        (b"[{}]", "JSON list"),
        ("code,agency\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04", "no text"),
    ],
)
def test_what_is_no_such_table_is_refused_as_a_whole(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(HeaderUnknown, match=words):
        rows(tmp_path / "f.csv", data)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_no_bytes_break_the_reader(tmp_path: Path, data: bytes) -> None:
    for line, cells, fault in rows(tmp_path / "f.csv", b"code,agency\n" + data):
        assert line >= 2
        assert fault or set(cells) == {"code", "agency"}
