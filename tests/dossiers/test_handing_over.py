"""An officer is absent: the work goes over until a day, and both sides are on record."""

from datetime import timedelta

import pytest

from motcua.agencies.queries import actor_for
from motcua.core.actor import Role
from motcua.core.refusals import NotFound, Refusal
from motcua.dossiers import operations, queries
from motcua.people.queries import account
from tests.dossiers.conftest import Commune


@pytest.fixture
def held(commune: Commune, file, act) -> str:
    """A dossier in the specialist's hands."""
    code = file()
    act("desk", "receive", code)
    act("specialist", "assign", code)
    return code


@pytest.fixture
def over(commune: Commune, now, make_user, appoint):
    """Hand the specialist's work over; names, days and who says so may be changed."""
    appoint(make_user("nguoihai"), "H43.01", "specialist")

    def done(*, by=None, days: int = 5, **changes):
        asked = {"absent": "chuyenvien", "stands_in": "nguoihai", "reason": "Nghỉ phép", **changes}
        return operations.hand_over(
            agency="H43.01", until_on=(now + timedelta(days=days)).date(), actor=by or commune.signatory,
            now=now, **asked,
        )  # fmt: skip

    return done


def test_open_work_goes_to_a_colleague_and_is_told(commune: Commune, held: str, over, now) -> None:
    assert over().codes == (held,)
    seen = queries.dossier_for(held, actor=commune.desk, now=now)
    assert seen.steps[-1].assignee == "Người Thử nguoihai"
    assert "Bàn giao cho người khác" in [t.title.vi for t in seen.timeline]
    with pytest.raises(Refusal) as refused:
        operations.act(
            code=held, action="complete_step", params={"step": "check"}, actor=commune.specialist, now=now
        )
    assert refused.value.code == "not_your_task"


def test_another_role_stands_in_until_the_day(commune: Commune, held: str, over, now) -> None:
    assert over(stands_in="motcua").roles == ("specialist",)
    desk = actor_for(account(commune.desk.user_id).id, now=now)
    assert desk.has_role(Role.SPECIALIST)
    operations.act(code=held, action="complete_step", params={"step": "check"}, actor=desk, now=now)
    later = actor_for(commune.desk.user_id, now=now + timedelta(days=7))
    assert not later.has_role(Role.SPECIALIST)


def test_the_absent_officer_may_say_so_and_strangers_may_not(commune: Commune, held: str, over) -> None:
    for stranger in (commune.desk, commune.stranger, commune.asked):
        with pytest.raises(NotFound):
            over(by=stranger)
    assert over(by=commune.specialist).codes == (held,)


def test_a_leader_above_may(commune: Commune, held: str, over) -> None:
    assert over(by=commune.leader).codes == (held,)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"stands_in": "chuyenvien"}, "no_such_officer"),
        ({"stands_in": "aido"}, "no_such_officer"),
        ({"absent": "phuonghai"}, "no_such_officer"),
        ({"reason": " "}, "reason_needed"),
        ({"days": -1}, "hand_over_days"),
        ({"days": 200}, "hand_over_days"),
    ],
)
def test_refused_in_words(held: str, over, change, refusal: str) -> None:
    with pytest.raises(Refusal) as refused:
        over(**change)
    assert refused.value.code == refusal


def test_nobody_signs_what_they_made_although_they_stand_in(commune: Commune, file, act, over, now) -> None:
    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, findings={"note": "được"})
    act("citizen", "confirm_draft", code)
    over(absent="nguoiky", stands_in="chuyenvien", by=commune.leader)
    again = actor_for(commune.specialist.user_id, now=now)
    with pytest.raises(Refusal) as refused:
        operations.act(code=code, action="sign", params={}, actor=again, now=now)
    assert refused.value.code == "four_eyes"
