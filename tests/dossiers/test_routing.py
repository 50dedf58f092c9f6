"""Any desk of the province receives; a dossier goes on to the agency whose it is."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from motcua.agencies.queries import agency
from motcua.core.actor import Post, Role
from motcua.core.refusals import Refusal
from motcua.dossiers import operations, queries
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune


@pytest.fixture
def other_desk(commune: Commune):
    """The desk officer of the neighbouring commune."""
    there = agency("H43.02")
    return replace(commune.asked, posts=(Post(there.id, there.identifier, there.path, Role.DESK),))


@pytest.fixture
def offered_there(commune: Commune) -> None:
    from motcua.catalogue.models import Procedure, Service

    procedure = Procedure.objects.get(code=PROCEDURE)
    there = agency("H43.02").id
    Service.objects.create(procedure=procedure, agency_id=there, level="full", valid_from=date(2020, 1, 1))


def typed_in(actor, now: datetime) -> str:
    return operations.submit(
        procedure=PROCEDURE, agency="H43.01", answers=ANSWERS, filed_by="officer", channel=1, key="k",
        actor=actor, now=now,
    ).code  # fmt: skip


@pytest.mark.feature("28")
def test_another_desk_of_the_province_takes_it_in(commune: Commune, other_desk, act, now: datetime):
    code = typed_in(other_desk, now)
    assert code.startswith("H43.01-")  # the deciding agency's code
    seen = queries.dossier_for(code, actor=other_desk, now=now)
    assert (seen.agency.identifier, seen.receiving.identifier) == ("H43.01", "H43.02")
    operations.act(code=code, action="receive", params={}, actor=other_desk, now=now)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    act("signatory", "sign", code)
    with pytest.raises(Refusal):
        act("desk", "return_result", code)
    operations.act(code=code, action="return_result", params={"how": "desk"}, actor=other_desk, now=now)
    assert queries.dossier_for(code, actor=other_desk, now=now).status == 10


def test_a_desk_of_another_province_does_not(commune: Commune, now: datetime):
    there = agency("H32")
    stranger = replace(commune.stranger, posts=(Post(there.id, there.identifier, there.path, Role.DESK),))
    with pytest.raises(Refusal) as refused:
        typed_in(stranger, now)
    assert refused.value.code == "may_not_file_so"


@pytest.mark.usefixtures("offered_there")
@pytest.mark.feature("28")
def test_a_transfer_moves_the_work_and_keeps_code_clock_and_desk(commune: Commune, file, act, now: datetime):
    code = file()
    act("desk", "receive", code)
    due = queries.dossier_for(code, actor=commune.citizen, now=now).due_at
    act("specialist", "transfer", code, agency="H43.02", reason="Người dân thường trú tại phường Hai")
    seen = queries.dossier_for(code, actor=commune.citizen, now=now)
    assert (seen.code, seen.due_at, seen.agency.identifier) == (code, due, "H43.02")
    assert "H43.01 → H43.02" in [t.detail.vi for t in seen.timeline]
    assert not queries.worklist(actor=commune.specialist, now=now).items
    assert [i.code for i in queries.worklist(actor=commune.asked, now=now).items] == [code]
    act("asked", "complete_step", code, step="check")


@pytest.mark.parametrize(
    ("to", "reason", "refusal"),
    [
        ("H43.01", "x", "already_with_agency"),
        ("H32", "x", "not_offered_online"),
        ("H43.02", " ", "reason_needed"),
    ],
)
@pytest.mark.usefixtures("offered_there")
def test_transfers_that_are_refused(commune: Commune, file, act, to: str, reason: str, refusal: str):
    code = file()
    with pytest.raises(Refusal) as refused:
        act("desk", "transfer", code, agency=to, reason=reason)
    assert refused.value.code == refusal
