"""``motcua simulate``: rates follow from behaviour, alike for every seed; what it refuses."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from motcua.core.actor import PUBLIC, SYSTEM
from motcua.core.periods import Period
from motcua.demo.simulation.demand import offers, shares
from motcua.demo.simulation.histories import past
from motcua.demo.simulation.scenario import names, scenario

MONTHS = Period(date(2024, 1, 1), date(2024, 8, 31))
LEAST = 20_000


def run(*words: str) -> Result:
    from motcua.cli.simulate import simulate

    return CliRunner().invoke(simulate, list(words))


def figure(definition: str, *, recount: bool = False) -> dict[str, tuple[int, int, Any]]:
    from motcua.monitoring.queries import rates

    answer = rates(definition, MONTHS, "block", actor=PUBLIC, recount=recount)
    return {row.scope: (row.numerator, row.denominator, row.rate) for row in answer.rows}


@pytest.mark.feature("N20")
@pytest.mark.django_db
def test_the_figures_of_2024_follow_and_are_equal_to_their_recount() -> None:
    from motcua.monitoring.queries import DEFINITIONS

    done = run("--scenario", "national-2024", "--dossiers", str(LEAST), "--seed", "1")
    assert done.exit_code == 0, done.output
    assert "20000 dossiers new, 0 changed, 0 unchanged, received 2024-01-01 to 2024-08-31" in done.output
    # domain.md §3 [F]: 55.50 in all, 59.68 of the ministries, 55.38 of the localities, nearly 4,400 services
    used = {scope: (above, below, str(rate)) for scope, (above, below, rate) in
            figure("services_with_dossiers").items()}  # fmt: skip
    assert used == {
        "national": (2442, 4400, "55.50"),
        "block:ministry": (74, 124, "59.68"),
        "block:local": (2368, 4276, "55.38"),
    }
    assert str(figure("provision")["national"][2]) == "81.00"
    assert figure("online_emc")["national"][2] < 70
    for definition in DEFINITIONS:
        assert figure(definition.identifier) == figure(definition.identifier, recount=True)
    again = run("--scenario", "national-2024", "--dossiers", str(LEAST), "--seed", "1")
    assert "0 dossiers new, 0 changed, 20000 unchanged" in again.output
    other = run("--scenario", "national-2024", "--dossiers", str(LEAST), "--seed", "2")
    assert other.exit_code == 1
    assert "simulate national-2024 seed 1" in str(other.exception or other.output)
    more = run("--scenario", "national-2024", "--dossiers", str(LEAST + 1), "--seed", "1")
    assert more.exit_code == 1
    assert "seed 1, 20000 dossiers" in str(more.exception or more.output)


@pytest.mark.parametrize("name", names())
def test_another_seed_is_another_past_with_the_same_shares(name: str) -> None:
    wanted = scenario(name)
    split = shares(offers(wanted), LEAST)
    assert sum(share.online + share.other for share in split) == LEAST
    pasts = [list(past(wanted, split, seed, "a test")) for seed in (1, 2)]
    assert list(past(wanted, split, 1, "a test")) == pasts[0]
    assert {one.received_at for one in pasts[0]} != {one.received_at for one in pasts[1]}
    for found in pasts:
        assert len({one.code for one in found}) == LEAST
        assert all(wanted.first <= one.received_at.date() <= wanted.last for one in found if one.received_at)
    for what in (
        "channel",
        "synced",
        "filed_by",
        "e_result",
        "visits",
        "supplements",
        "paid_online",
        "status",
    ):
        counted = [Counter(getattr(one, what) for one in found) for found in pasts]
        for value in counted[0].keys() | counted[1].keys():
            assert abs(counted[0][value] - counted[1][value]) <= LEAST // 200, (what, value)
    late = [sum(1 for one in found if one.finished_at > one.due_at) for found in pasts]  # type: ignore[operator]
    assert abs(late[0] - late[1]) <= LEAST // 200


def test_no_rate_is_written_in_a_scenario() -> None:
    """Each procedure's online demand alone decides whether its service is used."""
    found = offers(scenario("national-2024"))
    online = [o for o in found if o.level in {"partial", "full"}]
    assert len(online) == 4400
    half = [o for o in online if o.online * 0.5 >= 1]
    assert 0 < len(half) < sum(1 for o in online if o.online) == 2442  # fewer people, fewer used services


@pytest.mark.django_db
def test_the_demo_province_gets_a_past_since_2022(tmp_path: Any) -> None:
    from motcua.monitoring.queries import rates

    done = run("--dossiers", "600", "--seed", "3")
    assert done.exit_code == 0, done.output
    year = Period(date(2022, 1, 1), date(2022, 12, 31))
    answer = rates("online_2022", year, "procedure", "national", actor=PUBLIC)
    counted = {row.scope: row.denominator for row in answer.rows}
    assert counted["national"] > 50
    assert counted["procedure:2.001159"] > counted["procedure:1.004873"] > 0
    online = [
        rates("online_2022", Period(date(y, 1, 1), date(y, 6, 30)), None, actor=SYSTEM).row("national")
        for y in (2022, 2026)
    ]
    assert all(row is not None and row.denominator for row in online)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--scenario", "mars", "--dossiers", "10", "--seed", "1"), "no scenario “mars”"),
        (("--scenario", "national-2024", "--dossiers", "500", "--seed", "1"), "needs at least 20000"),
    ],
)
def test_what_cannot_be_is_refused_in_words(words: tuple[str, ...], why: str) -> None:
    from motcua.core.refusals import Refusal

    done = run(*words)
    assert isinstance(done.exception, Refusal)
    assert why in done.exception.cause.en


@pytest.mark.django_db
def test_a_nation_is_not_mixed_with_the_demo_province(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    from motcua.demo.operations.simulating import HomeHoldsDemo

    settings.HOME = tmp_path
    (tmp_path / "demo.json").write_text("{}")
    done = run("--scenario", "national-2024", "--dossiers", str(LEAST), "--seed", "1")
    assert isinstance(done.exception, HomeHoldsDemo)


@pytest.mark.django_db
def test_the_demos_past_happened_at_the_demos_agencies() -> None:
    from django.utils import timezone

    from motcua.agencies.queries import agencies
    from motcua.demo.operations.province import create_agencies, load_units

    load_units(timezone.now())
    create_agencies(timezone.now())
    serving = {a.identifier for a in agencies() if a.serves_code}
    named = {agency for one in scenario("demo").asked for agency in one.agencies}
    assert named <= serving
    assert len(named) == 48
    split = shares(offers(scenario("demo")), 5_000)
    busy = Counter(one.agency for one in past(scenario("demo"), split, 1, "a test"))
    assert set(busy) == named  # everybody has some, the wards most
