"""Inside the agency: assign, complete a step, consult, and the applicant's word on the draft."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.queries import holders
from motcua.core.actor import SYSTEM, Actor, Role
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.operations.common import (
    Held,
    ReasonNeeded,
    facts_of,
    hold,
    hold_unchecked,
    keep,
    move_to,
)
from motcua.dossiers.operations.findings import clean_findings
from motcua.dossiers.operations.moving import (
    carry_out,
    close_handling,
    ends_handling,
    finish_step,
    least_busy,
    states_of,
    the_step,
)
from motcua.dossiers.rules.bulk import LEAST
from motcua.dossiers.rules.status import Action, Status
from motcua.people.queries import account_by_username
from motcua.process import operations as process
from motcua.process.queries import StepRow, calendar, due_in, steps_of
from motcua.process.rules.attesting import attests, denied
from motcua.process.rules.clock import Unit
from motcua.process.rules.definition import FindingDef, Limit
from motcua.process.rules.engine import after_rejection


class NotHolder(Refusal):
    """The step can only be given to an officer who holds its role there."""

    code = "not_a_holder"
    cause = Text(
        "Người này không giữ vai trò của bước tại cơ quan.",
        "This person does not hold the step's role there.",
    )
    next_step = Text("Chọn người khác của cơ quan.", "Choose another officer of the agency.")
    status = 422


class NotAttested(Refusal):
    """What the step vouches for is not so; it cannot be completed, and its process leads nowhere back."""

    code = "not_attested"
    cause = Text(
        "Mục “{label_vi}” là “Không”: bước này chưa hoàn thành được.",
        "“{label_en}” is “No”: the step cannot be completed.",
    )
    next_step = Text(
        "Làm cho đúng rồi hoàn thành bước; không làm được thì yêu cầu bổ sung hoặc từ chối giải quyết.",
        "Put it right, then complete the step; where that cannot be, ask for a supplement or decline.",
    )
    status = 422


class ReasonWithoutNo(Refusal):
    """What has to be mended was written, but everything is answered “yes”: one of the two is a slip."""

    code = "reason_without_no"
    cause = Text(
        "Có ghi nội dung cần sửa nhưng không mục nào chọn “Không”; hồ sơ chưa đi tiếp.",
        "Something to mend was written, but nothing was answered “No”; the dossier has not moved.",
    )
    next_step = Text(
        "Chọn “Không” ở mục chưa đúng để trả lại; nếu mọi mục đều đúng thì xóa nội dung cần sửa rồi gửi lại.",
        "Answer “No” where something is not so; if all is right, empty what has to be mended and send again.",
    )
    status = 422


@transaction.atomic
def assign(*, code: str, username: str = "", step: str = "", actor: Actor, now: datetime) -> None:
    """Give an open step to an officer of its agency: to oneself without a name, by ``LEAST`` to the holder
    who has least open work (of equals, the first by name).
    """
    held = hold(code, Action.ASSIGN, actor)
    open_ = [s for s in held.case.steps if s.kind in {"handle", "sign"} and not s.waiting]
    target = next((s for s in open_ if not step or s.key == step), open_[0])
    there = [h.user_id for h in holders(target.agency_id, Role(target.role), now=now)]
    user_id = least_busy(held, target.kind, there) if username == LEAST else _named(username, actor)
    if user_id not in there:
        raise NotHolder
    process.assign(step_id=target.id, user_id=user_id)
    move_to(held, Action.ASSIGN)
    keep(held, "dossier.assigned", {"step": target.key, "user": user_id}, now)


def _named(username: str, actor: Actor) -> int | None:
    named = account_by_username(username) if username else None
    return named.id if named else (None if username else actor.user_id)


@transaction.atomic
def complete_step(
    *, code: str, step: str = "", outcome: str = "", findings: Mapping[str, Any] | None = None,
    reason: str = "", actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Finish a handling step with its findings; what follows opens by the revision's process.

    An attestation that is not given never completes it: with a reason the step goes back to where the process
    mends (``on_reject``), else it stays. Raises ``NotAttested``, ``ReasonNeeded``, ``ReasonWithoutNo``.
    """
    held = hold(code, Action.COMPLETE_STEP, actor)
    row = the_step(held, "handle", step)
    clean = clean_findings(held, row, findings or {})
    definition = held.pack.process.step(row.key)
    against = denied(definition, clean)
    if against is not None:
        return _not_attested(held, row, against, {**clean, "reason": reason}, now)
    if reason.strip() and attests(definition):
        raise ReasonWithoutNo
    opened = finish_step(held, row, outcome=outcome[:40] or "done", findings=clean, now=now, actor=actor)
    if ends_handling(opened):
        close_handling(held, outcome="granted", now=now)
        held.dossier.status = Status.PROCESSED
    else:
        move_to(held, Action.COMPLETE_STEP)
    keep(held, "dossier.step_completed", {"step": row.key, "round": row.round, "opened": opened}, now)


