"""Questions to other agencies: their own clock, reminder, answer, and silence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.agencies.queries import agency as agency_named
from motcua.core.actor import SYSTEM, Actor, Role
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.dossiers.operations.common import Held, ReasonNeeded, hold, hold_unchecked, keep, move_to
from motcua.dossiers.operations.findings import clean_findings
from motcua.dossiers.operations.moving import finish_step, remind_at, still_asked, the_step
from motcua.dossiers.rules.status import Action, Status
from motcua.process import operations as process
from motcua.process.queries import due_in
from motcua.process.rules.clock import Unit
from motcua.process.rules.definition import Limit

MOST_DAYS = 30
SILENCE = "silence"


class DaysOutOfRange(Refusal):
    """A question gets a term that can be kept."""

    code = "days_out_of_range"
    cause = Text(
        "Thời hạn trả lời phải từ 1 đến {most} ngày làm việc.",
        "The time for the answer lies between 1 and {most} working days.",
    )
    next_step = Text("Ghi lại số ngày.", "Give another number of days.")
    status = 422


def _limit(held: Held, days: int) -> Limit:
    """The officer's own term, or what the pack says."""
    usual = held.pack.process.consultation.limit
    if not days:
        return usual
    if not 1 <= days <= MOST_DAYS:
        raise DaysOutOfRange(most=MOST_DAYS)
    return Limit(days, "working_days")


@transaction.atomic
def consult(
    *, code: str, agency: str, question: str, days: int = 0, actor: Actor, now: datetime
) -> None:  # fmt: skip
    """Ask another agency, with its own clock (``days`` working days; 0: as the pack says).

    The dossier's own clock goes on. Several may be asked at the same time. Raises ``DaysOutOfRange``.
    """
    held = hold(code, Action.CONSULT, actor)
    if not question.strip():
        raise ReasonNeeded
    asked = agency_named(agency)
    number = 1 + sum(s.key.startswith("consult:") for s in held.steps)
    limit, rules = _limit(held, days), held.pack.process.consultation
    due = due_in(agency_id=asked.id, amount=limit.amount, unit=Unit(limit.unit), start=now)
    step = process.NewStep(
        f"consult:{number}", 1, "consult", Role.SPECIALIST.value, asked.id, due,
        question=question.strip()[:4000], silence=rules.silence,
        remind_at=remind_at(asked.id, rules.remind, due, now),
    )  # fmt: skip
    process.open_steps(reference=code, steps=[step], now=now)
    move_to(held, Action.CONSULT)
    keep(held, "dossier.consulted", {"step": step.key, "agency": agency, "due_at": due.isoformat()}, now)


@transaction.atomic
def answer_consultation(
    *, code: str, answer: str, step: str = "", outcome: str = "", findings: Mapping[str, Any] | None = None,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """The consulted agency's answer; steps of the process go on, ad hoc questions just close."""
    held = hold(code, Action.ANSWER_CONSULTATION, actor)
    row = the_step(held, "consult", step)
    if not answer.strip():
        raise ReasonNeeded
    words = {"answer": answer.strip()[:4000]}
    opened: list[dict[str, Any]] = []
    if row.key.startswith("consult:"):
        process.close_step(step_id=row.id, outcome="answered", findings=words, actor=actor, now=now)
    else:
        clean = {**clean_findings(held, row, findings or {}), **words}
        opened = finish_step(
            held, row, outcome=outcome[:40] or "answered", findings=clean, now=now, actor=actor
        )
    _go_on(held, row.key, now)
    keep(held, "dossier.consultation_answered", {"step": row.key, "opened": opened}, now)


def _stopped_the_clock(held: Held, key: str) -> bool:
    return any(s.key == key and s.pauses for s in held.pack.process.steps)


def _go_on(held: Held, key: str, now: datetime) -> None:
    """The dossier after an answer: its clock runs again where the question had stopped it."""
    if held.case.status == Status.SUPPLEMENT:
        return
    move_to(held, Action.ANSWER_CONSULTATION)
    if _stopped_the_clock(held, key) and not still_asked(held):
        held.dossier.due_at = process.resume(reference=held.code, now=now)


@transaction.atomic
def pass_by_silence(*, code: str, step_id: int, now: datetime) -> None:
    """No answer in time, and the pack says that silence is one: the process goes on."""
    held = hold_unchecked(code, SYSTEM)
    row = next((s for s in held.steps if s.id == step_id and s.state == "open"), None)
    if row is None or row.due_at > now or held.case.status not in {Status.RECEIVED, Status.IN_PROCESS}:
        return
    opened: list[dict[str, Any]] = []
    if row.key.startswith("consult:"):
        process.close_step(step_id=row.id, outcome=SILENCE, findings={}, actor=SYSTEM, now=now)
    else:
        opened = finish_step(held, row, outcome=SILENCE, findings={}, now=now, actor=SYSTEM)
    _go_on(held, row.key, now)
    keep(held, "dossier.consultation_passed", {"step": row.key, "opened": opened}, now)


@transaction.atomic
def remind(*, code: str, step_id: int, now: datetime) -> None:
    """Remind the agency that is asked, once, before its time is over."""
    held = hold_unchecked(code, SYSTEM)
    row = next((s for s in held.steps if s.id == step_id), None)
    if row is None or not process.reminded(step_id=step_id):
        return
    told = {"step": row.key, "due_at_asked": row.due_at.isoformat()}
    keep(held, "dossier.consultation_reminded", told, now)
