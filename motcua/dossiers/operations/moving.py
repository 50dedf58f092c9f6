"""Moving a process on: what opens, what is cancelled, and when all is done."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from motcua.agencies.queries import agency as agency_named
from motcua.agencies.queries import agency_by_id, agency_serving, holders, parent
from motcua.core.actor import Actor, Role
from motcua.core.expressions import ExpressionFault
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.common import Held, facts_of
from motcua.dossiers.rules.actions import may_work
from motcua.dossiers.rules.refused import NoSuchStep
from motcua.process import operations as process
from motcua.process.queries import StepRow, calendar, clock_of, due_in, open_work, steps_of
from motcua.process.rules.clock import Unit, minutes_of
from motcua.process.rules.definition import Limit, StepDef, StepKind
from motcua.process.rules.engine import Move, NoWayOn, StepState, after_completion

INTAKE_WITHIN_HOURS = 8  # working hours in which a desk should look at what came to it [M]


class PackInFault(Refusal):
    """The revision's process has no way on for these facts; nothing was changed."""

    code = "pack_in_fault"
    cause = Text("Quy trình của gói thủ tục có lỗi: {fault}", "The pack's process is at fault: {fault}")
    next_step = Text(
        "Báo cho người thiết kế dịch vụ; hồ sơ vẫn giữ nguyên.",
        "Tell the service designer; the dossier was left as it was.",
    )


def agency_for(dossier: Dossier, at: str, answers: Mapping[str, Any]) -> int:
    """The agency at which a step happens; the deciding one where the named one is not on this site.

    A question to a commune outside the site is then written by the deciding agency itself.
    """
    if at == "receiving":
        return dossier.receiving_id
    if at == "parent":
        above = parent(dossier.agency_id)
        return above.id if above else dossier.agency_id
    try:
        if at.startswith("answer:"):
            unit = str(answers.get(at.removeprefix("answer:")) or "")
            return agency_serving(unit, root=agency_by_id(dossier.agency_id).root).id
        return dossier.agency_id if at == "deciding" else agency_named(at).id
    except NotFound:
        return dossier.agency_id


def step_due(held: Held, step: StepDef, agency_id: int, now: datetime) -> datetime:
    """When a step is due: its own limit, its share of the whole, or the dossier's due date.

    A share counts from when the step opens: what others used up before makes nobody late at once. The whole
    ends with the promise that an apology gave, where there is one. Handing over comes after the whole: the
    desk has its hours for it, also where the result was signed on the last day or later.
    """
    if step.limit is not None and step.kind != StepKind.CONFIRM:
        return due_in(agency_id=agency_id, amount=step.limit.amount, unit=Unit(step.limit.unit), start=now)
    clock = clock_of(held.code)
    whole = held.dossier.due_at or now + timedelta(days=365)
    if clock is not None and clock.promised_at is not None:
        whole = max(whole, clock.promised_at)
    if step.kind == StepKind.RETURN:
        return max(whole, first_look(agency_id, now))
    if step.share is None or clock is None:
        return whole
    minutes = int(minutes_of(clock.amount, clock.unit) * step.share)
    own = calendar(agency_id, clock.unit, now).add_minutes(now, minutes)
    return min(whole, own) if whole > now else own


def first_look(agency_id: int, now: datetime) -> datetime:
    """Until when a desk should look at what came to it, new or ready to be handed over."""
    return due_in(agency_id=agency_id, amount=INTAKE_WITHIN_HOURS, unit=Unit.WORKING_HOURS, start=now)


def states_of(held: Held) -> tuple[StepState, ...]:
    """The steps of the definition (ad hoc questions are none of the engine's business)."""
    known = {s.key for s in held.pack.process.steps}
    return tuple(StepState(s.key, s.round, s.state, s.outcome) for s in held.steps if s.key in known)


def least_busy(held: Held, kind: str, officers: Sequence[int]) -> int | None:
    """Who of some officers has least open work; nobody signs what they have made (four eyes)."""
    free = [u for u in officers if kind != StepKind.SIGN or u not in held.case.makers]
    load = open_work(free)
    return min(free, key=lambda user: load[user], default=None)