def _not_attested(
    held: Held, row: StepRow, against: FindingDef, found: dict[str, Any], now: datetime
) -> None:
    if not held.pack.process.step(row.key).on_reject:
        raise NotAttested(label_vi=against.label.vi, label_en=against.label.en)
    opened = _back(held, row, found, now)
    move_to(held, Action.COMPLETE_STEP)
    keep(held, "dossier.step_returned", {"step": row.key, "opened": opened}, now)


def _back(held: Held, row: StepRow, found: dict[str, Any], now: datetime) -> list[dict[str, Any]]:
    """Close a step as sent back, with the reason; what it goes back to opens in a new round."""
    if not found["reason"].strip():
        raise ReasonNeeded
    found = {**found, "reason": found["reason"].strip()[:4000]}
    process.close_step(step_id=row.id, outcome="rejected", findings=found, actor=held.actor, now=now)
    held.steps = steps_of(held.code)
    move = after_rejection(held.pack.process, states_of(held), row.key, facts_of(held, now))
    return carry_out(held, move, now)


def _silence_due(limit: Limit | None, *, agency_id: int, now: datetime) -> datetime:
    """When silence counts. A limit counted day and night ends on a working day, not before its hours end."""
    unit = Unit(limit.unit) if limit else Unit.DAYS
    due = due_in(agency_id=agency_id, amount=limit.amount if limit else 1, unit=unit, start=now)
    if not unit.counts_all_time:
        return due
    return calendar(agency_id, Unit.WORKING_DAYS, due).end_of_day(due)


@transaction.atomic
def deliver_draft(*, code: str, actor: Actor, now: datetime) -> None:
    """The applicant opens the draft: the proof of delivery from which silence counts."""
    held = hold(code, Action.DELIVER_DRAFT, actor)
    row = the_step(held, "confirm")
    if row.delivered_at is not None:
        return
    limit = held.pack.process.step(row.key).limit
    due = _silence_due(limit, agency_id=held.dossier.agency_id, now=now)
    process.deliver(step_id=row.id, due_at=due, now=now)
    keep(held, "dossier.draft_delivered", {"step": row.key, "silence_at": due.isoformat()}, now)


def _confirm(held: Held, row: StepRow, by: str, now: datetime) -> None:
    opened = finish_step(
        held, row, outcome="confirmed", findings={"confirmed_by": by}, now=now, actor=held.actor
    )
    move_to(held, Action.CONFIRM_DRAFT)
    keep(held, "dossier.draft_confirmed", {"by": by, "step": row.key, "opened": opened}, now)


@transaction.atomic
def confirm_draft(*, code: str, actor: Actor, now: datetime) -> None:
    """The applicant agrees with the draft."""
    held = hold(code, Action.CONFIRM_DRAFT, actor)
    _confirm(held, the_step(held, "confirm"), "applicant", now)


@transaction.atomic
def agree_by_silence(*, code: str, now: datetime) -> None:
    """Silence after proven delivery counts as agreement where the pack says so (1.004873)."""
    held = hold_unchecked(code, SYSTEM)
    if held.case.status not in {Status.RECEIVED, Status.IN_PROCESS}:
        return
    due = [s for s in held.steps if s.kind == "confirm" and s.state == "waiting" and s.delivered_at]
    for row in due:
        if row.due_at <= now and held.pack.process.step(row.key).silence == "agree":
            _confirm(held, row, "silence", now)
            return


@transaction.atomic
def reject_draft(*, code: str, reason: str, actor: Actor, now: datetime) -> None:
    """The applicant says what is wrong, or the signatory does instead of signing.

    The step that made the draft comes again. Raises ``ReasonNeeded``.
    """
    held = hold(code, Action.REJECT_DRAFT, actor)
    row = the_step(held, "confirm" if held.case.is_applicant else "sign")
    opened = _back(held, row, {"reason": reason}, now)
    move_to(held, Action.REJECT_DRAFT)
    kind = "dossier.draft_rejected" if held.case.is_applicant else "dossier.draft_returned"
    keep(held, kind, {"step": row.key, "opened": opened}, now)
