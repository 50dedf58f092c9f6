"""Where running processes stand: who has them now, and how early or late they are, for many at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from motcua.agencies.queries.calendars import calendars_for
from motcua.core.periods import local_day
from motcua.core.working_time import ALL_DAY, Calendar, YearNotFrozen
from motcua.process.models import Clock, Pause, Step
from motcua.process.queries import StepRow, row_of
from motcua.process.rules.clock import Unit

LIVE = (Step.State.OPEN, Step.State.WAITING)


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock at a moment. ``at``: until when it has counted (now, its open pause, or its stop)."""

    agency_id: int
    unit: Unit
    due_at: datetime
    promised_at: datetime | None
    at: datetime
    paused: bool
    stopped: bool

    @property
    def late(self) -> bool:
        """True when it counted beyond its date."""
        return self.at > self.due_at


def clock_states(references: Iterable[str], *, now: datetime) -> dict[str, ClockState]:
    """The clocks of references in one query; those without one are left out."""
    paused = Pause.objects.filter(clock=OuterRef("pk"), until_at__isnull=True).values("from_at")[:1]
    rows = Clock.objects.filter(reference__in=sorted(set(references))).annotate(paused_from=paused)
    return {
        r.reference: ClockState(
            r.agency_id, Unit(r.unit), r.due_at, r.promised_at, r.stopped_at or r.paused_from or now,
            r.paused_from is not None and r.stopped_at is None, r.stopped_at is not None,
        )
        for r in rows.order_by("id")
    }  # fmt: skip


def promises(references: Iterable[str]) -> dict[str, datetime]:
    """The new dates that apologies gave, by reference, in one query; the others are left out."""
    rows = Clock.objects.filter(reference__in=sorted(set(references)), promised_at__isnull=False)
    return {r.reference: r.promised_at for r in rows.order_by("id") if r.promised_at is not None}


def live_steps(references: Iterable[str]) -> dict[str, tuple[StepRow, ...]]:
    """What is open or waits, by reference, oldest first; one query."""
    found: dict[str, tuple[StepRow, ...]] = {}
    rows = Step.objects.filter(reference__in=sorted(set(references)), state__in=LIVE)
    for step in rows.select_related("assignee", "closed_by").order_by("id"):
        found[step.reference] = (*found.get(step.reference, ()), row_of(step))
    return found


def asks_applicant(reference: OuterRef) -> Exists:
    """For a query of others: the applicant is asked to confirm a draft."""
    return Exists(Step.objects.filter(reference=reference, kind="confirm", state=Step.State.WAITING))


def asks_others(reference: OuterRef) -> Exists:
    """For a query of others: another agency has been asked and has not answered yet."""
    return Exists(Step.objects.filter(reference=reference, kind="consult", state=Step.State.OPEN))


def late_step(reference: OuterRef, now: datetime) -> Exists:
    """For a query of others: a step is open beyond its time."""
    return Exists(Step.objects.filter(reference=reference, state=Step.State.OPEN, due_at__lt=now))


def stands_still(reference: OuterRef) -> Exists:
    """For a query of others: the clock is in a pause."""
    return Exists(Pause.objects.filter(clock__reference=reference, until_at__isnull=True))


def ended(reference: OuterRef, *, late: bool) -> Exists:
    """For a query of others: the clock stopped after its date, or by then."""
    rows = Clock.objects.filter(reference=reference, stopped_at__isnull=False)
    beyond = Q(stopped_at__gt=F("due_at"))
    return Exists(rows.filter(beyond if late else ~beyond))


class Spans:
    """Counted minutes between moments, by the calendars of some agencies: one query for all of them."""

    def __init__(self, paths: Mapping[int, str], moments: Iterable[datetime]) -> None:
        years = {local_day(moment).year for moment in moments}
        known = bool(years and paths)
        self._calendars = calendars_for(paths, range(min(years), max(years) + 1)) if known else {}

    def minutes(self, agency_id: int, unit: Unit, first: datetime, last: datetime) -> int | None:
        """Counted minutes from one moment to another, negative when it lies before; None: not known."""
        calendar: Calendar | None = ALL_DAY if unit.counts_all_time else self._calendars.get(agency_id)
        try:
            return calendar.minutes_between(first, last) if calendar is not None else None
        except YearNotFrozen:
            return None
