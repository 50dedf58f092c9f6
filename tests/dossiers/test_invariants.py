"""What holds under any sequence of commands."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.refusals import Refusal
from motcua.dossiers import operations
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.replay import replay
from motcua.dossiers.rules.status import TERMINAL, Action, Status
from motcua.events.queries import stream_events
from motcua.process.models import Clock, Step
from motcua.process.queries import calendar, clock_of
from motcua.process.rules.clock import Unit, used_minutes
from tests.dossiers.conftest import ANSWERS, PROCEDURE, Commune

WHO = ("citizen", "desk", "specialist", "signatory", "asked", "stranger")
PARAMS: dict[str, Any] = {
    "reason": "vì thế", "items": [{"text": "thiếu"}], "answer": "đây", "findings": {"note": "được"},
    "agency": "H43.02", "question": "có đúng không?", "how": "online",
}  # fmt: skip
LIKELY = (
    "receive",
    "complete_step",
    "confirm_draft",
    "sign",
    "return_result",
    "request_supplement",
    "supplement",
)
commands = st.tuples(
    st.sampled_from(WHO),
    st.one_of(st.sampled_from(LIKELY), st.sampled_from([a.value for a in Action])),
    st.integers(0, 3 * 24 * 60),
)


def run(code: str, who: str, action: str, commune: Commune, at: datetime) -> bool:
    """Try one command; False when it was refused, which changes nothing."""
    before = (Dossier.objects.values().get(code=code), len(stream_events(f"dossier:{code}")))
    params = {**PARAMS, "new_due_at": (at + timedelta(days=60)).isoformat()}
    try:
        operations.act(code=code, action=action, params=params, actor=getattr(commune, who), now=at)
    except Refusal:
        assert before == (Dossier.objects.values().get(code=code), len(stream_events(f"dossier:{code}")))
        return False
    return True


def holds(code: str, at: datetime) -> None:
    row = Dossier.objects.get(code=code)
    live = list(Step.objects.filter(reference=code, state__in=["open", "waiting"]).order_by("id"))
    assert len({s.key for s in live}) == len(live), "a step is live twice"
    if row.status in TERMINAL:
        assert not live, "a dossier that has ended has an open step"
        assert row.finished_at is not None
    events = stream_events(f"dossier:{code}")
    state = replay((e.kind, e.at, e.data) for e in events)
    assert (state.status, state.outcome, state.supplements) == (row.status, row.outcome, row.supplements)
    assert state.finished_at == row.finished_at
    clock = clock_of(code)
    if clock is None:
        assert row.due_at is None
        return
    counted = calendar(row.agency_id, Unit(clock.unit), clock.started_at, at)
    assert row.due_at == state.due_at(counted) == Clock.objects.get(reference=code).due_at
    if not clock.paused:  # the clock is the unpaused working time, to the minute that each pause rounds
        used = used_minutes(counted, started_at=clock.started_at, until=row.due_at, pauses=clock.intervals)
        assert abs(used - 3 * 480) <= len(clock.pauses) + 1


@settings(
    max_examples=60,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(ask=st.booleans(), moves=st.lists(commands, min_size=4, max_size=18))
@pytest.mark.feature("N6")
def test_nothing_breaks_the_life(
    commune: Commune, now: datetime, ask: bool, moves: list[tuple[str, str, int]]
):
    at, ended = now, False
    with transaction.atomic():
        code = operations.submit(
            procedure=PROCEDURE, agency="H43.01", answers={**ANSWERS, "ask": ask}, key="k",
            actor=commune.citizen, now=now,
        ).code  # fmt: skip
        for who, action, minutes in moves:
            at += timedelta(minutes=minutes)
            done = run(code, who, action, commune, at)
            assert not (done and ended and action != "revoke_result"), "something happened after the end"
            holds(code, at)
            ended = Dossier.objects.get(code=code).status in TERMINAL
        transaction.set_rollback(True)


def test_every_status_with_actions_is_reachable_or_ends():
    from motcua.dossiers.rules.status import TRANSITIONS

    reached = {Status.NEW} | {after for row in TRANSITIONS.values() for after in row.values()}
    assert set(Status) - reached == {Status.FINANCIAL}  # entered with payments
    assert all(not set(TRANSITIONS[s]) - {Action.REVOKE_RESULT, Action.CORRECT_RESULT} for s in TERMINAL)
