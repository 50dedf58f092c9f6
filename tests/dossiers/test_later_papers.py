"""Papers that the pack allows to follow: promised at filing, handed in while the dossier is handled."""

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from motcua.core.actor import Actor
from motcua.documents.operations import store_paper
from motcua.dossiers import queries
from motcua.dossiers.operations.intake import NothingSent
from motcua.dossiers.rules.refused import NoPaperAwaited, NotYours
from motcua.dossiers.rules.status import NotInThisStatus
from motcua.events.queries import stream_events
from tests.documents.test_papers import pdf
from tests.dossiers.conftest import FILES, Commune

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(commune: Commune, file: Callable[..., str]) -> str:
    """A dossier whose proof is to follow."""
    from motcua.catalogue.models import Revision
    from motcua.catalogue.queries import revision_pack

    later = FILES["procedure.toml"].replace(
        'name_en = "Proof"\n', 'name_en = "Proof"\nlater_allowed = true\n'
    )
    Revision.objects.update(pack={**FILES, "procedure.toml": later})
    revision_pack.cache_clear()
    return file(proof=True)


def paper_of(actor: Actor, now: datetime) -> str:
    return store_paper(
        content=io.BytesIO(pdf()), name="x.pdf", owner_id=actor.user_id, actor=actor, now=now
    ).id


def offered(code: str, actor: Actor, now: datetime) -> Any:
    return queries.dossier_for(code, actor=actor, now=now).action("add_paper")


def test_a_promised_paper_is_handed_in_and_no_clock_moves(
    commune: Commune, filed: str, act: Callable[..., None], now: datetime
) -> None:
    act("desk", "receive", filed)
    before = queries.dossier_for(filed, actor=commune.specialist, now=now)
    assert [key for key, _ in before.awaited] == ["proof"]
    paper = paper_of(commune.citizen, now)
    act("citizen", "add_paper", filed, papers=[{"component": "proof", "paper": paper}])
    after = queries.dossier_for(filed, actor=commune.specialist, now=now)
    assert (after.awaited, [p.id for p in after.papers]) == ((), [paper])
    assert (after.status, after.due_at) == (before.status, before.due_at)
    last = stream_events(f"dossier:{filed}")[-1]
    assert (last.kind, last.data["components"]) == ("dossier.paper_added", ["proof"])
    with pytest.raises(NoPaperAwaited):
        act("citizen", "add_paper", filed, papers=[{"component": "proof", "paper": paper}])


def test_only_what_was_promised_and_only_ones_own(
    commune: Commune, filed: str, act: Callable[..., None], now: datetime
) -> None:
    theirs, mine = paper_of(commune.other, now), paper_of(commune.citizen, now)
    for papers in ([], [{"component": "proof", "paper": theirs}], [{"component": "else", "paper": mine}]):
        with pytest.raises(NothingSent):
            act("citizen", "add_paper", filed, papers=papers)
    with pytest.raises(NotYours):
        act("desk", "add_paper", filed, papers=[{"component": "proof", "paper": mine}])


def test_nothing_follows_once_it_is_over(
    commune: Commune, filed: str, act: Callable[..., None], now: datetime
) -> None:
    assert offered(filed, commune.citizen, now).allowed
    act("desk", "refuse", filed, reason="Sai nơi nộp", clause="Điều 1")
    with pytest.raises(NotInThisStatus):
        act("citizen", "add_paper", filed, papers=[])
    assert offered(filed, commune.citizen, now) is None


def test_a_dossier_that_promised_nothing_awaits_nothing(
    commune: Commune, file: Callable[..., str], now: datetime
) -> None:
    code = file()
    assert queries.dossier_for(code, actor=commune.citizen, now=now).awaited == ()
    assert offered(code, commune.citizen, now).code == "no_paper_awaited"


def test_files_come_from_the_page(commune: Commune, filed: str, now: datetime) -> None:
    from django.contrib.auth import get_user_model
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(pk=commune.citizen.user_id))
    address = f"/ho-so/{filed}/nop-them/"
    assert "file.proof" in client.get(address).content.decode()
    assert address in client.get(f"/ho-so/{filed}/").content.decode()
    assert client.post(address).status_code == 422
    sent = client.post(address, {"file.proof": SimpleUploadedFile("giấy.pdf", pdf())})
    assert sent.status_code == 302
    assert queries.dossier_for(filed, actor=commune.citizen, now=now).awaited == ()
