"""Dossiers in a line each: the step now, who has it, the dates, and how early or late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries import AgencyRef, agencies_by_id
from motcua.catalogue.queries import revision_pack
from motcua.core.texts import Text
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lists import name_of
from motcua.dossiers.queries.step_views import AD_HOC
from motcua.dossiers.queries.views import BLANK
from motcua.dossiers.rules.status import STATUS_TEXTS, Status
from motcua.dossiers.rules.timeline import OUTCOMES
from motcua.process.queries import StepRow
from motcua.process.queries.standing import ClockState, Spans, clock_states, live_steps
from motcua.process.rules.clock import Unit


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step that is open or waits. ``minutes``: counted time beyond its date, None when it is not late."""

    name: Text
    kind: str
    role: str
    agency_name: Text
    assignee: str
    due_at: datetime
    waiting: bool
    late: bool
    minutes: int | None


@dataclass(frozen=True, slots=True)
class DossierLine:
    """One dossier. ``minutes``: counted time left of its limit, negative when late; None: not known.

    ``unit`` is what minutes are counted by ("" before the clock starts); ``due_at`` the date of the law,
    ``promised_at`` the new one that an apology gave.
    """

    id: int
    code: str
    procedure_code: str
    procedure_name: Text
    applicant_name: str
    status: int
    status_text: Text
    outcome_text: Text
    agency_name: Text
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    returned_at: datetime | None
    unit: str
    minutes: int | None
    late: bool
    paused: bool
    stopped: bool
    steps: tuple[StepNow, ...]


def lines_of(rows: Iterable[Dossier], now: datetime) -> tuple[DossierLine, ...]:
    """Lines of dossiers with the names of their procedures, in order; as many queries for one as for many."""
    dossiers = tuple(rows)
    codes = [d.code for d in dossiers]
    steps, clocks = live_steps(codes), clock_states(codes, now=now)
    ids = {s.agency_id for found in steps.values() for s in found} | {c.agency_id for c in clocks.values()}
    places = agencies_by_id(ids | {d.agency_id for d in dossiers})
    spans = _spans(clocks.values(), steps.values(), places, now)
    return tuple(
        _line(d, steps.get(d.code, ()), clocks.get(d.code), places, spans, now=now) for d in dossiers
    )


def _spans(
    clocks: Iterable[ClockState], steps: Iterable[Iterable[StepRow]], places: Mapping[int, AgencyRef],
    now: datetime,
) -> Spans:  # fmt: skip
    """Calendars for whatever is counted here."""
    moments = {m for c in clocks for m in (c.at, c.due_at)}
    moments |= {s.due_at for found in steps for s in found if s.due_at < now}
    return Spans({a.id: a.path for a in places.values()}, {now, *moments} if moments else ())


def _line(
    dossier: Dossier, steps: tuple[StepRow, ...], clock: ClockState | None,
    places: Mapping[int, AgencyRef], spans: Spans, *, now: datetime,
) -> DossierLine:  # fmt: skip
    left = spans.minutes(clock.agency_id, clock.unit, clock.at, clock.due_at) if clock else None
    unit = clock.unit if clock else Unit.WORKING_HOURS
    names = {s.key: s.name for s in revision_pack(dossier.revision_id).process.steps} if steps else {}
    return DossierLine(
        dossier.pk, dossier.code, dossier.procedure_code, name_of(dossier), dossier.applicant_name,
        dossier.status, STATUS_TEXTS[Status(dossier.status)], OUTCOMES.get(dossier.outcome, BLANK),
        places[dossier.agency_id].name, dossier.submitted_at, dossier.received_at, dossier.due_at,
        clock.promised_at if clock else None, dossier.returned_at, clock.unit.value if clock else "", left,
        clock is not None and clock.late, clock is not None and clock.paused,
        clock is not None and clock.stopped,
        tuple(_now(s, unit, names, places, spans, now) for s in steps),
    )  # fmt: skip


def _now(
    step: StepRow, unit: Unit, names: Mapping[str, Text], places: Mapping[int, AgencyRef], spans: Spans,
    now: datetime,
) -> StepNow:  # fmt: skip
    late = step.state == "open" and step.due_at < now
    return StepNow(
        names.get(step.key, AD_HOC), step.kind, step.role, places[step.agency_id].name, step.assignee_name,
        step.due_at, step.state == "waiting", late,
        spans.minutes(step.agency_id, unit, step.due_at, now) if late else None,
    )  # fmt: skip
