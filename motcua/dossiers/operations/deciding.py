"""Decisions: sign, decline, stop, withdraw, apologise, return, revoke."""

from datetime import datetime

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.documents import operations as documents
from motcua.dossiers.operations.common import Held, clause_of, decide, hold, keep, move_to
from motcua.dossiers.operations.moving import (
    close_handling,
    ends_handling,
    finish_step,
    open_return,
    the_step,
)
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.slips import close_control, issue_apology, issue_refusal
from motcua.dossiers.rules.status import Action, Status
from motcua.process import operations as process


class NewDateNeeded(Refusal):
    """An apology gives a new date, later than now."""

    code = "new_date_needed"
    cause = Text(
        "Ngày hẹn mới phải sau thời điểm hiện tại và sau ngày hẹn cũ.",
        "The new date must be later than now and than the date promised before.",
    )
    next_step = Text("Chọn ngày hẹn trả mới.", "Choose a new date.")
    status = 422


@transaction.atomic
def sign(*, code: str, actor: Actor, now: datetime) -> None:
    """Sign: with the last signature the result is issued and the handling ends."""
    held = hold(code, Action.SIGN, actor)
    row = the_step(held, "sign")
    opened = finish_step(held, row, outcome="signed", findings={}, now=now, actor=actor)
    token = number = ""
    if ends_handling(opened):
        close_handling(held, outcome="granted", now=now)
        if held.pack.result is not None:
            issued = issue_result(held, now=now)
            token, number = issued.token, issued.number
            held.dossier.result_token, held.dossier.e_result = token, True
        held.dossier.status = Status.PROCESSED
    else:
        held.dossier.status = Status.IN_PROCESS
    told = {"step": row.key, "opened": opened, "token": token, "number": number}
    keep(held, "dossier.signed", told, now)


@transaction.atomic
def decline(
    *, code: str, reason: str, clause: str = "", ground: str = "", actor: Actor, now: datetime
) -> None:
    """Decline after handling: a written decision with reason and clause; the desk hands it over."""
    held = hold(code, Action.DECLINE, actor)
    clause = clause_of(held, clause=clause, ground=ground, now=now)
    decide(held, "decline", reason=reason, clause=clause, now=now)
    process.cancel_steps(reference=code, keys=None, now=now)
    close_handling(held, outcome="declined", now=now)
    move_to(held, Action.DECLINE)
    opened = open_return(held, now)
    slip = issue_refusal(held, reason=reason, clause=clause, at_intake=False, now=now)
    keep(held, "dossier.declined", {"opened": opened, **slip}, now)


def _end(held: Held, action: Action, outcome: str, now: datetime) -> None:
    process.cancel_steps(reference=held.code, keys=None, now=now)
    held.dossier.supplement_requests.filter(answered_at__isnull=True).update(answered_at=now)
    if held.dossier.supplement_requested_at and held.dossier.received_at:
        waited = now - held.dossier.supplement_requested_at
        held.dossier.paused_minutes += int(waited.total_seconds() // 60)
    held.dossier.supplement_requested_at = None
    close_handling(held, outcome=outcome, now=now)
    move_to(held, action)
    close_control(held, now)


@transaction.atomic
def stop(*, code: str, reason: str, clause: str = "", actor: Actor, now: datetime) -> None:
    """Stop the processing (no supplement came, the matter fell away), in writing."""
    held = hold(code, Action.STOP, actor)
    decide(held, "stop", reason=reason, clause=clause, now=now)
    _end(held, Action.STOP, "stopped", now)
    keep(held, "dossier.stopped", {}, now)


@transaction.atomic
def withdraw(*, code: str, reason: str = "", actor: Actor, now: datetime) -> None:
    """The applicant withdraws; nothing more is done."""
    held = hold(code, Action.WITHDRAW, actor)
    decide(held, "withdraw", reason=reason or "—", clause="", now=now)
    _end(held, Action.WITHDRAW, "withdrawn", now)
    keep(held, "dossier.withdrawn", {}, now)


@transaction.atomic
def apologise(*, code: str, reason: str, new_due_at: datetime, actor: Actor, now: datetime) -> None:
    """Apologise in writing and promise a new date; the legal due date stays what it was."""
    held = hold(code, Action.APOLOGISE, actor)
    if new_due_at <= now or (held.dossier.due_at and new_due_at <= held.dossier.due_at):
        raise NewDateNeeded
    decide(held, "apologise", reason=reason, clause="", now=now, new_due_at=new_due_at)
    process.promise(reference=code, new_due_at=new_due_at)
    move_to(held, Action.APOLOGISE)
    slip = issue_apology(held, reason=reason, new_due_at=new_due_at, now=now)
    late = held.dossier.due_at is not None and now > held.dossier.due_at
    keep(held, "dossier.apologised", {"new_due_at": new_due_at.isoformat(), "late": late, **slip}, now)


@transaction.atomic
def return_result(*, code: str, how: str = "online", actor: Actor, now: datetime) -> None:
    """Hand the result (or the decision to decline) over: online, at the desk, or by post."""
    held = hold(code, Action.RETURN_RESULT, actor)
    row = the_step(held, "return")
    how = how if how in {"online", "desk", "post"} else "online"
    process.close_step(step_id=row.id, outcome=how, findings={}, actor=actor, now=now)
    if how == "desk":
        held.dossier.visits += 1
    held.dossier.returned_at = now
    move_to(held, Action.RETURN_RESULT)
    close_control(held, now)
    keep(held, "dossier.returned", {"how": how}, now)


@transaction.atomic
def revoke_result(*, code: str, reason: str, actor: Actor, now: datetime) -> None:
    """Revoke a result: its public check says so from now on."""
    held = hold(code, Action.REVOKE_RESULT, actor)
    decide(held, "revoke", reason=reason, clause="", now=now)
    documents.revoke(token=held.dossier.result_token, reason=reason, actor=actor, now=now)
    keep(held, "dossier.result_revoked", {"token": held.dossier.result_token}, now)
