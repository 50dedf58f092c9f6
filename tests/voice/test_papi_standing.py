"""One province of PAPI: trend, distances, what costs most, peers; and its pages."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.refusals import NotFound
from motcua.demo.operations.outside import YEARS, load_papi
from motcua.voice.queries import papi_provinces, papi_subject, papi_years
from motcua.voice.rules.indices import four

pytestmark = pytest.mark.django_db
NINH_THUAN, BAC_NINH = "P38", "P05"


@pytest.fixture
def loaded(now: Any) -> None:
    load_papi(now)


def test_the_demo_ships_what_was_published(shared_data: Path) -> None:
    import motcua.demo

    for year in YEARS:
        name = f"subdimensions_{year}.csv"
        ours = Path(motcua.demo.__file__).parent / "data" / "papi" / name
        assert ours.read_bytes() == (shared_data / "papi" / name).read_bytes()


def test_a_provinces_trend_and_distances_are_those_of_the_published_figures(loaded: None) -> None:
    found = papi_subject(2022, NINH_THUAN, actor=PUBLIC)
    points = [(p.year, p.row and p.row.composite and four(p.row.composite), p.row and p.row.rank)
              for p in found.trend]  # fmt: skip
    assert points == [(2021, Decimal("43.8302"), 14), (2022, Decimal("46.0002"), 4)]  # domain.md §7
    assert (found.before, found.year.ranked) == (2021, 61)
    own = [four(one.own) for one in found.dimensions if one.own is not None]
    assert [str(value) for value in own] == [
        "5.4048", "5.8627", "4.3562", "7.5202", "7.5295", "8.0621", "3.7321", "3.5325",
    ]  # fmt: skip
    composite = found.row.composite
    assert composite is not None
    changes = sum((one.change for one in found.dimensions if one.change is not None), Decimal(0))
    assert abs(changes - (Decimal("46.0002") - Decimal("43.8302"))) <= Decimal("0.0002")


@pytest.mark.feature("N10")
def test_what_costs_most_comes_first_and_is_the_distance_to_the_best(loaded: None) -> None:
    found = papi_subject(2022, NINH_THUAN, actor=PUBLIC)
    costs = [part.cost for part in found.parts if part.cost is not None]
    assert costs == sorted(costs, reverse=True)
    assert all(cost >= 0 for cost in costs)
    first = found.parts[0]
    values = [values.get(first.code) for values in found.year.parts.values()]
    assert first.best == max(value for value in values if value is not None)
    assert {part.code for part in found.parts} == set(found.year.book.parts) - {"SC52"}  # nobody has it


def test_peers_are_chosen_and_strangers_are_no_subject(loaded: None) -> None:
    peers = ["P01", "P01", "P99", "P02", "P03", "P04", "P06", "P07"]
    found = papi_subject(2022, NINH_THUAN, peers=peers, actor=PUBLIC)
    assert {row.subject for row in found.peers} == {"P01", "P02", "P03", "P04"}
    for year, subject in ((2022, "P99"), (2020, NINH_THUAN)):
        with pytest.raises(NotFound):
            papi_subject(year, subject, actor=PUBLIC)


def test_pages_name_the_statistic_and_the_province_of_today(loaded: None, client: Client) -> None:
    client.cookies["motcua_language"] = "en"
    ranking = client.get("/bang-dieu-hanh/papi/").content.decode()
    assert "the median of their composites is 42.2377, the mean 42.3424" in ranking
    assert "Khánh Hòa" in ranking
    client.cookies["motcua_language"] = "vi"
    page = client.get(f"/bang-dieu-hanh/papi/{NINH_THUAN}/?year=2022").content.decode()
    assert "46,0002 điểm, hạng 4 trong 61" in page
    assert "là một phần của Tỉnh Khánh Hòa" in page
    for wrong in ("papi/?year=2020", "papi/?year=zzzz", "papi/P99/", f"papi/{NINH_THUAN}/?year=2020"):
        assert client.get(f"/bang-dieu-hanh/{wrong}").status_code == 404


def test_without_a_year_the_page_says_what_to_do(client: Client) -> None:
    client.cookies["motcua_language"] = "en"
    page = client.get("/bang-dieu-hanh/papi/")
    assert page.status_code == 200
    assert "motcua import papi FILE --year 2022" in page.content.decode()


def test_a_province_without_a_composite_says_so(loaded: None, client: Client) -> None:
    from motcua.voice.queries import papi

    row = next(row for row in papi(2022, actor=SYSTEM).rows if row.rank is None)
    client.cookies["motcua_language"] = "en"
    page = client.get(f"/bang-dieu-hanh/papi/{row.subject}/?year=2022").content.decode()
    assert "A part is missing, so there is neither a composite nor a rank." in page


def test_provinces_stand_in_the_order_of_the_alphabet(loaded: None) -> None:
    year = papi_years(actor=PUBLIC)[0]
    names = [name.vi for _, name in papi_provinces(year, actor=PUBLIC)]
    assert names.index("Cà Mau") < names.index("Đà Nẵng") < names.index("Hà Nội") < names.index("Yên Bái")
