"""Writes of running processes; each joins the caller's transaction (the caller appends the event)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.rows import insert
from motcua.process.models import Clock, Pause, Step
from motcua.process.queries import calendar, due_in
from motcua.process.rules.clock import Interval, Unit, due_after, minutes_before_warning, minutes_of


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to open. ``due_at`` is computed by ``due_in``."""

    key: str
    round: int
    kind: str
    role: str
    agency_id: int
    due_at: datetime
    waiting: bool = False
    question: str = ""
    silence: str = ""
    remind_at: datetime | None = None
    assignee_id: int | None = None


@transaction.atomic
def start_clock(*, reference: str, agency_id: int, amount: int, unit: Unit, now: datetime) -> datetime:
    """Start the legal clock of a reference at valid intake; return the due date."""
    due = due_in(agency_id=agency_id, amount=amount, unit=unit, start=now)
    Clock.objects.create(
        reference=reference, agency_id=agency_id, amount=amount, unit=unit.value, started_at=now, due_at=due,
        warn_at=due_after(
            calendar(agency_id, unit, now), started_at=now,
            minutes=minutes_before_warning(minutes_of(amount, unit), settings.WARN_LEFT),
        ),
    )  # fmt: skip
    return due


@transaction.atomic
def pause(*, reference: str, reason: str, now: datetime) -> bool:
    """Let the clock stand still and its open steps wait; False when no clock runs yet."""
    Step.objects.filter(reference=reference, state=Step.State.OPEN).exclude(kind="consult").update(
        state=Step.State.WAITING
    )
    return hold_clock(reference=reference, reason=reason, now=now)


@transaction.atomic
def hold_clock(*, reference: str, reason: str, now: datetime) -> bool:
    """Let the clock stand still (it may already); False when no clock runs yet."""
    clock = Clock.objects.select_for_update().filter(reference=reference).first()
    if clock is None:
        return False
    if not Pause.objects.filter(clock=clock, until_at__isnull=True).exists():
        Pause.objects.create(clock=clock, from_at=now, reason=reason)
    return True


@transaction.atomic
def wake_steps(*, reference: str, now: datetime) -> None:
    """Let the waiting steps go on although the clock still stands (a question is open elsewhere)."""
    waiting = Step.objects.filter(reference=reference, state=Step.State.WAITING).exclude(kind="confirm")
    waiting.update(state=Step.State.OPEN, resumed_at=now)


@transaction.atomic
def resume(*, reference: str, now: datetime, first_look: datetime | None = None) -> datetime | None:
    """Close the open pause, recompute the due date and the waiting steps' own; return the due date.

    ``first_look``: when a waiting intake step is due where no clock runs yet (nothing was received).
    """
    clock = Clock.objects.select_for_update().filter(reference=reference).first()
    waiting = Step.objects.filter(reference=reference, state=Step.State.WAITING).exclude(kind="confirm")
    if clock is None:
        if first_look is not None:
            waiting.filter(kind="intake").update(due_at=first_look)
        waiting.update(state=Step.State.OPEN, resumed_at=now)
        return None
    stopped = Pause.objects.get(clock=clock, until_at__isnull=True)
    stopped.until_at = max(now, stopped.from_at)
    stopped.save(update_fields=["until_at"])
    bound = _whole_ends(clock)
    clock.due_at, clock.warn_at = recomputed_due(clock), recomputed_warning(clock)
    clock.warned_at = None  # another date: it nears once more
    clock.save(update_fields=["due_at", "warn_at", "warned_at"])
    own = calendar(clock.agency_id, Unit(clock.unit), clock.started_at)
    shift = own.minutes_between(stopped.from_at, stopped.until_at)
    for step in waiting:
        ends = own.add_minutes(step.due_at, shift)
        within = step.due_at <= bound  # a step of a late dossier ends after the whole: it keeps its own time
        step.state, step.resumed_at = Step.State.OPEN, now
        step.due_at = min(ends, _whole_ends(clock)) if within else ends
        step.save(update_fields=["state", "resumed_at", "due_at"])
    return clock.due_at


def _whole_ends(clock: Clock) -> datetime:
    """The due date, or the promise that an apology gave where that is later."""
    return max(clock.due_at, clock.promised_at or clock.due_at)


def recomputed_due(clock: Clock) -> datetime:
    """The due date of a clock from its start, its limit and its stored pauses."""
    return _after(clock, minutes_of(clock.amount, Unit(clock.unit)))


