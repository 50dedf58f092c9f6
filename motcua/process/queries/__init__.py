"""Reads of running processes. Callers have already asked whether the reader may see the reference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from motcua.agencies.queries import calendar_for
from motcua.core.actor import Actor
from motcua.core.firsts import Key, capped_counts, first_ids
from motcua.core.kept import Kept
from motcua.core.periods import end_of, local_day
from motcua.core.working_time import ALL_DAY, Calendar
from motcua.process.models import Clock, Pause, Step
from motcua.process.rules.clock import Interval, Unit, due_after, minutes_of

COUNT_CAP = 1000  # lists say "999+" beyond it
LANES = ("all", "new", "overdue", "today", "mine", "unassigned", "supplement_in", "return", "waiting")


WHOSE = ("mine", "unassigned")  # lanes that are counted whatever the list is narrowed to


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a work list is narrowed to; empty: not. ``references`` may be a query of them."""

    kinds: tuple[str, ...] = ()
    assignee_id: int | None = None
    nobodys: bool = False  # assigned to nobody
    text: str = ""  # part of the reference
    references: "Iterable[str] | QuerySet[Any, str] | None" = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as stored."""

    id: int
    reference: str
    key: str
    round: int
    kind: str
    role: str
    agency_id: int
    assignee_id: int | None
    assignee_name: str
    state: str
    question: str
    outcome: str
    findings: dict[str, Any]
    opened_at: datetime
    due_at: datetime
    resumed_at: datetime | None
    delivered_at: datetime | None
    closed_at: datetime | None
    closed_by_id: int | None
    closed_by_name: str
    sent_back: bool = False  # on work lists: opened because a later step sent the dossier back
    near_due: bool = False  # on work lists: the whole nears its date, and no new one was promised


@dataclass(frozen=True, slots=True)
class ClockRow:
    """The clock of a reference with its pauses, in order."""

    agency_id: int
    amount: int
    unit: Unit
    started_at: datetime
    due_at: datetime
    promised_at: datetime | None
    stopped_at: datetime | None
    pauses: tuple[tuple[datetime, datetime | None, str], ...]

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """The pauses as the rules know them."""
        return tuple(Interval(a, b) for a, b, _ in self.pauses)

    @property
    def paused(self) -> bool:
        """True while a pause is open."""
        return any(until is None for _, until, _ in self.pauses)


def row_of(step: Step) -> StepRow:
    """A step as others get it."""
    return StepRow(
        step.pk, step.reference, step.key, step.round, step.kind, step.role, step.agency_id,
        step.assignee_id, step.assignee.get_full_name() if step.assignee else "", step.state,
        step.question, step.outcome, step.findings, step.opened_at, step.due_at, step.resumed_at,
        step.delivered_at, step.closed_at, step.closed_by_id,
        step.closed_by.get_full_name() if step.closed_by else "",
        getattr(step, "sent_back", False), getattr(step, "near_due", False),
    )  # fmt: skip


_STEPS = Kept(
    lambda reference: (
        Step.objects.filter(reference=reference).select_related("assignee", "closed_by").order_by("id")
    ),
    str,
)
_CLOCK = Kept(lambda reference: Clock.objects.filter(reference=reference), str)
_PAUSES = Kept(lambda clock: Pause.objects.filter(clock=clock).order_by("from_at"), int)


def steps_of(reference: str) -> tuple[StepRow, ...]:
    """All steps of a reference, oldest first."""
    return tuple(row_of(s) for s in _STEPS.objects(reference))


def clock_of(reference: str) -> ClockRow | None:
    """The clock of a reference, or None before valid intake."""
    found = _CLOCK.objects(reference)
    if not found:
        return None
    clock: Clock = found[0]
    pauses = _PAUSES.objects(clock.pk)
    return ClockRow(
        clock.agency_id, clock.amount, Unit(clock.unit), clock.started_at, clock.due_at,
        clock.promised_at, clock.stopped_at, tuple((p.from_at, p.until_at, p.reason) for p in pauses),
    )  # fmt: skip


def silent_steps(*, now: datetime, kind: str, limit: int = 200) -> tuple[StepRow, ...]:
    """Steps of a kind that wait, were proven delivered, and whose time has passed; oldest first."""
    rows = Step.objects.filter(
        state=Step.State.WAITING, kind=kind, delivered_at__isnull=False, due_at__lte=now
    ).select_related("assignee", "closed_by")
    return tuple(row_of(s) for s in rows.order_by("id")[:limit])


def steps_to_remind(*, now: datetime, limit: int = 200) -> tuple[StepRow, ...]:
    """Open steps whose reminder is due, oldest first."""
    rows = Step.objects.filter(state=Step.State.OPEN, remind_at__isnull=False, remind_at__lte=now)
    return tuple(row_of(s) for s in rows.select_related("assignee", "closed_by").order_by("id")[:limit])


def unanswered_steps(*, now: datetime, limit: int = 200) -> tuple[StepRow, ...]:
    """Open questions whose time has passed and to which silence is an answer, oldest first."""
    rows = Step.objects.filter(state=Step.State.OPEN, kind="consult", silence="agree", due_at__lte=now)
    return tuple(row_of(s) for s in rows.select_related("assignee", "closed_by").order_by("id")[:limit])


def _lanes(actor: Actor, lane: str, now: datetime) -> "list[QuerySet[Step]]":
    """The lane at each post of the actor: one index scan each, where “or” would read all that waits."""
    at = sorted({(post.agency_id, post.role.value) for post in actor.posts})
    return [_lane(Step.objects.filter(agency_id=a, role=r), actor.user_id, lane, now) for a, r in at]


def _lane(own: "QuerySet[Step]", user_id: int | None, lane: str, now: datetime) -> "QuerySet[Step]":
    if lane == "waiting":
        return own.filter(state=Step.State.WAITING)
    own = own.filter(state=Step.State.OPEN)
    if lane == "overdue":
        return own.filter(due_at__lt=now)
    if lane == "today":
        return own.filter(due_at__gte=now, due_at__lt=end_of(local_day(now)))
    if lane == "mine":
        return own.filter(assignee_id=user_id)
    if lane == "unassigned":
        return own.filter(assignee_id__isnull=True)
    if lane == "supplement_in":
        return own.filter(resumed_at__isnull=False)
    if lane == "new":
        return own.filter(kind="intake", resumed_at__isnull=True)
    if lane == "return":
        return own.filter(kind="return")
    return own


def _narrowed(rows: "QuerySet[Step]", only: Narrow) -> "QuerySet[Step]":
    if only.kinds:
        rows = rows.filter(kind__in=only.kinds)
    if only.assignee_id is not None:
        rows = rows.filter(assignee_id=only.assignee_id)
    if only.nobodys:
        rows = rows.filter(assignee_id__isnull=True)
    if only.text:
        rows = rows.filter(reference__icontains=only.text)
    if only.references is not None:
        rows = rows.filter(reference__in=only.references)
    return rows


def work(
    *, actor: Actor, lane: str, now: datetime, limit: int, after: tuple[datetime, int] | None,
    only: Narrow = Narrow(),
) -> tuple[StepRow, ...]:  # fmt: skip
    """Steps on the actor's work list, by deadline, after a (due_at, id) key; one more than ``limit``."""
    near = _near().filter(warn_at__lte=now, reference=OuterRef("reference"))
    first = first_ids([_narrowed(p, only) for p in _lanes(actor, lane, now)], limit + 1, after=after)
    rows = Step.objects.filter(pk__in=first).annotate(near_due=Exists(near), sent_back=Exists(_refused()))
    return tuple(row_of(s) for s in rows.select_related("assignee", "closed_by").order_by("due_at", "id"))