def remind_at(agency_id: int, remind: Limit | None, due: datetime, now: datetime) -> datetime | None:
    """So much counted time before the due time, never before now; None: nobody is reminded."""
    if remind is None:
        return None
    unit = Unit(remind.unit)
    counted = calendar(agency_id, unit, now, due)
    left = counted.minutes_between(now, due) - minutes_of(remind.amount, unit)
    return counted.add_minutes(now, max(left, 0)) if left > 0 else now


def _new_step(held: Held, step: StepDef, round_: int, agency_id: int, now: datetime) -> process.NewStep:
    due = step_due(held, step, agency_id, now)
    consult = step.kind == StepKind.CONSULT
    chosen = None
    if step.assign == "least_open":
        there = [h.user_id for h in holders(agency_id, Role(step.role), now=now)]
        chosen = least_busy(held, step.kind, there)
    return process.NewStep(
        step.key, round_, step.kind.value, step.role, agency_id, due,
        waiting=step.kind == StepKind.CONFIRM, silence=step.silence if consult else "",
        remind_at=remind_at(agency_id, step.remind, due, now), assignee_id=chosen,
    )  # fmt: skip


def carry_out(held: Held, move: Move, now: datetime) -> list[dict[str, Any]]:
    """Cancel and open what a move says; return what was opened, for the event."""
    if move.cancel:
        process.cancel_steps(reference=held.code, keys=list(move.cancel), now=now)
    answers = facts_of(held, now)["answers"]
    opened, told = [], []
    for key, round_ in move.open:
        step = held.pack.process.step(key)
        agency_id = agency_for(held.dossier, step.at, answers)
        new = _new_step(held, step, round_, agency_id, now)
        opened.append(new)
        told.append(
            {
                "key": key, "round": round_, "kind": step.kind.value,
                "agency": agency_by_id(agency_id).identifier, "due_at": new.due_at.isoformat(),
            }
        )  # fmt: skip
    process.open_steps(reference=held.code, steps=opened, now=now)
    if any(held.pack.process.step(key).pauses for key, _ in move.open):
        process.hold_clock(reference=held.code, reason="consultation", now=now)
    return told


def still_asked(held: Held) -> bool:
    """True while a question that stops the clock is open at another agency."""
    pausing = {s.key for s in held.pack.process.steps if s.pauses}
    return any(s.key in pausing and s.state in {"open", "waiting"} for s in steps_of(held.code))


def finish_step(
    held: Held, row: StepRow, *, outcome: str, findings: Mapping[str, Any], now: datetime, actor: Actor
) -> list[dict[str, Any]]:
    """Close a step of the definition, open what follows; return what was opened."""
    process.close_step(step_id=row.id, outcome=outcome, findings=findings, actor=actor, now=now)
    held.steps = steps_of(held.code)
    try:
        move = after_completion(held.pack.process, states_of(held), row.key, facts_of(held, now))
    except (NoWayOn, ExpressionFault) as fault:
        raise PackInFault(fault=str(fault)) from fault
    return carry_out(held, move, now)


def ends_handling(opened: list[dict[str, Any]]) -> bool:
    """True when only handing over is left: a return step was opened."""
    return any(o["kind"] == StepKind.RETURN.value for o in opened)


def close_handling(held: Held, *, outcome: str, now: datetime) -> None:
    """The decision is there: stop the clock and keep when."""
    held.dossier.due_at = process.stop_clock(reference=held.code, now=now)
    held.dossier.outcome = outcome
    held.dossier.finished_at = now


def the_step(held: Held, kind: str, key: str = "") -> StepRow:
    """The step of a kind on which the actor works (the named one where several are open)."""
    for step in held.case.steps:
        if step.kind != kind or (key and step.key != key):
            continue
        if kind == "confirm" or (not step.waiting and may_work(step, held.actor)):
            return next(row for row in held.steps if row.id == step.id)
    raise NoSuchStep


def open_return(held: Held, now: datetime) -> list[dict[str, Any]]:
    """Open the process's return step: the desk hands a decision over."""
    last = next(s for s in held.pack.process.steps if s.kind == StepKind.RETURN)
    round_ = 1 + sum(s.key == last.key for s in held.steps)
    return carry_out(held, Move(open=((last.key, round_),), cancel=(), ended=False), now)
