"""A new request with the answers of an earlier dossier: the person's own, looked through again."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from motcua.core.refusals import NotFound
from motcua.dossiers import operations, queries
from tests.dossiers.conftest import ANSWERS, Commune

pytestmark = pytest.mark.django_db


@pytest.mark.feature("25")
def test_the_answers_come_along_and_nothing_counts_as_completed(
    commune: Commune, file: Callable[..., str], now: datetime
) -> None:
    code = file(ask=True)
    ref = operations.clone(code=code, actor=commune.citizen, now=now)
    draft = queries.draft(ref.id, actor=commune.citizen, now=now)
    assert {k: draft.answers[k] for k in ANSWERS} == {**ANSWERS, "ask": True}
    assert {page.state for page in draft.pages} == {"not_started"}
    assert draft.papers == ()
    assert draft.agency is not None  # it still offers the service
    assert draft.agency.identifier == code.split("-")[0]


def test_only_the_applicant_may(commune: Commune, file: Callable[..., str], now: datetime) -> None:
    code = file()
    for stranger in (commune.other, commune.desk, commune.leader):
        with pytest.raises(NotFound):
            operations.clone(code=code, actor=stranger, now=now)
    with pytest.raises(NotFound):
        operations.clone(code="H43.01-260710-9999", actor=commune.citizen, now=now)


def test_an_answer_that_the_new_form_does_not_ask_stays_behind(
    commune: Commune, file: Callable[..., str], now: datetime
) -> None:
    from motcua.catalogue.models import Revision
    from tests.dossiers.conftest import FILES

    code = file()
    old = Revision.objects.get(procedure__code="9.000001")
    Revision.objects.update(closed_at=now)
    form = FILES["form.toml"].replace('key = "ask"', 'key = "ask_now"')
    process = FILES["process.toml"].replace("answers.ask ", "answers.ask_now ")
    Revision.objects.create(
        procedure=old.procedure, number=2, facts=old.facts, content_hash="2" * 64, published_at=now,
        pack={**FILES, "form.toml": form, "process.toml": process},
    )  # fmt: skip
    ref = operations.clone(code=code, actor=commune.citizen, now=now)
    answers = queries.draft(ref.id, actor=commune.citizen, now=now).answers
    assert "ask" not in answers
    assert answers["name"] == ANSWERS["name"]


@pytest.mark.feature("25")
def test_by_page(commune: Commune, file: Callable[..., str]) -> None:
    code = file()
    client = Client()
    client.force_login(get_user_model().objects.get(pk=commune.citizen.user_id))
    assert f"/ho-so/{code}/lam-lai/" in client.get(f"/ho-so/{code}/").content.decode()
    answer = client.post(f"/ho-so/{code}/lam-lai/")
    assert answer.status_code == 302
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(f"/ho-so/{code}/lam-lai/").status_code == 405
