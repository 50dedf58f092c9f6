"""An officer's work: by deadline, narrowed, and what is chosen of it to be done at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries import AgencyRef, agencies_by_id
from motcua.catalogue.queries import revision_pack
from motcua.core.actor import Actor, Reading
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lists import BadCursor, cursor_of, name_of, parts_of
from motcua.dossiers.queries.naming import with_names
from motcua.dossiers.queries.step_views import AD_HOC
from motcua.dossiers.queries.work_views import Worklist, WorklistItem
from motcua.dossiers.rules.bulk import KINDS, MOST_AT_ONCE
from motcua.dossiers.rules.status import STATUS_TEXTS, Status
from motcua.people.queries import account_by_username
from motcua.process.queries import LANES, WHOSE, Narrow, StepRow, beside, lane_counts, work
from motcua.process.queries.standing import ClockState, Spans, clock_states
from motcua.process.rules.clock import Unit

NOBODY = -1  # an account that does not exist: its work is none


@dataclass(frozen=True, slots=True)
class Narrowing:
    """To what an officer narrows the list; empty: not. ``kind`` of step, ``assignee`` by user name.

    ``whose``: "mine", "nobody" (assigned to nobody), anything else: all that waits at the officer's posts.
    """

    procedure: str = ""
    kind: str = ""
    assignee: str = ""
    text: str = ""
    whose: str = ""

    @property
    def any(self) -> bool:
        """True when something is narrowed but whose work it is."""
        return bool(self.procedure or self.kind or self.assignee or self.text)


def _narrow(
    by: Narrowing, actor: Actor, kinds: Collection[str] = (), codes: Collection[str] | None = None
) -> Narrow:  # fmt: skip
    someone = account_by_username(by.assignee) if by.assignee else None
    references = None
    if by.procedure:
        references = Dossier.objects.filter(procedure_code=by.procedure).values_list("code", flat=True)
    mine = actor.user_id if by.whose == "mine" else None
    return Narrow(
        nobodys=by.whose == "nobody",
        kinds=tuple(k for k in kinds if not by.kind or k == by.kind) if kinds else (by.kind,) * bool(by.kind),
        assignee_id=(someone.id if someone else NOBODY) if by.assignee else mine,
        text=by.text.strip()[:40],
        references=references if codes is None else sorted(codes),
    )


def worklist(
    *, actor: Actor, lane: str = "all", by: Narrowing | None = None, limit: int = 50,
    after: str | None = None, now: datetime,
) -> Worklist:  # fmt: skip
    """An officer's work by deadline; constant in the number of dossiers (keyset, capped counts)."""
    lane = lane if lane in LANES else "all"
    by = by or Narrowing()
    only, key = _narrow(by, actor), _key(after) if after else None
    steps = work(actor=actor, lane=lane, now=now, limit=limit, after=key, only=only)
    shown, more = steps[:limit], len(steps) > limit
    _note(shown, actor)
    following = cursor_of(shown[-1].due_at.isoformat(), shown[-1].id) if more else None
    counts = lane_counts(actor=actor, now=now, only=_narrow(Narrowing(whose=by.whose), actor))
    return Worklist(_items(shown, now), following, counts, lane)


def whose_work(*, actor: Actor, now: datetime) -> str:
    """What the list opens on: one's own work; where nothing is given to one, what is given to nobody."""
    counts = lane_counts(actor=actor, now=now, lanes=WHOSE)
    return "nobody" if counts["unassigned"] and not counts["mine"] else "mine"


def _key(place: str) -> tuple[datetime, int]:
    parts = parts_of(place)
    try:
        return datetime.fromisoformat(str(parts[0])), int(str(parts[1]))
    except (ValueError, IndexError):
        raise BadCursor from None


def next_work(*, actor: Actor, but: str, now: datetime) -> WorklistItem | None:
    """What an officer has to do first, by deadline, of all but one dossier; None when nothing waits.

    Their own, and what is given to nobody; never a colleague's.
    """
    found = [s for lane in WHOSE for s in work(actor=actor, lane=lane, now=now, limit=2, after=None)]
    left = [step for step in found if step.reference != but]
    first = sorted(left, key=lambda s: (s.due_at, s.id))[:1]
    _note(first, actor)
    return next(iter(_items(first, now)), None)


def _note(steps: Iterable[StepRow], actor: Actor) -> None:
    """A list shows names: its reader, and whose dossiers it showed."""
    codes = tuple(sorted({step.reference for step in steps}))
    if codes:
        actor.note(Reading("list", "", why="work list", listed=codes))


