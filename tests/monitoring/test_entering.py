"""Figures whose data is elsewhere, typed in: by whom, with which faults, what stays of what is replaced."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from motcua.core.actor import PUBLIC, Actor, Post, Role
from motcua.core.periods import Period
from motcua.core.refusals import NotFound
from motcua.monitoring.models import Entered, EnteredRevision
from motcua.monitoring.operations import enter_figure, sign_index
from motcua.monitoring.queries import index_766, outside_components, outside_figures
from motcua.monitoring.rules.entering import FigureRefused, FigureSigned
from tests.monitoring.conftest import at
from tests.monitoring.test_index766 import leader

pytestmark = pytest.mark.django_db
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
NOW = at(10, month=7)
TYPED = {
    "component": "4.5", "agency": "H43", "first": "2026-06-01", "last": "2026-06-30", "numerator": "30",
    "denominator": "1.200", "source": "Báo cáo số 12/BC-UBND", "told_on": "2026-07-05",
}  # fmt: skip


def officer(land: dict[str, int], identifier: str, role: Role) -> Actor:
    from motcua.monitoring.queries import land as whole

    path = whole().by_identifier[identifier].path
    return Actor(kind="person", posts=(Post(land[identifier], identifier, path, role),))


def controller(land: dict[str, int]) -> Actor:
    """Of the province, with an account."""
    return replace(officer(land, "H43", Role.CONTROLLER), user_id=leader("H43", land).user_id)


def enter(actor: Actor, **more: str) -> str:
    return enter_figure(typed={**TYPED, **more}, actor=actor, now=NOW)


def faults(actor: Actor, **more: str) -> set[str]:
    with pytest.raises(FigureRefused) as refused:
        enter(actor, **more)
    return set(refused.value.faults)


@pytest.mark.feature("N2")
def test_an_entered_figure_counts_in_the_index_and_what_it_replaces_is_kept(land: dict[str, int]) -> None:
    head = controller(land)
    assert [enter(head), enter(head)] == ["new", "unchanged"]
    assert enter(head, numerator="60", source="Báo cáo số 15/BC-UBND") == "changed"
    found = {one.component.key: one for one in index_766(JUNE, "H43", actor=PUBLIC).score.scored}
    counted = found["4.5"].counted
    assert counted is not None
    assert (counted.numerator, counted.denominator, counted.source) == (60, 1200, "Báo cáo số 15/BC-UBND")
    (figure,) = outside_figures(NOW.date(), actor=head)
    assert (figure.value.numerator, figure.value.by, figure.value.told_on) == (60, "H43", date(2026, 7, 5))
    (before,) = figure.before
    assert (before.numerator, before.source, before.until) == (30, "Báo cáo số 12/BC-UBND", NOW)


def test_only_those_of_the_agency_or_one_above_enter_it_and_see_it(land: dict[str, int]) -> None:
    for role in (Role.LEADER, Role.CONTROLLER, Role.INSPECTOR):
        enter(officer(land, "H43", role), agency="H43.12", numerator=str(list(Role).index(role)))
    assert EnteredRevision.objects.count() == 2
    for stranger in (PUBLIC, officer(land, "H43", Role.SPECIALIST), officer(land, "H43", Role.DESK)):
        with pytest.raises(NotFound):
            enter(stranger)
        with pytest.raises(NotFound):
            outside_figures(NOW.date(), actor=stranger)
    assert faults(officer(land, "H43.13", Role.CONTROLLER), agency="H43.12") == {"agency"}
    assert faults(officer(land, "H43.12", Role.INSPECTOR), agency="H43") == {"agency"}
    assert faults(officer(land, "H43", Role.LEADER), agency="H43") == {"agency"}  # judged by it
    with pytest.raises(NotFound):
        enter(officer(land, "H43.12", Role.LEADER), agency="H43.12")
    assert outside_figures(NOW.date(), actor=officer(land, "H43.13", Role.CONTROLLER)) == ()
    assert len(outside_figures(NOW.date(), actor=officer(land, "H43.12", Role.INSPECTOR))) == 1


def test_every_fault_is_named_and_nothing_is_kept(land: dict[str, int]) -> None:
    head = controller(land)
    assert faults(head, **dict.fromkeys(TYPED, "")) == set(TYPED)
    assert faults(head, component="2.1") == {"component"}  # counted here
    assert faults(head, numerator="1.201") == {"numerator"}
    assert faults(head, numerator="-1", denominator="1,5") == {"numerator", "denominator"}
    assert faults(head, numerator="97.5", denominator="1.2000") == {"numerator", "denominator"}
    assert faults(head, last="2026-05-31") == {"last"}
    assert faults(head, last="2026-07-31") == {"last"}  # not over
    assert faults(head, first="2026-02-30", told_on="2026-07-11") == {"first", "told_on"}
    assert not Entered.objects.exists()
    assert {one.key for one in outside_components(NOW.date())} == {"3.5b", "4.c", "4.5"}


def test_a_signed_month_stays_as_it_was_signed(land: dict[str, int], tmp_path: Path) -> None:
    from motcua.cli.imports import figures

    head = controller(land)
    enter(head)
    leads = replace(officer(land, "H43", Role.LEADER), user_id=head.user_id)
    sign_index(agency="H43", period=JUNE, agrees=True, actor=leads, now=NOW)
    for change in ({"numerator": "90"}, {"component": "4.c"}):
        with pytest.raises(FigureSigned):
            enter(head, **change)
    file = tmp_path / "figures.csv"
    head_line = "component,scope,from,to,numerator,denominator\n"
    file.write_text(f"{head_line}4.5,H43,2026-06-01,2026-06-30,90,1200\n4.5,H43,2026-05-01,2026-05-31,9,12\n")
    said = CliRunner().invoke(figures, [str(file)])
    assert "was signed" in said.output
    assert {(row.first.month, row.numerator) for row in Entered.objects.all()} == {(6, 30), (5, 9)}
    assert not EnteredRevision.objects.exists()
    assert enter(head, first="2026-01-01") == "new"  # another period


def test_the_page_keeps_what_was_typed_and_leads_to_a_change(
    land: dict[str, int], make_user: Any, appoint: Any, client: Any, settings: Any
) -> None:
    from django.contrib.auth import get_user_model

    user = make_user("head")
    appoint(user, "H43", Role.CONTROLLER)
    client.force_login(get_user_model().objects.get(pk=user))
    address = "/bang-dieu-hanh/so-lieu-ngoai/"
    sent = {name: TYPED[name] for name in ("component", "agency", "numerator", "denominator", "source")}
    days = {"first": (1, 5, 2026), "last": (31, 5, 2026), "told_on": (5, 6, 2026)}
    boxes = {f"{name}-{part}": str(n) for name, day in days.items()
             for part, n in zip(("day", "month", "year"), day, strict=True)}  # fmt: skip
    wrong = client.post(address, {**sent, **boxes, "numerator": "nhiều"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'href="#numerator"' in page
    assert 'value="nhiều"' in page
    assert "Báo cáo số 12/BC-UBND" in page
    assert client.post(address, {**sent, **boxes}).status_code == 302
    row = Entered.objects.get()
    assert (row.scope, row.first, row.told_on, row.entered_by_id) == (
        "H43", date(2026, 5, 1), date(2026, 6, 5), user,
    )  # fmt: skip
    assert 'value="30"' in client.get(f"{address}?sua={row.pk}").content.decode()
    client.post(address, {**sent, **boxes, "numerator": "31"})
    page = client.get(address).content.decode()
    assert "trước đây: 30" in page
    assert "so-lieu-ngoai" in client.get("/bang-dieu-hanh/chi-so-766/").content.decode()
    assert "so-lieu-ngoai" not in type(client)().get("/bang-dieu-hanh/chi-so-766/").content.decode()


def test_a_month_that_its_head_did_not_agree_to_may_be_put_right(land: dict[str, int]) -> None:
    head = controller(land)
    enter(head)
    leads = replace(officer(land, "H43", Role.LEADER), user_id=head.user_id)
    sign_index(agency="H43", period=JUNE, agrees=False, reason="Số liệu 4.5 sai.", actor=leads, now=NOW)
    assert enter(head, numerator="90") == "changed"


def test_a_file_of_another_source_takes_no_day_from_the_one_before(
    land: dict[str, int], tmp_path: Path
) -> None:
    from motcua.cli.imports import figures

    enter(controller(land))
    file = tmp_path / "figures.csv"
    file.write_text("component,scope,from,to,numerator,denominator\n4.5,H43,2026-06-01,2026-06-30,90,1200\n")
    assert CliRunner().invoke(figures, [str(file)]).exit_code == 0
    row = Entered.objects.get()
    assert (row.numerator, row.told_on) == (90, None)
