"""Who looked at whose data: what is written, what is not, who may ask, and what cannot be changed unseen."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from motcua.cli import motcua
from motcua.core.actor import PUBLIC, SYSTEM, Actor, Reading
from motcua.core.refusals import NotFound
from motcua.dossiers import queries
from motcua.reads.models import Read
from motcua.reads.operations import log_reads, seal_reads
from motcua.reads.queries import reads, verify_reads
from motcua.reads.rules import filed_on, key_of, mark
from tests.dossiers.conftest import Commune, act, commune, file
from tests.web.api.conftest import call, tokens

__all__ = ["act", "call", "commune", "file", "tokens"]
pytestmark = pytest.mark.django_db
Call = Callable[..., Any]


def look(actor: Actor, code: str, now: datetime, **more: Any) -> None:
    reading = Reading("dossier", code, dossier=code, why="deciding")
    log_reads(actor=actor, readings=[reading], via="GET desk:dossier", now=now, **more)


def test_an_officers_look_is_written_with_post_and_right(call: Call, commune: Commune, file: Any) -> None:
    code = file()
    assert call("desk", "get", f"/dossiers/{code}").status_code == 200
    (row,) = reads(actor=SYSTEM, dossier=code)
    assert (row.user_id, row.posts, row.kind, row.subject) == (
        commune.desk.user_id, ("H43.01:desk",), "dossier", code,
    )  # fmt: skip
    assert (row.via, row.why) == ("GET api-v1:one_dossier", "deciding")
    call("leader", "get", f"/dossiers/{code}")
    assert [r.why for r in reads(actor=SYSTEM, dossier=code)] == ["above", "deciding"]


def test_ones_own_dossier_and_a_refused_look_leave_nothing(call: Call, file: Any) -> None:
    code = file()
    assert call("citizen", "get", f"/dossiers/{code}").status_code == 200
    assert call("other", "get", f"/dossiers/{code}").status_code == 404
    assert call("asked", "get", f"/dossiers/{code}").status_code == 404
    assert call("citizen", "get", "/dossiers").status_code == 200
    assert not Read.objects.exists()


def test_a_list_is_one_row_and_is_found_by_each_of_its_dossiers(call: Call, file: Any) -> None:
    from django.utils import timezone

    codes = [file(at=timezone.now()) for _ in range(3)]
    assert len(call("desk", "get", "/worklist").json()["items"]) == 3
    assert Read.objects.count() == 1
    for code in codes:
        (row,) = reads(actor=SYSTEM, dossier=code)
        assert (row.kind, row.listed, row.dossier) == ("list", 3, "")
    assert reads(actor=SYSTEM, dossier=codes[0][:-1]) == ()  # the beginning of a code is not the code


def test_pages_papers_and_results_are_written(client: Any, commune: Commune, file: Any, act: Any) -> None:
    from motcua.people.models import User

    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    act("citizen", "deliver_draft", code)
    act("citizen", "confirm_draft", code)
    act("signatory", "sign", code)
    client.force_login(User.objects.get(pk=commune.desk.user_id))
    for address in (f"/mot-cua/{code}/", f"/ho-so/{code}/ket-qua.pdf", f"/ho-so/{code}/du-thao.pdf"):
        assert client.get(address).status_code == 200
    assert [r.kind for r in reads(actor=SYSTEM, dossier=code)] == ["draft", "result", "dossier"]


@pytest.mark.django_db(transaction=True)
def test_a_look_that_cannot_be_written_is_not_answered(
    call: Call, client: Any, commune: Commune, file: Any
) -> None:
    from motcua.people.models import User

    code, rename = file(), "ALTER TABLE {} RENAME TO {}"
    client.force_login(User.objects.get(pk=commune.desk.user_id))
    with connection.cursor() as cursor:
        cursor.execute(rename.format("reads_read", "reads_elsewhere"))
        try:
            own = call("citizen", "get", f"/dossiers/{code}")
            answer, page = call("desk", "get", f"/dossiers/{code}"), client.get(f"/mot-cua/{code}/")
        finally:
            cursor.execute(rename.format("reads_elsewhere", "reads_read"))
    assert own.status_code == 200  # one's own data needs no log
    assert (answer.status_code, answer["content-type"].split(";")[0]) == (503, "application/problem+json")
    assert page.status_code == 503
    for shown in (answer, page):
        assert "Nguyễn Thị Thử" not in shown.content.decode()


def test_only_the_platform_may_ask(commune: Commune, now: datetime) -> None:
    for actor in (commune.citizen, commune.leader, PUBLIC):
        with pytest.raises(NotFound):
            reads(actor=actor, dossier="H43.01-260710-0001")
    with pytest.raises(ValueError, match="only accounts"):
        look(PUBLIC, "H43.01-260710-0001", now)


def test_the_platform_and_the_public_note_nothing(commune: Commune, file: Any, now: datetime) -> None:
    queries.dossier_for(file(), actor=SYSTEM, now=now)
    assert SYSTEM.readings == PUBLIC.readings == []


@pytest.fixture
def sealed(commune: Commune, now: datetime) -> list[int]:
    """Three looks under a root, and one that waits."""
    for number in range(3):
        look(commune.desk, f"H43.01-260710-000{number}", now)
    assert seal_reads(now=now) == 3
    look(commune.desk, "H43.01-260710-0009", now + timedelta(minutes=1))
    return list(Read.objects.order_by("pk").values_list("pk", flat=True))


def test_a_whole_log_of_reads_is_whole(sealed: list[int], now: datetime) -> None:
    report = verify_reads()
    assert (report.problems, report.reads, report.batches, report.waiting) == ((), 4, 1, 1)
    assert seal_reads(now=now) == 1
    assert seal_reads(now=now) == 0
    report = verify_reads()
    assert (report.problems, report.batches, report.waiting) == ((), 2, 0)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda pk: Read.objects.filter(pk=pk[1]).delete(), "3 reads were sealed, 2 are there"),
        (lambda pk: Read.objects.filter(pk=pk[1]).update(user_id=1), "changed after it was written"),
        (lambda pk: Read.objects.filter(pk=pk[3]).update(subject="x"), "changed after it was written"),
        (lambda pk: Read.objects.filter(pk=pk[0]).update(batch=None), "3 reads were sealed, 2 are there"),
        (lambda pk: Read.objects.filter(pk=pk[3]).update(batch=7), "a root that the log does not know"),
        (lambda pk: Read.objects.filter(pk=pk[0]).update(mark="0" * 64), "forged"),
    ],
)
def test_every_harm_is_seen(sealed: list[int], harm: Callable[[list[int]], object], words: str) -> None:
    harm(sealed)
    assert any(words in problem for problem in verify_reads().problems)
    found = CliRunner().invoke(motcua, ["audit", "verify"])
    assert found.exit_code == 1
    assert words in found.output


def test_a_row_of_another_key_is_forged(sealed: list[int]) -> None:
    from motcua.reads.queries import content_of

    row = Read.objects.get(pk=sealed[3])
    Read.objects.filter(pk=row.pk).update(mark=mark(key_of(b"x" * 32), content_of(row)))
    assert "forged" in verify_reads().problems[0]
    with pytest.raises(ValueError, match="has the fields"):
        mark(b"k", {"at": "now"})


def test_the_command_says_who_looked(sealed: list[int]) -> None:
    done = CliRunner().invoke(motcua, ["audit", "reads", "--dossier", "H43.01-260710-0001"])
    assert done.exit_code == 0, done.output
    assert "motcua (H43.01:desk)  dossier H43.01-260710-0001  by GET desk:dossier  as deciding" in done.output
    lines = (
        CliRunner().invoke(motcua, ["audit", "reads", "--username", "motcua", "--json"]).output.splitlines()
    )
    assert [json.loads(line)["subject"][-4:] for line in lines] == ["0009", "0002", "0001", "0000"]
    days = ["audit", "reads", "--username", "motcua", "--from", "2026-07-11"]
    assert CliRunner().invoke(motcua, days).output == ""
    assert CliRunner().invoke(motcua, [*days[:4], "--to", "2026-07-10"]).output != ""
    assert CliRunner().invoke(motcua, ["audit", "reads"]).exit_code == 2
    assert CliRunner().invoke(motcua, ["audit", "reads", "--username", "nobody"]).exit_code == 1


@pytest.mark.parametrize(
    ("code", "day"),
    [("H43.01-260710-0001", "2026-07-10"), ("H43.01-269999-0001", None), ("x", None), ("a-b-c", None)],
)
def test_the_day_of_a_code(code: str, day: str | None) -> None:
    assert (str(filed_on(code)) if filed_on(code) else None) == day


def test_a_page_of_an_officer_costs_one_statement_more(commune: Commune, now: datetime) -> None:
    from django.test.utils import CaptureQueriesContext

    many = [Reading("paper", str(n), dossier="H43.01-260710-0001") for n in range(20)]
    with CaptureQueriesContext(connection) as seen:
        log_reads(actor=commune.desk, readings=many, via="GET x", now=now)
        log_reads(actor=commune.desk, readings=[], via="GET x", now=now)
    assert len([q for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]) == 1


def test_an_officer_who_left_sees_no_more_what_was_typed_in(commune: Commune, now: datetime) -> None:
    """Neither the dossier nor the paper that was brought to the desk: both were seen by the post."""
    import io
    from dataclasses import replace

    from motcua.documents.operations import store_paper
    from motcua.dossiers import operations
    from tests.documents.test_papers import pdf
    from tests.dossiers.conftest import ANSWERS, PROCEDURE

    desk = commune.desk
    paper = store_paper(
        content=io.BytesIO(pdf()), name="a.pdf", owner_id=desk.user_id, actor=desk, now=now
    ).id
    assert queries.paper_seen(paper, actor=desk)[0].id == paper  # of no dossier yet: its owner's
    code = operations.submit(
        procedure=PROCEDURE, agency="H43.01", answers={**ANSWERS, "proof": True}, filed_by="officer",
        channel=1, papers=[{"component": "proof", "paper": paper}], key="k", actor=desk, now=now,
    ).code  # fmt: skip
    left = replace(desk, posts=())
    assert queries.dossier_for(code, actor=desk, now=now).code == code
    assert queries.dossiers_of(desk).items == ()
    for ask in (
        lambda: queries.dossier_for(code, actor=left, now=now),
        lambda: queries.paper_seen(paper, actor=left),
    ):
        with pytest.raises(NotFound):
            ask()


def test_an_applicant_with_a_post_elsewhere_waits_for_the_draft_like_everybody(
    commune: Commune, file: Any, now: datetime
) -> None:
    from dataclasses import replace

    code = file()
    officer_elsewhere = replace(commune.citizen, posts=commune.stranger.posts)
    with pytest.raises(NotFound):
        queries.draft_pdf(code, actor=officer_elsewhere, now=now)
    assert queries.draft_pdf(code, actor=commune.specialist, now=now)[:5] == b"%PDF-"
