"""The leaders' board: what is overdue where, last year, fair peers, and who may see it."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.actor import PUBLIC, Actor, Role
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.monitoring.queries import Leading, leading, rates
from motcua.monitoring.queries.detail import detail
from motcua.monitoring.queries.leading import OVERDUE
from tests.monitoring.conftest import at

pytestmark = pytest.mark.django_db

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
NOW = at(20)


@pytest.fixture
def leads(
    make_user: Callable[..., int], appoint: Callable[..., Any], land: dict[str, int]
) -> Callable[..., Actor]:
    def actor(agency: str, role: Role = Role.LEADER) -> Actor:
        from motcua.agencies.queries import actor_for

        user = make_user(f"{role}-{agency}")
        appoint(user, agency, role)
        return actor_for(user, now=NOW)

    return actor


def seen(actor: Actor, scope: str = "", now: datetime = NOW) -> Leading:
    return leading(JUNE, scope, actor=actor, now=now)


def figure(found: Leading, name: str) -> Any:
    return next(one for one in found.figures if one.figure.definition.identifier == name)


def test_overdue_dossiers_stand_under_their_unit_and_open(
    make_dossier: Callable[..., Any], count: Callable[..., None], leads: Callable[..., Actor]
) -> None:
    late = [make_dossier("H43.12") for _ in range(3)] + [make_dossier("H43")]
    in_time = make_dossier("H43.13", due_at=at(25))
    done = make_dossier("H43.13", status=9, finished_at=at(10))
    elsewhere = make_dossier("G01.20")
    count(*late, in_time, done, elsewhere)
    leader = leads("H43")
    found = seen(leader)
    assert [(one.scope, one.count) for one in found.behind] == [("H43.12", 3), ("H43", 1)]
    assert found.overdue == 4
    opened = detail(OVERDUE, "H43.12", found.since, "numerator", actor=leader)
    assert {item.code for item in opened.items} == {d.code for d in late[:3]}
    later = seen(leader, now=at(26))
    assert [(one.scope, one.count) for one in later.behind] == [("H43.12", 3), ("H43", 1), ("H43.13", 1)]


def test_a_figure_stands_beside_the_same_days_of_last_year(
    make_dossier: Callable[..., Any], count: Callable[..., None], leads: Callable[..., Actor]
) -> None:
    now = [make_dossier(channel=2), make_dossier(channel=1)]
    june = {"received_at": at(15, year=2025), "due_at": at(18, year=2025)}
    then = [make_dossier(channel=channel, **june) for channel in (1, 1, 2)]
    count(*now, *then, make_dossier(received_at=at(1, month=7, year=2025)))
    one = figure(seen(leads("H43")), "online_2022")
    assert (one.figure.row.numerator, one.figure.row.denominator) == (1, 2)
    assert one.year_before == (1, 3)
    assert figure(seen(leads("H43.13")), "online_2022").year_before is None


def test_peers_are_of_the_same_level_and_root_with_enough_dossiers(
    make_dossier: Callable[..., Any], count: Callable[..., None], leads: Callable[..., Actor],
    make_agency: Callable[..., int], land: dict[str, int],
) -> None:  # fmt: skip
    land["H43.14"] = make_agency("H43.14", level="commune", parent="H43", serves_code=None)
    made = [make_dossier("H43.12", channel=2 if n < 15 else 1) for n in range(30)]
    made += [make_dossier("H43.13", channel=2 if n < 20 else 1) for n in range(30)]
    made += [make_dossier("H43.14") for _ in range(29)]  # all online, but too few
    made += [make_dossier("G01.20") for _ in range(30)]  # all online, of another root
    count(*made)
    peers = figure(seen(leads("H43.12")), "online_2022").peers
    assert (peers.rank, peers.count, peers.median) == (2, 2, Decimal("58.34"))
    assert figure(seen(leads("H43.14")), "online_2022").peers is None


def test_only_who_leads_there_or_above_sees_it(
    land: dict[str, int], leads: Callable[..., Actor], count: Callable[..., None]
) -> None:
    province, commune = leads("H43"), leads("H43.12")
    assert seen(province, "H43.12").agency.identifier == "H43.12"
    for actor, scope in (
        (commune, "H43"), (commune, "H43.13"), (province, "G15"), (province, "nowhere"),
        (leads("H43", Role.CONTROLLER), ""), (leads("H43.12", Role.SIGNATORY), "H43.12"), (PUBLIC, "H43"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            seen(actor, scope)


def test_what_waits_is_counted_and_goes_when_it_is_done(
    make_dossier: Callable[..., Any], count: Callable[..., None], leads: Callable[..., Actor]
) -> None:
    from motcua.monitoring.operations import sign_index

    count(make_dossier("H43.12", received_at=at(4, month=5), due_at=at(9, month=5)))
    leader = leads("H43")
    assert seen(leader).unsigned == date(2026, 5, 1)
    assert seen(leader, "H43.12").unsigned is None  # its own leader's to sign
    may = Period(date(2026, 5, 1), date(2026, 5, 31))
    sign_index(agency="H43", period=may, agrees=True, actor=leader, now=NOW)
    assert seen(leader).unsigned is None


def test_queries_do_not_grow(
    make_dossier: Callable[..., Any], count: Callable[..., None], leads: Callable[..., Actor]
) -> None:
    leader = leads("H43")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            seen(leader)
        return len(queries)

    count(make_dossier("H43.12"))
    few = asked()
    count(*(make_dossier(agency) for agency in ("H43.12", "H43.13", "H43") * 10))
    assert asked() == few <= 34


def test_the_figures_are_those_of_the_board(
    make_dossier: Callable[..., Any], count: Callable[..., None], leads: Callable[..., Actor]
) -> None:
    count(*(make_dossier("H43.12", channel=c) for c in (1, 2, 3)))
    for one in seen(leads("H43"), "H43.12").figures:
        row = rates(one.figure.definition.identifier, JUNE, None, "H43.12", actor=PUBLIC).rows[-1]
        assert (row.numerator, row.denominator) == (one.figure.row.numerator, one.figure.row.denominator)


def test_what_waits_at_agencies_below_stands_apart_from_ones_own(
    leads: Callable[..., Actor], land: dict[str, int]
) -> None:
    from motcua.voice.models import Petition

    for n, agency in enumerate(("H43", "H43.12", "H43.12")):
        Petition.objects.create(
            code=f"PA-260620-{n}", kind="conduct", title="Một việc", words="Xin trình bày.",
            agency_id=land[agency], state="received", received_at=NOW, refuse_due_at=at(25),
            ask_due_at=at(25), answer_due_at=at(25),
        )  # fmt: skip
    late = Petition.objects.order_by("-pk").first()
    Petition.objects.filter(pk=late.pk).update(answer_due_at=at(1))
    waits = {one.agency_id: one for one in seen(leads("H43")).waiting.agencies}
    assert (waits[land["H43"]].petitions, waits[land["H43"]].petitions_late) == (1, 0)
    assert (waits[land["H43.12"]].petitions, waits[land["H43.12"]].petitions_late) == (2, 1)


def test_a_target_of_the_nation_holds_below_and_the_nearest_one_wins(
    make_dossier: Callable[..., Any], count: Callable[..., None], leads: Callable[..., Actor]
) -> None:
    from motcua.monitoring.models import Target

    count(make_dossier("H43.12"))
    leader = leads("H43")
    own = figure(seen(leader, "H43.12"), "online_emc").figure.target
    assert (own.scope, own.percent) == ("national", Decimal("70.00"))
    Target.objects.create(
        definition="online_emc", scope="H43", first=date(2026, 1, 1), percent=Decimal("55"),
        source="Kế hoạch", imported_at=NOW,
    )  # fmt: skip
    assert figure(seen(leader, "H43.12"), "online_emc").figure.target.scope == "H43"
    assert figure(seen(leader), "online_emc").figure.target.percent == Decimal("55")


def test_all_causes_of_the_misses_stand_with_their_counts_most_first(
    make_dossier: Callable[..., Any], count: Callable[..., None], leads: Callable[..., Actor]
) -> None:
    count(*(make_dossier("H43.12", channel=1) for _ in range(3)), make_dossier("H43.12"))
    found = figure(seen(leads("H43")), "online_2022").figure
    assert [c.count for c in found.whys] == sorted((c.count for c in found.whys), reverse=True)
    assert found.whys[0] == found.causes["H43"]
    assert {c.misses for c in found.whys} == {found.row.denominator - found.row.numerator}
