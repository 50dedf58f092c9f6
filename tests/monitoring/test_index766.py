"""The index of Decision 766: points, bands, change, peers, causes, what if, signing, entered figures."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.actor import PUBLIC, SYSTEM, Actor, Post, Role
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.monitoring.gateways import schemes
from motcua.monitoring.rules.index766 import Counted, among, costs, points_of, score, what_if
from tests.monitoring.conftest import at

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
(SCHEME,) = schemes()
rates = st.none() | st.decimals(0, 100, places=2)


def counted(**rate: Any) -> dict[str, Counted]:
    return {
        key.replace("_", "."): Counted(0, 0, None if value is None else Decimal(str(value)))
        for key, value in rate.items()
    }


def test_the_points_sum_to_a_hundred_in_six_groups() -> None:
    """domain.md §4: openness 18, progress 20, online 12, payment 10, satisfaction 18, digitisation 22."""
    groups = {g.key: sum(c.points for c in g.components) for g in SCHEME.groups}
    assert groups == {"openness": 18, "progress": 20, "online": 12, "payment": 10, "satisfaction": 18,
                      "digitisation": 22}  # fmt: skip
    assert sum(groups.values()) == 100
    thresholds = {c.key: int(c.threshold) for c in SCHEME.components if c.threshold != 100}
    assert thresholds == {"3.5": 80, "4.2": 80, "4.3": 80, "5.4": 90}


@pytest.mark.parametrize(
    ("key", "rate", "points"),
    [
        ("2.1", "100", "20"), ("2.1", "88.39", "17.68"), ("2.1", "0", "0"),
        ("4.2", "80", "4"), ("4.2", "79.99", "4.00"), ("4.2", "40", "2"), ("5.4", "45", "3"),
    ],
)  # fmt: skip
def test_full_points_from_the_threshold_below_it_in_proportion(key: str, rate: str, points: str) -> None:
    component = next(c for c in SCHEME.components if c.key == key)
    assert points_of(component, Decimal(rate)) == Decimal(points)
    assert points_of(component, None) is None


@given(st.dictionaries(st.sampled_from([c.key for c in SCHEME.components]), rates))
def test_points_never_exceed_what_could_be_judged(found: dict[str, Decimal | None]) -> None:
    result = score(SCHEME, {key: Counted(0, 0, rate) for key, rate in found.items()})
    judged = {key for key, rate in found.items() if rate is not None}
    assert result.possible == sum(c.points for c in SCHEME.components if c.key in judged)
    assert 0 <= result.points <= result.possible
    assert (result.of_hundred is None) == (not judged)
    assert [one.component.key for one in costs(result)] == [
        one.component.key for one in sorted(costs(result), key=lambda one: (-one.lost, one.component.key))
    ]


@pytest.mark.parametrize(
    ("rate", "band"),
    [("90", "Excellent"), ("89.9", "Good"), ("70", "Fair"), ("50", "Average"), ("49.9", "Weak")],
)
def test_bands(rate: str, band: str) -> None:
    found = score(SCHEME, counted(**{"2_1": rate})).band
    assert found is not None
    assert found.name.en == band


@pytest.mark.feature("N2")
def test_what_if_changes_only_what_is_wished() -> None:
    now = counted(**{"2_1": 50, "4_1": 50})
    then = what_if(SCHEME, now, {"2.1": Decimal(100), "9.9": Decimal(1)})
    assert (score(SCHEME, now).points, then.points) == (13, 23)
    assert what_if(SCHEME, now, {"2.1": Decimal(500)}).points == 23


def test_peers() -> None:
    scores = {"H43": Decimal(70), "H32": Decimal(90), "H01": Decimal(50)}
    found = among("H43", scores)
    assert found is not None
    assert (found.rank, found.count, found.median) == (2, 3, 70)
    assert among("H99", scores) is None


def leader(identifier: str, land: dict[str, int]) -> Actor:
    from motcua.monitoring.queries import land as whole
    from motcua.people.operations import create_account

    path = whole().by_identifier[identifier].path
    user = create_account(
        username=f"leader-{identifier}",
        password="mot mat khau du dai",
        display_name=identifier,
        actor=SYSTEM,
        now=at(1),
    )
    post = Post(land[identifier], identifier, path, Role.LEADER)
    return Actor(kind="person", user_id=user, posts=(post,))


@pytest.fixture
def june(make_dossier: Callable[..., Any], count: Callable[..., None], land: dict[str, int]) -> None:
    """Six dossiers of one commune, two of them late; four of these of one procedure."""
    made = []
    for number, (procedure, days) in enumerate(
        (("1.004873", 1), ("1.004873", 1), ("1.004873", 9), ("1.004873", 9), ("1.004194", 1), ("1.004194", 1))
    ):
        received = at(2, 8 + number)
        made.append(
            make_dossier(
                code=procedure, received_at=received, due_at=received + timedelta(days=3), status=10,
                finished_at=received + timedelta(days=days),
            )
        )  # fmt: skip
    count(*made)


@pytest.mark.feature("N2")
@pytest.mark.django_db
def test_a_scopes_index_opens_into_what_costs_it_points(june: None) -> None:
    from motcua.monitoring.queries import index_766

    found = index_766(JUNE, "H43", actor=leader("H43", {"H43": 1}))
    progress = next(one for one in found.score.scored if one.component.key == "2.1")
    assert progress.counted is not None
    assert (progress.counted.numerator, progress.counted.denominator) == (4, 6)
    assert progress.points == Decimal("13.33")
    cost = next(one for one in found.costs if one.scored.component.key == "2.1")
    assert [(c.procedure, c.misses, c.denominator, c.gain) for c in cost.causes] == [
        ("1.004873", 2, 4, Decimal("6.67"))
    ]
    assert found.before.possible < found.score.possible
    with pytest.raises(NotFound):
        index_766(JUNE, "H99", actor=PUBLIC)
    with pytest.raises(NotFound):
        index_766(JUNE, "H43", revision=9, actor=PUBLIC)


@pytest.mark.django_db
def test_the_public_is_not_told_small_numbers(june: None) -> None:
    from motcua.monitoring.queries import index_766

    found = index_766(JUNE, "H43", actor=PUBLIC)
    cost = next(one for one in found.costs if one.scored.component.key == "2.1")
    assert cost.causes == ()  # four dossiers of it only


@pytest.mark.django_db
def test_figures_from_elsewhere_are_entered_with_their_source(june: None, tmp_path: Path) -> None:
    from motcua.cli.imports import figures
    from motcua.monitoring.queries import index_766

    file = tmp_path / "figures.csv"
    file.write_text(
        "component,scope,from,to,numerator,denominator,source\n"
        "4.c,H43,2026-06-01,2026-06-30,45,90,report 7\n"
        "1.4,H43,2026-06-01,2026-06-30,5,0,\n"
        "1.4,H43,2026-06-01,2026-06-30,x,9,\n"
        ",H43,2026-06-01,2026-06-30,1,9,\n"
        "1.4,mars,2026-06-01,2026-06-30,1,9,\n"
        "1.4,H43,2026-06-30,2026-06-01,1,9,\n"
    )
    done = CliRunner().invoke(figures, [str(file)])
    assert "1 new, 0 changed, 0 unchanged, 5 refused" in done.output
    found = index_766(JUNE, "H43", actor=PUBLIC)
    copies = next(one for one in found.score.scored if one.component.key == "4.c")
    assert copies.counted is not None
    assert (copies.points, copies.counted.source) == (Decimal(1), "report 7")
    assert (
        next(
            one
            for one in index_766(JUNE, "national", actor=PUBLIC).score.scored
            if one.component.key == "4.c"
        ).counted
        is None
    )


@pytest.mark.django_db
def test_the_head_signs_a_month_once_or_says_why_not_and_it_stays(
    june: None, land: dict[str, int], make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    from motcua.monitoring.operations import sign_index
    from motcua.monitoring.operations.signing import MonthNotOver, ReasonNeeded, SignedAlready
    from motcua.monitoring.queries import index_766

    head, after = leader("H43", land), at(5, month=7)

    def sign(actor: Actor = head, now: datetime = after, period: Period = JUNE, **more: Any) -> None:
        sign_index(agency="H43", period=period, actor=actor, now=now, **{"agrees": True, **more})

    with pytest.raises(MonthNotOver):
        sign(now=at(30))
    with pytest.raises(ReasonNeeded):
        sign(agrees=False, reason=" ")
    for stranger in (PUBLIC, leader("G15", land), leader("H43.12", land)):
        with pytest.raises(NotFound):
            sign(actor=stranger)
    with pytest.raises(NotFound):
        sign(period=Period(date(2026, 6, 1), date(2026, 6, 29)))
    before = index_766(JUNE, "H43", actor=head).score.points
    sign()
    with pytest.raises(SignedAlready):
        sign(agrees=False, reason="Sai số liệu.")
    late = make_dossier(received_at=at(3), due_at=at(4), finished_at=at(20), status=10)
    count(late)
    found = index_766(JUNE, "H43", actor=PUBLIC)
    assert found.score.points != before
    assert found.signed is not None
    assert (found.signed.points, found.signed.agrees) == (before, True)


@pytest.mark.django_db
def test_the_command_and_the_page_show_the_same(june: None, client: Any) -> None:
    import json

    from motcua.cli.monitoring import index

    words = ["--from", "2026-06-01", "--to", "2026-06-30", "--scope", "H43"]
    printed = json.loads(CliRunner().invoke(index, [*words, "--json"]).output)
    table = CliRunner().invoke(index, words).output
    assert f"{printed['points']:.2f} of {printed['possible']:.0f}" in table
    client.cookies["motcua_language"] = "en"
    page = client.get("/bang-dieu-hanh/chi-so-766/?from=2026-06-01&to=2026-06-30&scope=H43").content.decode()
    assert f"{printed['of_hundred']:g} of 100" in page
    wished = client.get(
        "/bang-dieu-hanh/chi-so-766/?from=2026-06-01&to=2026-06-30&scope=H43&neu-2.1=100&neu-x=1&neu-1.3=x"
    ).content.decode()
    assert "Then:" in wished
    assert client.get("/bang-dieu-hanh/chi-so-766/?scope=H99").status_code == 404


@pytest.mark.django_db
def test_the_agencies_right_below_stand_on_the_page_of_one(
    make_dossier: Callable[..., Any], count: Callable[..., None], land: dict[str, int]
) -> None:
    from motcua.monitoring.queries import index_below

    count(*(make_dossier("H43.12") for _ in range(3)), make_dossier("G01.20"))
    period = Period(date(2026, 6, 1), date(2026, 6, 30))
    assert {row.scope for row in index_below(period, "national", actor=PUBLIC)} == set()
    leader = Actor("person", user_id=1, posts=(Post(land["H43"], "H43", path_of("H43"), Role.LEADER),))
    rows = {row.scope: row for row in index_below(period, "H43", actor=leader)}
    assert rows["H43.12"].dossiers == 3
    assert all(scope.startswith("H43.") for scope in rows)
    assert "H43.12" not in {row.scope for row in index_below(period, "H43", actor=PUBLIC)}  # nothing to tell
    count(*(make_dossier("H43.12") for _ in range(5)), *(make_dossier("H43.13") for _ in range(3)))
    told = {row.scope: row.dossiers for row in index_below(period, "H43", actor=PUBLIC)}
    assert told["H43.12"] is None  # eight of eleven would give the three of its neighbour away
    assert told.get("H43.13") is None
    count(*(make_dossier("H43.13") for _ in range(5)))
    assert {row.scope: row.dossiers for row in index_below(period, "H43", actor=PUBLIC)} == {
        "H43.12": 8, "H43.13": 8,
    }  # fmt: skip


def path_of(identifier: str) -> str:
    from motcua.monitoring.queries import land as known

    return known().by_identifier[identifier].path