def beside(
    *, actor: Actor, lane: str, now: datetime, key: Key, reference: str, only: Narrow = Narrow()
) -> tuple[StepRow | None, StepRow | None]:  # fmt: skip
    """The steps right before and right after a place of a work list, of other references than this one."""
    parts = [_narrowed(p, only).exclude(reference=reference) for p in _lanes(actor, lane, now)]
    found = []
    for back in (True, False):
        rows = Step.objects.filter(pk__in=first_ids(parts, 1, after=key, back=back)).order_by("id")
        step = rows.select_related("assignee", "closed_by").first()
        found.append(row_of(step) if step else None)
    return found[0], found[1]


def lane_counts(
    *, actor: Actor, now: datetime, lanes: Sequence[str] = LANES, only: Narrow = Narrow()
) -> dict[str, int]:  # fmt: skip
    """Number of steps in each lane, capped at ``COUNT_CAP``; whose they are is counted in any case."""
    held = {lane: _lanes(actor, lane, now) for lane in lanes}
    narrow = {lane: p if lane in WHOSE else [_narrowed(q, only) for q in p] for lane, p in held.items()}
    return capped_counts(narrow, COUNT_CAP)


def _refused() -> "QuerySet[Step]":
    """Steps that sent their reference back at the moment at which this one was opened."""
    same = Step.objects.filter(reference=OuterRef("reference"), closed_at=OuterRef("opened_at"))
    return same.filter(outcome="rejected")


