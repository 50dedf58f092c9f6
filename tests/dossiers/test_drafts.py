"""Answers on the way: kept at each page, filed once, moved to a new form without loss."""

from datetime import datetime

import pytest

from motcua.catalogue.rules.form import Form, FormPage, Question, settle
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.dossiers import operations, queries
from motcua.dossiers.queries.drafting import page_states
from tests.dossiers.conftest import FACTS, FILES, PROCEDURE, Commune

WHO = {"name": ["Nguyễn Thị Thử"], "number": ["999199000123"]}
WHAT = {"ask": ["no"], "proof": ["no"]}


@pytest.fixture
def draft(commune: Commune, now: datetime) -> operations.drafts.DraftRef:
    return operations.start_draft(procedure_code=PROCEDURE, agency="H43.01", actor=commune.citizen, now=now)


def fill(commune: Commune, draft, now: datetime) -> None:
    for page, raw in (("who", WHO), ("what", WHAT)):
        saved = operations.save_page(
            draft_id=draft.id, page_key=page, raw=raw, actor=commune.citizen, now=now
        )
        assert not saved.errors


def test_wrong_answers_are_not_kept_and_right_ones_are(commune: Commune, draft, now: datetime):
    bad = operations.save_page(
        draft_id=draft.id, page_key="who", raw={**WHO, "number": ["12"]}, actor=commune.citizen, now=now
    )
    assert [e.key for e in bad.errors] == ["number"]
    assert queries.draft(draft.id, actor=commune.citizen, now=now).pages[0].state != "completed"
    fill(commune, draft, now)
    seen = queries.draft(draft.id, actor=commune.citizen, now=now)
    assert seen.complete
    assert seen.answers["number"] == "999199000123"


def test_filing_twice_is_one_dossier(commune: Commune, draft, now: datetime):
    fill(commune, draft, now)
    given = {"draft_id": draft.id, "declared": True, "actor": commune.citizen, "now": now}
    assert operations.submit_draft(**given) == operations.submit_draft(**given)
    assert len(queries.dossiers_of(commune.citizen).items) == 1


def test_what_is_missing_is_said(commune: Commune, draft, now: datetime):
    given = {"draft_id": draft.id, "actor": commune.citizen, "now": now}
    with pytest.raises(Refusal) as refused:
        operations.submit_draft(**given, declared=True)
    assert refused.value.code == "draft_incomplete"
    fill(commune, draft, now)
    with pytest.raises(Refusal) as refused:
        operations.submit_draft(**given, declared=False)
    assert refused.value.code == "declaration_needed"


def test_a_draft_is_its_owners_alone(commune: Commune, draft, now: datetime):
    for actor in (commune.other, commune.desk):
        with pytest.raises(NotFound):
            queries.draft(draft.id, actor=actor, now=now)
        with pytest.raises(NotFound):
            operations.save_page(draft_id=draft.id, page_key="who", raw=WHO, actor=actor, now=now)
        with pytest.raises(NotFound):
            queries.draft_by_resume_code(draft.resume_code, actor=actor)
    found = queries.draft_by_resume_code(draft.resume_code.lower(), actor=commune.citizen)
    assert found == draft.id


@pytest.mark.feature("19")
def test_a_new_form_keeps_the_answers_and_is_said(commune: Commune, draft, now: datetime):
    from motcua.catalogue.models import Revision

    fill(commune, draft, now)
    old = Revision.objects.get(procedure__code=PROCEDURE)
    Revision.objects.filter(pk=old.pk).update(closed_at=now)
    Revision.objects.create(
        procedure_id=old.procedure_id,
        number=2,
        facts=FACTS,
        pack=FILES,
        content_hash="1" * 64,
        published_at=now,
    )
    given = {"draft_id": draft.id, "declared": True, "actor": commune.citizen, "now": now}
    with pytest.raises(Refusal) as refused:
        operations.submit_draft(**given)
    assert refused.value.code == "form_changed"
    assert queries.draft(draft.id, actor=commune.citizen, now=now).answers["name"] == "Nguyễn Thị Thử"
    fill(commune, draft, now)
    code = operations.submit_draft(**given).code
    assert queries.dossier_for(code, actor=commune.citizen, now=now).revision == 2


FORM = Form(
    pages=(
        FormPage("one", Text("1", "1"), questions=(Question("way", "yes_no", Text("A", "A")),)),
        FormPage(
            "two",
            Text("2", "2"),
            questions=(
                Question("day", "date", Text("B", "B"), not_future=True),
                Question("why", "text", Text("C", "C"), show_if="answers.way == true"),
            ),
        ),
    )
)


@pytest.mark.parametrize(
    ("answers", "done", "states"),
    [
        ({}, (), ["not_started", "not_started"]),
        ({"way": False, "day": "2020-01-01"}, ("one", "two"), ["completed", "completed"]),
        ({"way": True, "day": "2020-01-01"}, ("one", "two"), ["completed", "in_progress"]),
        ({"way": False, "day": "2999-01-01"}, ("one", "two"), ["completed", "problem"]),
        ({"way": False, "day": "2999-01-01"}, ("one",), ["completed", "not_started"]),
    ],
)
def test_a_completed_page_may_be_so_no_longer(answers: dict, done: tuple, states: list) -> None:
    facts = {"answers": answers, "dossier": {}, "service": {}, "steps": {}, "today": "2026-07-06"}
    pages, faults = page_states(FORM, done, facts, settle(FORM, facts))
    assert [page.state for page in pages] == states
    assert bool(faults) == any(state in {"problem", "in_progress"} for state in states)


def test_a_draft_is_deleted_by_its_owner_only_and_for_good(commune: Commune, draft, now: datetime):
    with pytest.raises(NotFound):
        operations.delete_draft(draft_id=draft.id, actor=commune.other)
    operations.delete_draft(draft_id=draft.id, actor=commune.citizen)
    with pytest.raises(NotFound):
        queries.draft(draft.id, actor=commune.citizen, now=now)
    with pytest.raises(NotFound):
        operations.delete_draft(draft_id=draft.id, actor=commune.citizen)


def test_what_was_filed_is_not_deleted(commune: Commune, draft, now: datetime):
    fill(commune, draft, now)
    operations.submit_draft(draft_id=draft.id, declared=True, actor=commune.citizen, now=now)
    with pytest.raises(NotFound):
        operations.delete_draft(draft_id=draft.id, actor=commune.citizen)
    assert len(queries.dossiers_of(commune.citizen).items) == 1
