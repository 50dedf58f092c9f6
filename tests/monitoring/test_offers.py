"""Procedures and services: once for each root, in force on the period's last day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from motcua.core.actor import PUBLIC
from motcua.core.periods import Period
from tests.monitoring.conftest import CODES, at

pytestmark = pytest.mark.django_db

JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
Counted = tuple[int, int, int]


def rows(
    definition: str, by: str | None, period: Period = JUNE, scope: str = "national"
) -> dict[str, Counted]:
    from motcua.monitoring.queries import rates

    told = rates(definition, period, by, scope, actor=PUBLIC)
    assert told == rates(definition, period, by, scope, actor=PUBLIC, recount=True)
    return {r.scope: (r.numerator, r.denominator, r.excluded) for r in told.rows}


def test_provision_counts_a_procedure_once_for_each_root_at_its_higher_level(
    offer: Callable[..., None],
) -> None:
    offer(CODES[0], "H43.12", "partial")
    offer(CODES[0], "H43.13", "full")
    offer(CODES[0], "G01.20", "information")
    offer(CODES[1], "G01.20", "full", until=date(2026, 6, 29))  # ended before the last day
    # CODES[1], CODES[2]: nobody offers them; commune level puts them in the province's authority
    assert rows("provision", "block") == {
        "national": (1, 4, 2),
        "block:ministry": (0, 1, 0),
        "block:local": (1, 3, 2),
    }
    by_agency = rows("provision", "agency")
    assert by_agency["H43"] == (1, 3, 2)
    assert by_agency["H43.12"] == (1, 1, 0)
    assert by_agency["G15"] == (0, 0, 0)
    by_place = rows("provision", "place")
    assert by_place["place:56"] == (1, 4, 2)  # the police of a commune count in its place
    assert by_place["place:22738"] == (1, 2, 0)
    assert rows("provision", "procedure")[f"procedure:{CODES[0]}"] == (1, 2, 0)
    assert rows("provision", None, Period(JUNE.first, date(2026, 6, 29)))["national"] == (2, 4, 1)


def test_declared_levels_count_where_there_is_no_pack(offer: Callable[..., None]) -> None:
    offer(CODES[0], "H43.12", "", declared="full")
    offer(CODES[1], "H43.12", "", declared="information")
    offer(CODES[2], "H43.12", "")
    assert rows("provision", None)["national"] == (1, 3, 1)
    assert rows("services_with_dossiers", None)["national"] == (0, 1, 0)


def test_a_service_has_dossiers_when_one_came_online(
    offer: Callable[..., None], make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    offer(CODES[0], "H43", "full")  # the province offers, its communes receive
    offer(CODES[1], "H43.12", "partial")
    offer(CODES[1], "G01.20", "full")
    offer(CODES[2], "H43.13", "information")  # not an online service
    count(
        make_dossier("H43.12", CODES[0]),
        make_dossier("H43.12", CODES[1], channel=1),  # not online
        make_dossier("H43.13", CODES[2]),
        make_dossier("G01.20", CODES[1], received_at=at(1, month=7)),  # not in the period
    )
    assert rows("services_with_dossiers", "block") == {
        "national": (1, 3, 0),
        "block:ministry": (0, 1, 0),
        "block:local": (1, 2, 0),
    }
    assert rows("services_with_dossiers", "agency")["H43.12"] == (1, 2, 0)
    assert rows("services_with_dossiers", "place")["place:22738"] == (1, 3, 0)
    assert rows("services_with_dossiers", "procedure", scope="block:local") == {
        "national": (1, 3, 0),
        "block:local": (1, 2, 0),
        f"procedure:{CODES[0]}": (1, 1, 0),
        f"procedure:{CODES[1]}": (0, 1, 0),
    }
    longer = Period(JUNE.first, date(2026, 7, 31))
    assert rows("services_with_dossiers", None, longer)["national"] == (2, 3, 0)


def test_a_dossier_that_stops_being_online_takes_its_service_along(
    offer: Callable[..., None], make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    offer(CODES[0], "H43.12", "full")
    dossier = make_dossier()
    count(dossier)
    assert rows("services_with_dossiers", None)["national"] == (1, 1, 0)
    dossier.channel = 1
    dossier.save()
    count(dossier)
    assert rows("services_with_dossiers", None)["national"] == (0, 1, 0)


def publish(code: str, **facts: Any) -> None:
    """Give a procedure a current revision that says so much."""
    from motcua.catalogue.models import Procedure, Revision

    Revision.objects.filter(procedure__code=code).update(closed_at=at(1))
    Revision.objects.create(
        procedure=Procedure.objects.get(code=code), number=2, published_at=at(1),
        facts={"code": code, "name_vi": "Thủ tục", **facts}, content_hash=str(hash(str(facts)))[:60],
    )  # fmt: skip


def method(fee: int | None = None, *, free: bool = False) -> dict[str, Any]:
    time = {"amount": "3", "unit": "working_day"}
    return {"channel": 2, "time": time, "fee": {"amount": fee, "free": free}, "note": ""}


WHOLE = {"steps": "1. Nộp", "methods": [method(8000)], "papers": [{"name": "Tờ khai"}],
         "subjects": ["Công dân"], "performing": ["UBND xã"]}  # fmt: skip


def test_a_procedure_is_complete_with_all_parts_and_left_out_without_a_record(
    offer: Callable[..., None],
) -> None:
    from motcua.catalogue.models import Revision

    for code in CODES:
        offer(code, "H43.12", "full")
    publish(CODES[0], **WHOLE)
    publish(CODES[1], **{**WHOLE, "steps": ""})
    Revision.objects.filter(procedure__code=CODES[2]).delete()
    assert rows("complete_766", None)["national"] == (1, 2, 1)
    for part in ("methods", "papers", "subjects", "performing"):
        publish_again = {**WHOLE, part: []}
        Revision.objects.filter(procedure__code=CODES[0], number=2).delete()
        publish(CODES[0], **publish_again)
        assert rows("complete_766", None)["national"] == (0, 2, 1), part


def test_a_procedure_is_payable_when_a_dossier_with_a_fee_came(
    offer: Callable[..., None], make_dossier: Callable[..., Any], count: Callable[..., None]
) -> None:
    offer(CODES[0], "H43", "full")
    offer(CODES[1], "H43.12", "full")
    offer(CODES[2], "H43.12", "full")
    publish(CODES[0], **WHOLE)
    publish(CODES[1], **WHOLE)
    publish(CODES[2], **{**WHOLE, "methods": [method(free=True)]})
    count(make_dossier("H43.12", CODES[0], fee=8000), make_dossier("H43.12", CODES[1], fee=0))
    assert rows("payable_online_766", "block") == {
        "national": (1, 2, 0), "block:ministry": (0, 0, 0), "block:local": (1, 2, 0),
    }  # fmt: skip
    publish_unknown = {**WHOLE, "methods": [method()]}
    from motcua.catalogue.models import Revision

    Revision.objects.filter(procedure__code=CODES[1], number=2).delete()
    publish(CODES[1], **publish_unknown)
    assert rows("payable_online_766", None)["national"] == (1, 1, 1)
