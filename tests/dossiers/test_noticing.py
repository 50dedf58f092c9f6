"""Notices at intake: what is unusual, for who handles it, until it is received."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.dossiers import queries
from motcua.dossiers.rules.noticing import AtIntake, notices
from tests.dossiers.conftest import Commune

AGENCY = Text("UBND phường Một", "Ward One")
USUAL = AtIntake("22741", "Phường Đông Hải", "22741", AGENCY, "Nguyễn Thị Thử", "NGUYỄN THỊ THỬ")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"declared_code": "", "held_name": ""}, []),
        ({"served_code": ""}, []),
        ({"served_code": "22759"}, ["Phường Đông Hải"]),
        ({"served_code": "22759", "declared_name": ""}, ["22741"]),
        ({"held_name": "Trần Văn Khác"}, ["họ tên khác"]),
        ({"open_codes": ("A-1", "A-2")}, ["A-1, A-2"]),
        ({"held_name": "Trần", "open_codes": ("A-1",), "served_code": "1"}, ["Đông Hải", "họ tên", "A-1"]),
    ],
)
def test_what_is_unusual_is_said(changes: dict[str, Any], said: list[str]) -> None:
    from dataclasses import replace

    found = notices(replace(USUAL, **changes))
    assert len(found) == len(said)
    assert all(part in notice.vi and notice.en for part, notice in zip(said, found, strict=True))
    assert not any("Trần" in notice.vi for notice in found)  # the held name is never shown


@pytest.mark.django_db
def test_an_open_request_of_the_same_person_is_named(commune: Commune, file: Any, act: Any, now: datetime):
    first = file()
    second = file(at=now + timedelta(hours=1))
    told = queries.intake_notices(second, actor=commune.desk)
    assert any(first in notice.vi for notice in told)
    assert queries.intake_notices(second, actor=commune.citizen) == ()
    with pytest.raises(NotFound):
        queries.intake_notices(second, actor=commune.stranger)
    act("desk", "receive", second, at=now + timedelta(hours=2))
    assert queries.intake_notices(second, actor=commune.desk) == ()
    act("citizen", "withdraw", second, at=now + timedelta(hours=3))
    assert not any(second in notice.vi for notice in queries.intake_notices(first, actor=commune.desk))
