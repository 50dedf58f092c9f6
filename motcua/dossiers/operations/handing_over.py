"""An officer is absent: somebody stands in until a day, and the open work goes over."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.agencies.operations import stand_in
from motcua.agencies.queries import agency as agency_named
from motcua.agencies.queries import holders
from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.operations.common import ReasonNeeded, hold_unchecked, keep
from motcua.people.queries import account_by_username
from motcua.process import operations as process
from motcua.process.queries import steps_with

MOST_DAYS = 92  # who is away longer is replaced by appointment


class NoSuchOfficer(Refusal):
    """Not an officer of this agency today, or twice the same one."""

    code = "no_such_officer"
    cause = Text(
        "Chọn hai người khác nhau; người vắng mặt phải đang giữ vị trí tại cơ quan.",
        "Choose two different people; the absent one must hold a post at the agency.",
    )
    next_step = Text("Chọn lại trong danh sách.", "Choose again from the list.")
    status = 422


class TooLong(Refusal):
    """The day is past, or too far away."""

    code = "hand_over_days"
    cause = Text(
        "Ngày cuối phải từ hôm nay và trong vòng {most} ngày.",
        "The last day must be today or later, within {most} days.",
    )
    next_step = Text("Chọn ngày khác.", "Choose another day.")
    status = 422


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What went over: codes of dossiers whose step now waits for the one who stands in."""

    codes: tuple[str, ...]
    roles: tuple[str, ...]


@transaction.atomic
def hand_over(
    *, agency: str, absent: str, stands_in: str, until_on: date, reason: str, actor: Actor, now: datetime
) -> HandedOver:  # fmt: skip
    """Hand all open steps of an absent officer (by user name) to another one until a day, both logged.

    Who holds the step's role for good gets it; who stands in by a dated post finds it unassigned, so that
    nothing stays behind with somebody whose post has ended. Raises ``NoSuchOfficer``, ``TooLong``,
    ``ReasonNeeded``, ``NotFound`` (no right).
    """
    if not reason.strip():
        raise ReasonNeeded
    if not 0 <= (until_on - local_day(now)).days <= timedelta(MOST_DAYS).days:
        raise TooLong(most=MOST_DAYS)
    gone, here = account_by_username(absent), account_by_username(stands_in)
    there = agency_named(agency)
    own = holders(there.id, now=now)
    if gone is None or here is None or gone == here or gone.id not in {h.user_id for h in own}:
        raise NoSuchOfficer
    roles_before = {h.role.value for h in own if h.user_id == here.id}
    given = stand_in(
        absent_id=gone.id, for_absent_id=here.id, agency=agency, until_on=until_on, actor=actor, now=now
    )
    codes = []
    for step in steps_with(gone.id, there.id):
        held = hold_unchecked(step.reference, actor)
        process.assign(step_id=step.id, user_id=here.id if step.role in roles_before else None)
        told = {"step": step.key, "from": gone.id, "to": here.id, "until": str(until_on)}
        keep(held, "dossier.handed_over", {**told, "reason": reason.strip()[:300]}, now)
        codes.append(step.reference)
    return HandedOver(tuple(dict.fromkeys(codes)), tuple(r.value for r in given))
