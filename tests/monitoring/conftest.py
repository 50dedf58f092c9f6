"""A small country: a province with two communes, the police that serves one of them, a ministry."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from motcua.core.periods import VIETNAM

CODES = ("1.004873", "1.004194", "2.000635")


def at(day: int, hour: int = 9, month: int = 6, year: int = 2026) -> datetime:
    """A moment in Viet Nam."""
    return datetime(year, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def land(make_agency: Callable[..., int]) -> dict[str, int]:
    """Agencies by identifier: H43 (place 56), H43.12 and H43.13 (communes), G01.20 (police), G15."""
    from motcua.places.models import Unit

    province = Unit.objects.create(code="56", name="Khánh Hòa", level="province", folded="khanh hoa")
    for code, name in (("22738", "Phan Rang"), ("22741", "Đông Hải")):
        Unit.objects.create(code=code, name=name, level="commune", parent=province, folded=name)
    ids: dict[str, int] = {}
    for identifier, parent, level, place in (
        ("G01", None, "ministry", None),
        ("G01.20", "G01", "commune", "22738"),
        ("G15", None, "ministry", None),
        ("H43", None, "province", "56"),
        ("H43.12", "H43", "commune", "22738"),
        ("H43.13", "H43", "commune", "22741"),
    ):
        ids[identifier] = make_agency(identifier, level=level, parent=parent, serves_code=place)
    return ids


@pytest.fixture
def catalogue(land: dict[str, int]) -> dict[str, int]:
    """Three procedures with a revision each (ids by code); services are the tests' own."""
    from motcua.catalogue.models import Procedure, Revision

    ids = {}
    for code in CODES:
        procedure = Procedure.objects.create(
            code=code, name_vi=f"Thủ tục {code}", agency_code="G15", at_commune=True
        )
        revision = Revision.objects.create(
            procedure=procedure,
            number=1,
            facts={"code": code, "name_vi": procedure.name_vi},
            pack=None,
            content_hash="x",
            published_at=at(1, month=1),
        )
        ids[code] = revision.pk
    return ids


@pytest.fixture
def offer(catalogue: dict[str, int], land: dict[str, int]) -> Callable[..., None]:
    """``offer("1.004873", "H43.12", "full")``: a service in force from 2020."""
    from motcua.catalogue.models import Procedure, Service

    def make(code: str, agency: str, level: str, declared: str = "", until: date | None = None) -> None:
        Service.objects.create(
            procedure=Procedure.objects.get(code=code),
            agency_id=land[agency],
            level=level,
            level_declared=declared,
            valid_from=date(2020, 1, 1),
            valid_to=until,
        )

    return make


@pytest.fixture
def make_dossier(catalogue: dict[str, int], land: dict[str, int]) -> Callable[..., Any]:
    """Make a dossier row; received on 1 June 2026, due on 4 June, in process, online, unless told."""
    from motcua.dossiers.models import Dossier

    number = 0

    def make(agency: str = "H43.12", code: str = CODES[0], **values: Any) -> Dossier:
        nonlocal number
        number += 1
        known: dict[str, Any] = {
            "code": f"{agency}-260601-{number:04d}",
            "channel": 2,
            "filed_by": "self",
            "level": "full",
            "status": 4,
            "paper_result": True,
            "submitted_at": at(1, 8),
            "received_at": at(1),
            "due_at": at(4, 17),
            "changed_at": at(1),
            "answers_sealed": b"",
            "last4_index": "",
            "applicant_name": "Người Thử",
        }
        known.update(values)
        return Dossier.objects.create(
            revision_id=catalogue[code],
            procedure_code=code,
            agency_id=land[agency],
            receiving_id=land[agency],
            **known,
        )

    return make


@pytest.fixture
def count(now: datetime) -> Callable[..., None]:
    """Tell the log that something happened to dossiers and let the reader catch up."""
    from django.db import transaction

    from motcua.core.actor import SYSTEM
    from motcua.events.operations import append, run_reader
    from motcua.monitoring.readers import ROLLUPS

    def tell(*dossiers: Any, kind: str = "dossier.received") -> None:
        with transaction.atomic():
            for dossier in dossiers:
                append(stream=f"dossier:{dossier.code}", kind=kind, data={}, actor=SYSTEM, now=now)
        run_reader(ROLLUPS, now=now, limit=10_000)

    return tell


def random_facts(source: Random) -> dict[str, Any]:
    """Facts of a dossier as the table can hold them, likely or not."""

    def moment() -> datetime | None:
        return (
            at(1, 0) + timedelta(minutes=source.randint(0, 40 * 24 * 60)) if source.random() < 0.8 else None
        )

    return {
        "channel": source.choice([1, 2, 2, 3]),
        "filed_by": source.choice(["self", "helped", "officer"]),
        "level": source.choice(["", "partial", "full", "full"]),
        "status": source.randint(1, 10),
        "paper_result": source.random() < 0.7,
        "e_result": source.random() < 0.6,
        "visits": source.choice([0, 0, 0, 1, 2]),
        "supplements": source.choice([0, 0, 1, 2]),
        "received_at": moment(),
        "due_at": moment(),
        "finished_at": moment(),
        "returned_at": moment(),
        "supplement_requested_at": moment(),
    }
