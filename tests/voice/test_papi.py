"""PAPI by its published rules: against the published composites and ranks, and broken files."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.actor import PUBLIC, SYSTEM
from motcua.voice.gateways import book
from motcua.voice.rules.indices import LineRefused, four, ranked, score

pytestmark = pytest.mark.django_db

PARTS = list(book("papi").parts)


def load(path: Path, year: int, now: Any) -> Any:
    from motcua.voice.operations import import_papi

    return import_papi(path=path, year=year, actor=SYSTEM, now=now)


def shown(year: int) -> dict[str, dict[str, Any]]:
    from motcua.voice.queries import papi

    return {row["province"]: row for row in papi(year, actor=PUBLIC).as_record()["rows"]}


@pytest.mark.feature("N10")
@pytest.mark.parametrize("year", [2021, 2022])
def test_published_dimensions_composites_and_ranks_are_reproduced(
    shared_data: Path, year: int, now: Any
) -> None:
    file = shared_data / "papi" / f"subdimensions_{year}.csv"
    counts = load(file, year, now)
    assert (counts.new, counts.changed, counts.refused) == (63, 0, [])
    found = shown(year)
    with (shared_data / "papi" / f"papi_{year}.csv").open() as published:
        for row in csv.DictReader(published):
            name = row.pop("province")
            *dimensions, composite, rank = (float(cell) if cell else None for cell in row.values())
            mine = found[name]
            assert [*mine["dimensions"], mine["composite"], mine["rank"]] == [*dimensions, composite, rank]
    again = load(file, year, now)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 63)


def test_ninh_thuan_is_fourth_of_sixty_one(shared_data: Path, now: Any) -> None:
    from motcua.voice.queries import papi, papi_years

    load(shared_data / "papi" / "subdimensions_2022.csv", 2022, now)
    mine = shown(2022)["Ninh Thuan"]
    assert (mine["composite"], mine["rank"]) == (46.0002, 4)
    year = papi(2022, actor=PUBLIC)
    assert year.middle is not None
    assert (year.middle.counted, year.middle.median, year.middle.mean) == (
        61, Decimal("42.2377"), Decimal("42.3424"),
    )  # fmt: skip
    assert papi_years(actor=PUBLIC) == (2022,)
    assert len({s.successor for s in year.book.subjects.values()}) == 34


def write(path: Path, *rows: str, header: str = "Province," + ",".join(PARTS)) -> Path:
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_broken_lines_are_named_and_the_others_kept(tmp_path: Path, now: Any) -> None:
    good = ",".join(["1.5"] * len(PARTS))
    file = write(
        tmp_path / "papi.csv",
        f"P01,{good}",
        f"P99,{good}",
        "P02," + ",".join(["9"] * len(PARTS)),
        "P03," + ",".join(["abc"] * len(PARTS)),
        f"P01,{good}",
        f"P04,{good},1,2",
        "P05,1.5",
        f"p06 ,{good.replace('1.5', ' NA', 1)}",
    )
    counts = load(file, 2019, now)
    assert [line for line, _ in counts.refused] == [3, 4, 5, 6, 7]
    assert counts.new == 3
    found = shown(2019)
    assert found["Hanoi"]["composite"] == 1.5 * len(PARTS)
    assert found["Tuyen Quang"]["dimensions"][1:] == [None] * 7  # P05: one part only
    assert (found["Lao Cai"]["dimensions"][0], found["Lao Cai"]["composite"]) == (None, None)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "Province,XX\nP01,1\n"])
def test_a_file_of_something_else_is_refused_as_a_whole(tmp_path: Path, text: str) -> None:
    from motcua.cli.voice import import_papi

    file = tmp_path / "other.csv"
    file.write_text(text)
    from motcua.voice.operations import IndexFileRefused

    done = CliRunner().invoke(import_papi, [str(file), "--year", "2022"])
    assert isinstance(done.exception, IndexFileRefused)


def test_a_year_with_six_dimensions_has_a_composite_of_six(tmp_path: Path, now: Any) -> None:
    early = [p for p in PARTS if p[2] in "123456"]
    file = write(
        tmp_path / "p.csv", "P01," + ",".join(["2"] * len(early)), header="Province," + ",".join(early)
    )
    load(file, 2012, now)
    row = shown(2012)["Hanoi"]
    assert row["dimensions"][6:] == [None, None]
    assert (row["composite"], row["rank"]) == (2.0 * len(early), 1)


def test_a_corrected_file_changes_only_what_it_corrects(tmp_path: Path, now: Any) -> None:
    file = write(tmp_path / "p.csv", *(f"P0{n}," + ",".join(["1"] * len(PARTS)) for n in (1, 2)))
    load(file, 2020, now)
    write(file, "P01," + ",".join(["1"] * len(PARTS)), "P02," + ",".join(["2"] * len(PARTS)))
    counts = load(file, 2020, now)
    assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 1)


def test_commands(tmp_path: Path) -> None:
    from motcua.cli.voice import import_papi, papi

    file = write(tmp_path / "p.csv", "P38," + ",".join(["1"] * len(PARTS)))
    assert CliRunner().invoke(papi, ["--year", "2020"]).exit_code == 1
    done = CliRunner().invoke(import_papi, [str(file), "--year", "2020"])
    assert (done.exit_code, done.output) == (0, "p.csv: 1 new, 0 changed, 0 unchanged, 0 refused\n")
    told = json.loads(CliRunner().invoke(papi, ["--year", "2020", "--json"]).output)
    assert told["rows"] == [
        {
            "province": "Ninh Thuan",
            "code": "P38",
            "dimensions": [4.0, 4.0, 3.0, 4.0, 4.0, 4.0, 3.0, 3.0],
            "composite": 29.0,
            "rank": 1,
        }
    ]
    assert "Ninh Thuan" in CliRunner().invoke(papi, ["--year", "2020"]).output
    assert CliRunner().invoke(import_papi, [str(file)]).exit_code == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    table=st.dictionaries(
        st.sampled_from(list(book("papi").subjects)[:6]),
        st.fixed_dictionaries(
            {p: st.one_of(st.none(), st.sampled_from([Decimal("0.5"), Decimal(2)])) for p in PARTS}
        ),
        min_size=1,
    )
)
def test_ranks_are_those_of_a_plain_count(table: dict[str, dict[str, Decimal | None]]) -> None:
    rows = ranked(table, book("papi"))
    assert {row.subject for row in rows} == set(table)
    for row in rows:
        if row.composite is None:
            assert row.rank is None
        else:
            better = sum(1 for r in rows if r.composite is not None and r.composite > row.composite)
            assert row.rank == better + 1
            assert row.composite == sum(d for d in row.dimensions if d is not None)


@pytest.mark.parametrize("text", ["inf", "-1", "NaN0", "1e9", "1,5", "٢"])
def test_a_cell_that_is_no_score_is_refused(text: str) -> None:
    if text == "٢":  # a digit of another script is a number: within the scale
        assert score("SC11", text) == 2
        return
    with pytest.raises(LineRefused):
        score("SC11", text)
    assert four(Decimal("1.00005")) == Decimal("1.0001")


@pytest.mark.feature("N10")
def test_published_intervals_are_kept_shown_and_checked(tmp_path: Path, now: Any, client: Any) -> None:
    from motcua.voice.queries import papi

    def file(text: str) -> Path:
        path = tmp_path / "x.csv"
        path.write_text(text, encoding="utf-8")
        return path

    head = "Province,SC11,SC11_low,SC11_HIGH,SC12\n"
    counts = load(
        file(head + "P38,1.5,1.4,1.625,1\nP01,1,,,1\nP02,1.5,1.6,1.7,1\nP03,1.5,1.4,,1\n"), 2022, now
    )
    assert (counts.new, [line for line, _ in counts.refused]) == (2, [4, 5])
    assert "does not lie within" in counts.refused[0][1]
    assert "two ends" in counts.refused[1][1]
    found = papi(2022, actor=PUBLIC)
    assert found.intervals == {"P38": {"SC11": (Decimal("1.4"), Decimal("1.625"))}}
    page = client.get("/bang-dieu-hanh/papi/P38/").content.decode()
    assert "khoảng sai số" in page
    assert "1,63" in page or "1,6250" in page
    assert load(file(head + "P38,1.5,1.4,1.625,1\n"), 2022, now).unchanged == 1
    assert load(file(head + "P38,1.5,1.4,1.7,1\n"), 2022, now).changed == 1
    from motcua.voice.operations import IndexFileRefused

    with pytest.raises(IndexFileRefused, match="SC11"):
        load(file("Province,SC11,SC11_LOW\nP38,1.5,1.4\n"), 2023, now)