def recomputed_warning(clock: Clock) -> datetime:
    """When it is to be said that the date nears, from the same facts."""
    whole = minutes_of(clock.amount, Unit(clock.unit))
    return _after(clock, minutes_before_warning(whole, settings.WARN_LEFT))


def _after(clock: Clock, minutes: int) -> datetime:
    pauses = [Interval(p.from_at, p.until_at) for p in clock.pauses.order_by("from_at")]
    return due_after(
        calendar(clock.agency_id, Unit(clock.unit), clock.started_at),
        started_at=clock.started_at,
        minutes=minutes,
        pauses=pauses,
    )


@transaction.atomic
def stop_clock(*, reference: str, now: datetime) -> datetime | None:
    """End the clock (and an open pause with it): the handling is over; return the due date."""
    clock = Clock.objects.select_for_update().filter(reference=reference).first()
    if clock is None:
        return None
    if clock.pauses.filter(until_at__isnull=True).update(until_at=now):
        clock.due_at = recomputed_due(clock)
    clock.stopped_at = clock.stopped_at or now
    clock.save(update_fields=["due_at", "stopped_at"])
    return clock.due_at


@transaction.atomic
def warned(*, reference: str, now: datetime) -> None:
    """Keep that it was said that the date nears."""
    Clock.objects.filter(reference=reference).update(warned_at=now)


@transaction.atomic
def promise(*, reference: str, new_due_at: datetime) -> None:
    """Keep the new appointment that an apology gives; the legal due date stays as it was."""
    Clock.objects.filter(reference=reference).update(promised_at=new_due_at)


def _step(reference: str, step: NewStep, now: datetime) -> Step:
    return Step(
        reference=reference, key=step.key, round=step.round, kind=step.kind, role=step.role,
        agency_id=step.agency_id, due_at=step.due_at, opened_at=now, question=step.question,
        silence=step.silence, remind_at=step.remind_at, assignee_id=step.assignee_id,
        state=Step.State.WAITING if step.waiting else Step.State.OPEN,
    )  # fmt: skip


def open_first(*, reference: str, step: NewStep, now: datetime) -> None:
    """Open the one step that a process begins with."""
    insert(_step(reference, step, now))


@transaction.atomic
def open_steps(*, reference: str, steps: Sequence[NewStep], now: datetime) -> None:
    """Open steps; the same key and round twice is refused by the database."""
    Step.objects.bulk_create(_step(reference, step, now) for step in steps)


@transaction.atomic
def close_step(
    *, step_id: int, outcome: str, findings: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    """Mark a step as done by the actor."""
    Step.objects.filter(pk=step_id).update(
        state=Step.State.DONE, outcome=outcome, findings=dict(findings), closed_at=now,
        closed_by_id=actor.user_id,
    )  # fmt: skip


@transaction.atomic
def cancel_steps(*, reference: str, keys: Sequence[tuple[str, int]] | None, now: datetime) -> None:
    """Cancel what is still open or waiting: the named (key, round) pairs, or all when None."""
    rows = Step.objects.filter(reference=reference, state__in=[Step.State.OPEN, Step.State.WAITING])
    for step in rows:
        if keys is None or (step.key, step.round) in keys:
            step.state, step.closed_at = Step.State.CANCELLED, now
            step.save(update_fields=["state", "closed_at"])


@transaction.atomic
def assign(*, step_id: int, user_id: int | None) -> None:
    """Give a step to an officer, or back to all when None."""
    Step.objects.filter(pk=step_id).update(assignee_id=user_id)


@transaction.atomic
def reminded(*, step_id: int) -> bool:
    """Note that a reminder went out; False when it had gone before or the step is over."""
    waiting = Step.objects.filter(pk=step_id, state=Step.State.OPEN, remind_at__isnull=False)
    return bool(waiting.update(remind_at=None))


@transaction.atomic
def move_steps(*, reference: str, from_agency_id: int, to_agency_id: int) -> None:
    """Give what is open at one agency to another; nobody there is assigned yet."""
    live = Step.objects.filter(reference=reference, state__in=[Step.State.OPEN, Step.State.WAITING])
    live = live.exclude(kind__in=("intake", "return"))  # the desk that took it in keeps it
    live.filter(agency_id=from_agency_id).update(agency_id=to_agency_id, assignee=None)


@transaction.atomic
def deliver(*, step_id: int, due_at: datetime, now: datetime) -> None:
    """Keep the proof that what the step waits on has reached the applicant; silence counts from here."""
    Step.objects.filter(pk=step_id, delivered_at__isnull=True).update(delivered_at=now, due_at=due_at)
