"""From where a dossier was filed: kept as a keyed hash, for online filings by people themselves alone."""

from dataclasses import replace
from datetime import datetime

import pytest

from motcua.core.actor import Actor
from motcua.dossiers import operations
from motcua.dossiers.models import Dossier, Origin
from motcua.dossiers.sealed import origin_index
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

pytestmark = pytest.mark.django_db


def filed(commune: Commune, actor: Actor, now: datetime, key: str) -> None:
    operations.submit(
        procedure=PROCEDURE, agency=commune.agency, answers=ANSWERS, key=key, actor=actor, now=now
    )


def test_an_online_filing_keeps_a_hash_of_where_it_came_from(commune: Commune, now: datetime) -> None:
    here = replace(commune.citizen, address="198.51.100.7")
    filed(commune, here, now, "one")
    filed(commune, here, now, "one")  # the same key files nothing again
    filed(commune, commune.citizen, now, "two")  # a command or a job has no address
    (row,) = Origin.objects.all()
    assert (row.place, row.at) == (origin_index("198.51.100.7"), now)
    assert row.place != origin_index("198.51.100.8")
    assert len(row.place) == 64
    assert Dossier.objects.count() == 2


def test_a_registered_helpers_filing_keeps_none(commune: Commune, now: datetime) -> None:
    filed(commune, replace(commune.citizen, address="198.51.100.7", helper=True), now, "one")
    assert not Origin.objects.exists()


def test_one_line_is_one_place_however_its_address_is_written() -> None:
    assert origin_index("2001:db8:1:2::9") == origin_index("2001:0DB8:0001:0002:aaaa::1")
    assert origin_index("2001:db8:1:3::9") != origin_index("2001:db8:1:2::9")
    assert origin_index("::ffff:198.51.100.7") == origin_index("198.51.100.7")
    assert origin_index("no address") != origin_index("")