def chosen_work(
    action: str, *, codes: Collection[str] | None, lane: str = "all", by: Narrowing | None = None,
    actor: Actor, now: datetime,
) -> tuple[WorklistItem, ...]:  # fmt: skip
    """Of the actor's open work, what a bulk action may take: the named dossiers, or a whole lane (None).

    By deadline, ``MOST_AT_ONCE`` at most; a dossier comes once.
    """
    lane = lane if lane in LANES else "all"
    only = _narrow(by or Narrowing(), actor, KINDS[action], codes)
    steps = work(actor=actor, lane=lane, now=now, limit=MOST_AT_ONCE, after=None, only=only)
    first = {s.reference: s for s in reversed(steps) if s.state == "open"}
    shown = sorted(first.values(), key=lambda s: (s.due_at, s.id))[:MOST_AT_ONCE]
    _note(shown, actor)
    return _items(shown, now)


def beside_work(
    *, actor: Actor, lane: str, by: Narrowing | None = None, at: str, but: str, now: datetime
) -> tuple[WorklistItem | None, WorklistItem | None]:
    """What stands right before and right after a place of a lane of the actor's work, but one dossier."""
    steps = beside(
        actor=actor, lane=lane if lane in LANES else "all", now=now, key=_key(at), reference=but,
        only=_narrow(by or Narrowing(), actor),
    )  # fmt: skip
    shown = [step for step in steps if step is not None]
    _note(shown, actor)
    items = {item.id: item for item in _items(shown, now)}
    before, after = (items.get(step.id) if step else None for step in steps)
    return before, after


def work_place(item: WorklistItem) -> str:
    """The place of a line in its work list, as a cursor."""
    return cursor_of(item.due_at.isoformat(), item.id)


def _items(steps: Iterable[StepRow], now: datetime) -> tuple[WorklistItem, ...]:
    steps = tuple(steps)
    rows = with_names(Dossier.objects.filter(code__in={s.reference for s in steps})).defer("answers_sealed")
    dossiers = {d.code: d for d in rows.order_by("id")}
    clocks = clock_states(dossiers, now=now)
    there = {s.agency_id for s in steps} | {c.agency_id for c in clocks.values()}
    agencies = agencies_by_id(there | {d.agency_id for d in dossiers.values()})
    spans = Spans({a.id: a.path for a in agencies.values()}, _late_moments(steps, clocks.values(), now))
    return tuple(
        _item(s, dossiers[s.reference], clocks.get(s.reference), agencies, spans, now) for s in steps
    )


def _late_moments(steps: Iterable[StepRow], clocks: Iterable[ClockState], now: datetime) -> set[datetime]:
    """Between which moments lateness is counted; none when nothing is late."""
    late = {s.due_at for s in steps if s.due_at < now} | {c.due_at for c in clocks if c.late}
    return {now, *late} if late else set()


def _item(
    step: StepRow, dossier: Dossier, clock: ClockState | None, agencies: Mapping[int, AgencyRef],
    spans: Spans, now: datetime,
) -> WorklistItem:  # fmt: skip
    names = {s.key: s.name for s in revision_pack(dossier.revision_id).process.steps}
    late, unit = step.state == "open" and step.due_at < now, clock.unit if clock else Unit.WORKING_HOURS
    beyond = clock is not None and clock.late and not (clock.paused or clock.stopped)
    owes = step.near_due or (beyond and clock is not None and clock.promised_at is None)
    return WorklistItem(
        dossier.code, dossier.procedure_code, name_of(dossier), dossier.applicant_name, step.key,
        names.get(step.key, AD_HOC), step.kind, step.due_at, late, dossier.status,
        STATUS_TEXTS[Status(dossier.status)], dossier.channel, agencies[step.agency_id].name,
        step.assignee_name, step.state == "waiting", owes, step.id, unit.value,
        spans.minutes(step.agency_id, unit, step.due_at, now) if late else None,
        dossier.submitted_at, dossier.due_at, beyond,
        spans.minutes(clock.agency_id, unit, clock.due_at, clock.at) if clock and beyond else None,
        role=step.role, agency_id=step.agency_id, deciding_id=dossier.agency_id,
        deciding_root=agencies[dossier.agency_id].root,
        promised_at=clock.promised_at if clock else None, sent_back=step.sent_back,
        promise_missed=bool(beyond and clock and clock.promised_at and clock.promised_at < clock.at),
    )  # fmt: skip
