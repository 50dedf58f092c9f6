"""Queries are counted, not timed; lists do not grow with their number of rows."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import operations, queries
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

pytestmark = pytest.mark.django_db


def counted(work) -> int:
    work()  # calendars and packs are known to a running process
    with CaptureQueriesContext(
        connection,
    ) as seen:
        work()
    return len([q for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]])


def test_filing(commune: Commune, now: datetime):
    keys = iter(range(9))

    def filing() -> None:
        operations.submit(
            procedure=PROCEDURE,
            agency="H43.01",
            answers=ANSWERS,
            key=str(next(keys)),
            actor=commune.citizen,
            now=now,
        )

    assert counted(filing) <= 7  # and one for who calls


def test_filing_with_papers(commune: Commune, now: datetime):
    keys, proved = iter(range(9)), {**ANSWERS, "proof": True}
    papers = [{"component": "proof", "copy_kind": 1}]

    def filing() -> None:
        operations.submit(
            procedure=PROCEDURE, agency="H43.01", answers=proved, papers=papers, key=str(next(keys)),
            actor=commune.citizen, now=now,
        )  # fmt: skip

    assert counted(filing) <= 8


def test_work_list_and_dossier_are_constant(commune: Commune, file, act, now: datetime):
    later = now + timedelta(hours=2)
    codes = [file() for _ in range(3)]
    few = counted(lambda: queries.worklist(actor=commune.desk, now=later))
    for _ in range(12):
        file()
    assert counted(lambda: queries.worklist(actor=commune.desk, now=later)) == few <= 5  # the clocks too
    act("desk", "receive", codes[0])
    assert counted(lambda: queries.dossier_for(codes[0], actor=commune.desk, now=later)) <= 13  # slips too


def test_own_dossiers_are_those_filed_and_those_about_oneself(commune: Commune, file, now: datetime):
    def at_the_desk(key: str) -> str:
        return operations.submit(
            procedure=PROCEDURE, agency="H43.01", answers=ANSWERS, filed_by="officer", channel=1, key=key,
            actor=commune.desk, now=now,
        ).code  # fmt: skip

    codes = [file(), at_the_desk("a"), file(), at_the_desk("b"), file()]
    found, after = [], None
    while True:
        page = queries.dossiers_of(commune.citizen, limit=2, after=after)
        found += [item.code for item in page.items]
        after = page.next
        if after is None:
            break
    assert found == codes[::-1]  # all are about the citizen; three were filed by the same
    few = counted(lambda: queries.dossiers_of(commune.citizen, limit=2, after=None))
    assert counted(lambda: queries.dossiers_of(commune.citizen, limit=20, after=None)) == few <= 5
