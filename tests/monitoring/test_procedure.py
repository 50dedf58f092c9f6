"""Public statistics of a procedure: the board's own counts, and nothing where few could be recognised."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.core.actor import PUBLIC
from motcua.core.periods import Period
from motcua.monitoring.queries import procedure_figures, rates
from tests.monitoring.conftest import CODES, at

pytestmark = pytest.mark.django_db
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))


def received(make_dossier: Callable[..., Any], online: int, at_desk: int, **more: Any) -> list[Any]:
    return [make_dossier(channel=channel, **more) for channel in [2] * online + [1] * at_desk]


def test_the_figures_are_those_of_the_rates(
    make_dossier: Callable[..., Any], count: Callable[..., None], django_assert_num_queries: Any
) -> None:
    count(*received(make_dossier, 4, 2), *received(make_dossier, 1, 0, code=CODES[1]))
    with django_assert_num_queries(1):
        found = procedure_figures(CODES[0], JUNE, actor=PUBLIC)
    assert (found.received, found.small) == (6, False)
    for figure in found.figures:
        row = rates(figure.definition, JUNE, scope=f"procedure:{CODES[0]}", actor=PUBLIC).rows[1]
        assert (figure.numerator, figure.denominator, figure.rate) == (
            row.numerator,
            row.denominator,
            row.rate,
        )
    assert [f.numerator for f in found.figures if f.definition == "online_2022"] == [4]


@pytest.mark.parametrize(
    ("made", "small", "told"), [(0, False, 0), (1, True, 0), (4, True, 0), (5, False, 5)]
)
def test_few_dossiers_are_not_told(
    make_dossier: Callable[..., Any], count: Callable[..., None], made: int, small: bool, told: int
) -> None:
    count(*received(make_dossier, made, 0))
    found = procedure_figures(CODES[0], JUNE, actor=PUBLIC)
    assert (found.small, found.received) == (small, told)
    assert bool(found.figures) == (told > 0)


def test_dossiers_of_another_year_do_not_count(
    make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    count(*received(make_dossier, 6, 0, received_at=at(1, year=2024)))
    assert procedure_figures(CODES[0], JUNE, actor=PUBLIC).received == 0


def test_the_page_of_the_procedure_shows_them(
    make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    from django.utils import timezone

    from motcua.catalogue.models import Revision

    for code in CODES:
        Revision.objects.filter(procedure__code=code).update(facts={"code": code, "name_vi": code})
    mine = received(make_dossier, 5, 2, received_at=timezone.now(), due_at=None)
    few = received(make_dossier, 2, 0, code=CODES[1], received_at=timezone.now())
    count(*mine, *few)
    client = Client()
    client.cookies["motcua_language"] = "en"
    page = client.get(f"/thu-tuc/{CODES[0]}/").content.decode()
    assert "71.43%" in page
    assert "(5 / 7)" in page
    assert "Fewer than 5 dossiers" in client.get(f"/thu-tuc/{CODES[1]}/").content.decode()
    assert "No dossier of this procedure" in client.get(f"/thu-tuc/{CODES[2]}/").content.decode()
