"""Services reaching their target, missing it, without dossiers: by unit, by level, down to the service."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.core.actor import PUBLIC, SYSTEM, Actor
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.monitoring.queries import Reach, reached
from motcua.monitoring.rules.counting import Counts
from motcua.monitoring.rules.reaching import reach_of
from tests.monitoring.conftest import CODES, catalogue, count, land, make_dossier, offer

__all__ = ["catalogue", "count", "land", "make_dossier", "offer"]
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("above", "below", "target", "hide", "expected"),
    [
        (0, 0, "70", False, Reach.WITHOUT),
        (7, 10, "70", False, Reach.REACHING),
        (6, 10, "70", False, Reach.MISSING),
        (4, 4, "70", True, Reach.FEW),
        (0, 0, "70", True, Reach.WITHOUT),
        (5, 5, "70", True, Reach.REACHING),
        (6, 10, None, False, Reach.USED),
        (0, 10, "0", False, Reach.REACHING),
    ],
)
def test_where_a_service_stands(
    above: int, below: int, target: str | None, hide: bool, expected: Reach
) -> None:
    wanted = Decimal(target) if target else None
    assert reach_of(Counts(above, below), wanted, hide=hide) is expected


@pytest.fixture
def some(
    make_dossier: Callable[..., Any],
    count: Callable[..., None],
    offer: Callable[..., None],
    land: dict[str, int],
) -> None:
    """Commune 12: a service at 5 of 6 online, one at 1 of 6, one unused; 13: one of the province's."""
    offer(CODES[0], "H43.12", "full")
    offer(CODES[1], "H43.12", "partial")
    offer(CODES[2], "H43.12", "full")
    offer(CODES[1], "H43", "full")
    made = [make_dossier("H43.12", CODES[0], channel=2 if n else 1) for n in range(6)]
    made += [make_dossier("H43.12", CODES[1], channel=1 if n else 2) for n in range(6)]
    made += [
        make_dossier("H43.13", CODES[1], channel=2) for _ in range(5)
    ]  # handled below, offered by the province
    count(*made)


@pytest.fixture
def half(tmp_path: Path, land: dict[str, int], now: Any) -> None:
    """A target of the province for ``online_2022``, and a higher one of one commune."""
    from motcua.monitoring.operations import import_targets

    path = tmp_path / "t.csv"
    path.write_text(
        "definition,scope,from,to,target\nonline_2022,H43,2026-01-01,,50\nonline_2022,H43.12,2026-01-01,,90\n",
        encoding="utf-8",
    )
    import_targets(path=path, actor=SYSTEM, now=now)


def stands(scope: str, state: str = "", actor: Actor = SYSTEM) -> Any:
    return reached("online_2022", JUNE, scope, state, actor=actor)


@pytest.mark.feature("69")
def test_by_unit_by_level_and_down_to_the_service(some: None, half: None) -> None:
    found = stands("H43", "missing")
    assert found.whole.counts == Counter({Reach.MISSING: 2, Reach.REACHING: 1, Reach.WITHOUT: 1})
    assert {u.scope: dict(u.counts) for u in found.units} == {
        "H43": {Reach.REACHING: 1},  # five of five, handled by a commune that offers it not itself
        "H43.12": {Reach.MISSING: 2, Reach.WITHOUT: 1},
    }
    assert {u.scope: u.all for u in found.levels} == {"full": 3, "partial": 1}
    assert [(s.standing.procedure, s.standing.rate, s.standing.target) for s in found.services] == [
        (CODES[1], Decimal("16.67"), Decimal("90.00")),  # what misses most comes first
        (CODES[0], Decimal("83.33"), Decimal("90.00")),
    ]
    assert stands("national").whole.counts == found.whole.counts
    assert stands("block:ministry").whole.all == 0
    assert sum(u.all for u in stands("block:local").units) == 4


def test_without_a_target_they_are_used_or_not(some: None) -> None:
    assert dict(stands("H43").whole.counts) == {Reach.USED: 3, Reach.WITHOUT: 1}
    emc = reached("online_emc", JUNE, "H43", actor=SYSTEM)
    assert set(emc.whole.counts) == {Reach.MISSING, Reach.WITHOUT}  # the nation's 70 per cent


def test_few_dossiers_are_not_told_to_the_public(
    some: None, half: None, make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    count(*(make_dossier("H43.12", CODES[2]) for _ in range(2)))
    public = stands("H43", "few", PUBLIC)
    assert public.whole.counts[Reach.FEW] == 1
    assert [s.standing.rate for s in public.services] == [None]


@pytest.mark.parametrize(
    ("definition", "scope"), [("provision", "H43"), ("online_2022", "H99"), ("online_2022", "place:56")]
)
def test_what_there_is_not_is_not_found(land: dict[str, int], definition: str, scope: str) -> None:
    with pytest.raises(NotFound):
        reached(definition, JUNE, scope, actor=PUBLIC)


def test_the_page_opens_each_count_and_gives_files(some: None, half: None, client: Client) -> None:
    query = "?from=2026-06-01&to=2026-06-30&definition=online_2022&scope=H43"
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/bang-dieu-hanh/dich-vu/{query}").content.decode()
    assert len(asked) <= 12
    assert "state=missing#services" in page
    opened = client.get(f"/bang-dieu-hanh/dich-vu/{query}&state=missing").content.decode()
    assert "16,67%" in opened
    assert "90%" in opened or "90,00%" in opened
    csv = client.get(f"/bang-dieu-hanh/dich-vu/tai-ve.csv{query}").content.decode("utf-8-sig")
    assert "H43" in csv or "Khánh" in csv or "Đơn vị" in csv
    assert client.get(f"/bang-dieu-hanh/dich-vu/{query}&state=nothing").status_code == 200
    assert client.get("/bang-dieu-hanh/dich-vu/?scope=H99").status_code == 404
