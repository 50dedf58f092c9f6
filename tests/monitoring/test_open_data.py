"""Open data: what is told of a month, what is hidden, and the catalogues."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.actor import PUBLIC
from motcua.core.refusals import NotFound
from motcua.monitoring.queries import OPEN_COLUMNS, open_months, open_rows
from motcua.monitoring.rules.suppression import LEAST, hidden
from tests.monitoring.conftest import at

JULY = date(2026, 7, 15)


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, str]]:
    """Units in up to three levels; each holds its own cases and all below it."""
    parents = {f"r{n}": "" for n in range(draw(st.integers(1, 3)))}
    for level in ("a", "b"):
        for unit in [u for u in parents if len(u.split(".")) == (1 if level == "a" else 2)]:
            parents |= {f"{unit}.{level}{n}": unit for n in range(draw(st.integers(0, 3)))}
    own = {unit: draw(st.sampled_from([0, 0, 1, 3, 4, 5, 9, 40])) for unit in parents}
    counts = {u: sum(n for v, n in own.items() if v == u or v.startswith(f"{u}.")) for u in parents}
    return counts, parents


@given(trees())
def test_nothing_small_is_told_and_nothing_follows_by_subtraction(
    tree: tuple[dict[str, int], dict[str, str]],
) -> None:
    counts, parents = tree
    gone = hidden(counts, parents)
    assert all(unit in gone for unit, count in counts.items() if 0 < count < LEAST)
    for parent in {*parents.values()}:
        units = [unit for unit, above in parents.items() if above == parent]
        own = counts[parent] - sum(counts[unit] for unit in units) if parent else 0
        secret = [unit for unit in units if unit in gone and counts[unit]]
        if parent not in gone and own == 0 and len(secret) == 1:
            assert all(counts[unit] == 0 for unit in units if unit not in gone), (parent, secret)
        if parent in gone:
            assert set(units) <= gone


def test_without_small_numbers_nothing_is_hidden() -> None:
    assert hidden({"a": 10, "a.1": 5, "a.2": 5, "b": 0}, {"a": "", "a.1": "a", "a.2": "a", "b": ""}) == set()
    assert hidden({"a": 13, "a.1": 4, "a.2": 9}, {"a": "", "a.1": "a", "a.2": "a"}) == {"a.1", "a.2"}
    assert hidden(
        {"a": 29, "a.1": 4, "a.2": 9, "a.3": 16}, {"a": "", "a.1": "a", "a.2": "a", "a.3": "a"}
    ) == {
        "a.1",
        "a.2",
    }


@pytest.fixture
def june(make_dossier: Callable[..., Any], count: Callable[..., None]) -> None:
    count(
        *(make_dossier(received_at=at(2)) for _ in range(7)),
        *(make_dossier(agency="H43.13", received_at=at(3)) for _ in range(3)),
        *(make_dossier(agency="G01.20", received_at=at(3), channel=1) for _ in range(6)),
    )


@pytest.mark.django_db
def test_a_month_is_published_when_it_is_over(june: None) -> None:
    assert open_months(JULY, actor=PUBLIC) == (date(2026, 6, 1),)
    assert open_months(date(2026, 6, 30), actor=PUBLIC) == ()
    with pytest.raises(NotFound):
        open_rows(date(2026, 7, 1), JULY, actor=PUBLIC)
    found = {
        (r.definition.identifier, r.agency): (r.numerator, r.denominator, r.suppressed)
        for r in open_rows(date(2026, 6, 1), JULY, actor=PUBLIC)
    }
    assert found["online_2022", "national"] == (10, 16, False)
    assert found["online_2022", "H43"] == (10, 10, False)
    assert found["online_2022", "H43.13"] == (None, None, True)
    assert found["online_2022", "H43.12"] == (None, None, True)  # it would give the other away
    assert found["online_2022", "G01.20"] == (0, 6, False)


@pytest.mark.feature("53")
@pytest.mark.django_db
def test_csv_and_json_hold_the_same_at_a_stable_address(june: None, client: Any) -> None:
    table = client.get("/du-lieu-mo/2026-06.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(table.streaming_content).decode())))
    objects = json.loads(b"".join(client.get("/du-lieu-mo/2026-06.json").streaming_content))
    assert tuple(rows[0]) == OPEN_COLUMNS == tuple(objects[0])
    assert len(rows) == len(objects)
    assert [row["agency"] for row in rows] == [one["agency"] for one in objects]
    assert table.headers["Link"].endswith('rel="license"')
    for wrong in ("2026-13.csv", "2026-06.exe", "2020-01.csv", "now.csv"):
        assert client.get(f"/du-lieu-mo/{wrong}").status_code == 404


@pytest.mark.feature("53")
@pytest.mark.django_db
def test_the_catalogues_lead_to_every_file(june: None, client: Any) -> None:
    catalogue = client.get("/du-lieu-mo/catalog.jsonld")
    assert catalogue.headers["Content-Type"] == "application/ld+json"
    document = catalogue.json()
    assert document["@type"] == "dcat:Catalog"
    *_, month, services = document["dcat:dataset"]
    assert month["dct:identifier"] == "2026-06"
    for dataset in (month, services):
        for distribution in dataset["dcat:distribution"]:
            path = "/" + distribution["dcat:accessURL"]["@id"].split("/", 3)[3]
            answer = client.get(path)
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].startswith(distribution["dcat:mediaType"])
    graph = client.get("/du-lieu-mo/services.jsonld").json()["@graph"]
    assert {one["dct:identifier"] for one in graph} == {"1.004873", "1.004194", "2.000635"}
    after = client.get("/du-lieu-mo/services.jsonld?after=1.004873").json()["@graph"]
    assert [one["dct:identifier"] for one in after] == ["2.000635"]