def _near() -> "QuerySet[Clock]":
    """Running clocks without a new promise whose pauses are closed."""
    rows = Clock.objects.filter(stopped_at__isnull=True, promised_at__isnull=True)
    return rows.exclude(Exists(Pause.objects.filter(clock=OuterRef("pk"), until_at__isnull=True)))


def references_to_warn(*, now: datetime, limit: int = 200) -> tuple[str, ...]:
    """References whose date nears and of which nobody was told yet, the nearest first."""
    rows = _near().filter(warn_at__lte=now, warned_at__isnull=True).order_by("warn_at", "id")
    return tuple(rows.values_list("reference", flat=True)[:limit])


def steps_with(user_id: int, agency_id: int) -> tuple[StepRow, ...]:
    """What is open or waiting at an agency in the hands of one officer, oldest first."""
    live = Step.objects.filter(state__in=(Step.State.OPEN, Step.State.WAITING))
    rows = live.filter(assignee_id=user_id, agency_id=agency_id).select_related("assignee", "closed_by")
    return tuple(row_of(s) for s in rows.order_by("id"))


def open_work(user_ids: Iterable[int]) -> dict[int, int]:
    """How many steps are open with each of these officers, in one query."""
    wanted = list(user_ids)
    rows = Step.objects.filter(state=Step.State.OPEN, assignee_id__in=wanted)
    found = dict(rows.order_by().values_list("assignee_id").annotate(Count("pk")))
    return {user: int(found.get(user, 0)) for user in wanted}


def references_to_confirm(references: Iterable[str]) -> frozenset[str]:
    """Those of ``references`` whose applicant is asked to confirm a draft."""
    asked = list(references)
    if not asked:
        return frozenset()
    waiting = Step.objects.filter(kind="confirm", state=Step.State.WAITING, reference__in=asked)
    return frozenset(waiting.values_list("reference", flat=True))


def references_with_step_at(agency_ids: Iterable[int], references: Iterable[str]) -> frozenset[str]:
    """Those of ``references`` that have (had) a step at one of the agencies."""
    found = Step.objects.filter(agency_id__in=list(agency_ids), reference__in=list(references))
    return frozenset(found.values_list("reference", flat=True))


def calendar(agency_id: int, unit: Unit, moment: datetime, until: datetime | None = None) -> Calendar:
    """The calendar that a unit is counted by, for an agency, around a moment (and up to another)."""
    first, last = local_day(moment).year, local_day(until or moment).year
    return ALL_DAY if unit.counts_all_time else calendar_for(agency_id, range(first - 1, last + 2))


def due_in(*, agency_id: int, amount: int, unit: Unit, start: datetime) -> datetime:
    """When a limit that starts at ``start`` ends, by the agency's calendar."""
    return due_after(calendar(agency_id, unit, start), started_at=start, minutes=minutes_of(amount, unit))
