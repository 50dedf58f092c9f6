"""Decision 766, group 5: counted by the rollups, equal to their recount, each opening into its cases."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.core.actor import PUBLIC
from motcua.core.periods import Period, local_day
from motcua.voice import operations
from tests.dossiers.conftest import Commune
from tests.voice.test_petitions import ANSWER, handle, send

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def figure(definition: str, period: Period = YEAR, scope: str = "national") -> tuple[int, int, Any]:
    from motcua.monitoring.queries import rates

    found = [
        rates(definition, period, None, scope, actor=PUBLIC, recount=r).row(scope) for r in (False, True)
    ]
    assert found[0] == found[1]
    row = found[0]
    assert row is not None
    return row.numerator, row.denominator, None if row.rate is None else str(row.rate)


def test_petitions_on_time_settled_well_and_about_conduct(
    commune: Commune, now: datetime, read_log: Callable[[], None]
) -> None:
    good, slow, repeated, gone = (send(commune.citizen, now, consent=True) for _ in range(4))
    send(commune.citizen, now, kind="regulation")  # stays open
    late = now + timedelta(days=40)
    for sent, when in ((good, now), (repeated, now), (slow, late)):
        handle(commune, sent.code, "answer", when, words=ANSWER)
        handle(commune, sent.code, "publish", when)
    send(commune.citizen, now, repeats=repeated.code, kind="regulation")
    operations.withdraw_petition(code=gone.code, actor=commune.citizen, now=now)
    read_log()
    today = Period(YEAR.first, local_day(now))
    assert figure("petitions_conduct_766") == (3, 5, "60.00")
    assert figure("petitions_on_time_766", today) == (2, 3, "66.67")  # two are open and not due: not judged
    assert figure("petitions_on_time_766") == (2, 5, "40.00")  # at the year's end they are late
    assert figure("petitions_on_time_766@1", today) == (4, 5, "80.00")  # as it was shown before
    assert figure("petitions_satisfied_766", today) == (3, 5, "60.00")
    operations.react(code=good.code, likes=False, actor=commune.other, now=now)
    read_log()
    assert figure("petitions_satisfied_766", today) == (2, 5, "40.00")
    assert figure("petitions_satisfied_766", today, "H43") == (2, 5, "40.00")
    assert figure("petitions_satisfied_766", today, "H32") == (0, 0, None)


def test_a_petition_without_an_answer_is_neither_on_time_nor_late_before_its_day(
    commune: Commune, now: datetime, read_log: Callable[[], None]
) -> None:
    sent = send(commune.citizen, now)
    read_log()
    today = Period(YEAR.first, local_day(now))
    assert figure("petitions_on_time_766", today) == (0, 0, None)
    assert figure("petitions_satisfied_766", today) == (1, 1, "100.00")  # the formula subtracts from all
    handle(commune, sent.code, "answer", now, words=ANSWER)
    read_log()
    assert figure("petitions_on_time_766", today) == (1, 1, "100.00")


def test_a_petition_that_was_asked_more_too_late_is_late_while_it_waits(
    commune: Commune, now: datetime, read_log: Callable[[], None]
) -> None:
    sent = send(commune.citizen, now)
    handle(commune, sent.code, "ask_more", now + timedelta(days=12), words=ANSWER)
    read_log()
    assert figure("petitions_on_time_766") == (0, 1, "0.00")


def test_a_petition_counts_where_it_was_sent_on_to(
    commune: Commune, now: datetime, read_log: Callable[[], None]
) -> None:
    sent = send(commune.citizen, now)
    read_log()
    assert figure("petitions_conduct_766", scope="H43.01")[:2] == (1, 1)
    handle(commune, sent.code, "forward", now, to="H43.02")
    read_log()
    assert figure("petitions_conduct_766", scope="H43.01")[:2] == (0, 0)
    assert figure("petitions_conduct_766", scope="H43.02")[:2] == (1, 1)


def test_a_late_an_unhappy_and_a_complained_of_dossier_are_not_satisfied(
    commune: Commune, ended: str, now: datetime, file: Callable[..., str], act: Callable[..., None],
    read_log: Callable[[], None],
) -> None:  # fmt: skip
    about, plain = file(), file()
    for code in (about, plain):
        act("desk", "receive", code)
    read_log()
    today = Period(YEAR.first, local_day(now))
    assert figure("satisfied_766", today) == (3, 3, "100.00")
    operations.rate(code=ended, satisfied=False, way="page", actor=commune.citizen, now=now)
    send(commune.citizen, now, dossier=about)
    read_log()
    assert figure("satisfied_766", today) == (1, 3, "33.33")
    assert figure("satisfied_766") == (0, 3, "0.00")  # the third is late by the year's end


def test_a_figure_of_petitions_opens_into_them_for_their_own_agency(
    commune: Commune, now: datetime, read_log: Callable[[], None]
) -> None:
    from motcua.monitoring.queries import detail

    sent = send(commune.citizen, now)
    read_log()
    page = detail("petitions_conduct_766", "national", YEAR, actor=commune.leader)
    assert [(item.code, item.kind) for item in page.items] == [(sent.code, "petition")]
    assert detail("petitions_conduct_766", "national", YEAR, actor=commune.stranger).items == ()
