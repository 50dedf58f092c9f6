"""Tile maps: every province has one square of its own, and short names tell units apart."""

from datetime import date

import pytest

from motcua.monitoring.gateways import layouts
from motcua.monitoring.queries import tiles_for
from motcua.monitoring.rules.tiles import placed, read_layout, short_names

NOW, BEFORE = date(2026, 6, 30), date(2024, 8, 31)


def test_each_layout_has_a_square_for_each_province() -> None:
    old, new = layouts()
    codes = {key for key in old.places if key.isdigit()}
    assert (len(codes), len(new.places)) == (63, 34)
    assert {f"H{n:02}" for n in range(1, 64)} == set(old.places) - codes
    assert len({old.places[key] for key in codes}) == 63  # no two on one square
    assert {old.places[f"H{n:02}"] for n in range(1, 64)} == {old.places[key] for key in codes}
    assert len(set(new.places.values())) == 34
    assert set(new.places) < codes


def test_the_day_chooses_among_layouts_that_know_all() -> None:
    keys = ["01", "04", "08", "79"]
    assert "63" in tiles_for(keys, on=BEFORE).source.vi
    assert "34" in tiles_for(keys, on=NOW).source.vi
    assert "63" in tiles_for([*keys, "58"], on=NOW).source.vi  # a province that only the old one knows


def test_ministries_among_provinces_have_no_square() -> None:
    found = tiles_for(["G01", "G15", "H01", "H26", "H43", "H29"], on=BEFORE)
    assert set(found.places) == {"H01", "H26", "H43", "H29"}
    assert min(row for row, _ in found.places.values()) == 0
    assert found.rows == 1 + max(row for row, _ in found.places.values())


@pytest.mark.parametrize(("count", "rows", "columns"), [(1, 1, 1), (2, 1, 2), (5, 2, 3), (65, 8, 9)])
def test_others_stand_in_reading_order_near_a_square(count: int, rows: int, columns: int) -> None:
    keys = [f"{22000 + n}" for n in range(count)]
    found = placed(reversed(keys), NOW, layouts())
    assert (found.rows, found.columns, found.source.vi) == (rows, columns, "")
    assert sorted(keys, key=lambda k: found.places[k]) == keys
    assert len(set(found.places.values())) == count


def test_a_code_that_stands_twice_is_a_fault_of_the_file() -> None:
    with pytest.raises(ValueError, match="01 comes twice"):
        read_layout({"key": "x", "rows": ["01 01"], "source_vi": "", "source_en": ""})


def test_short_names_tell_alike_ones_apart() -> None:
    names = {
        "a": "Quảng Nam", "b": "Quảng Ninh", "c": "Quảng Ngãi", "d": "TP Hồ Chí Minh", "e": "Tỉnh Ninh Thuận",
        "f": "Phường Đông Hải", "g": "Phường Đô Hạ", "h": "Phường Đông Hải",
    }  # fmt: skip
    short = short_names(names)
    assert (short["a"], short["d"], short["e"]) == ("QNa", "HCM", "NT")
    assert len(set(short.values())) == len(names)
    assert all(1 < len(one) <= 7 for one in short.values())
