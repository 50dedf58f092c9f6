"""One dossier as its reader may see it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from motcua.agencies.queries import AgencyRef, agencies_by_id
from motcua.catalogue.queries import revision_pack
from motcua.catalogue.rules.form import lines_of, validate_answers, warns
from motcua.catalogue.rules.pack import Pack, PaperDef, fee_of, grounds_on, papers_to_ask, settled
from motcua.core.actor import Actor
from motcua.core.kept import Kept, prefetch
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.documents.queries import issued, verification_state
from motcua.dossiers.access import filed_or_asked, may_see, note_read
from motcua.dossiers.models import Decision, Dossier, DossierPaper, Supplement
from motcua.dossiers.queries.case import case_of, dossier_facts
from motcua.dossiers.queries.contact import contact_questions
from motcua.dossiers.queries.lists import name_of
from motcua.dossiers.queries.naming import commune_names, with_names
from motcua.dossiers.queries.slip_forms import complaint_lines, general_grounds
from motcua.dossiers.queries.slips import slip_views
from motcua.dossiers.queries.step_views import step_name, step_view
from motcua.dossiers.queries.views import (
    ActionOffer,
    ClockView,
    DecisionView,
    DossierView,
    FeeTakenView,
    FeeView,
    PaperView,
    PauseView,
    ResultView,
    SupplementItem,
    SupplementView,
    TimelineEntry,
)
from motcua.dossiers.rules.actions import Case, may_work, offers
from motcua.dossiers.rules.menu import ACTION_FIELDS, ACTION_LABELS
from motcua.dossiers.rules.status import DECIDED, STATUS_TEXTS, Status
from motcua.dossiers.rules.timeline import OUTCOMES, TITLES, detail_of, who
from motcua.events.queries import EventRecord, stream_events
from motcua.process.queries import ClockRow, StepRow, calendar, clock_of, steps_of
from motcua.process.rules.clock import minutes_of, used_minutes

REFUSALS = frozenset({"refuse", "decline"})


def _one(code: str) -> QuerySet[Dossier]:
    rows = with_names(Dossier.objects.select_related("agency", "filed_by_user", "mandate__representative"))
    return rows.filter(code=code)


_ONE = Kept(_one, str)
_PARTS = {  # what hangs on a dossier, each by one question
    "decisions": Kept(
        lambda pk: Decision.objects.select_related("by").filter(dossier=pk).order_by("pk"), int
    ),
    "papers": Kept(
        lambda pk: DossierPaper.objects.select_related("paper").filter(dossier=pk).order_by("pk"), int
    ),
    "supplement_requests": Kept(lambda pk: Supplement.objects.filter(dossier=pk).order_by("pk"), int),
}


def _load(code: str) -> Dossier | None:
    """The dossier with all that hangs on it, as ``prefetch_related`` would leave it."""
    found: list[Dossier] = _ONE.objects(code)
    if not found:
        return None
    prefetch(found[0], {name: part.objects(found[0].pk) for name, part in _PARTS.items()})
    return found[0]


def dossier_for(code: str, *, actor: Actor, now: datetime) -> DossierView:
    """The whole dossier for the actor; ``NotFound`` when it does not exist for this actor."""
    dossier = _load(code)
    if dossier is None:
        raise NotFound
    steps = steps_of(code)
    if not may_see(actor, dossier, (s.agency_id for s in steps)):
        raise NotFound
    note_read(actor, dossier, (s.agency_id for s in steps), kind="dossier", code=code)
    return _view(dossier, steps, actor, now)


def _view(dossier: Dossier, steps: tuple[StepRow, ...], actor: Actor, now: datetime) -> DossierView:
    pack = revision_pack(dossier.revision_id)
    agencies = agencies_by_id({dossier.agency_id, dossier.receiving_id, *(s.agency_id for s in steps)})
    status, clock = Status(dossier.status), clock_of(dossier.code)
    case, facts = case_of(dossier, steps, actor), dossier_facts(dossier, steps, now)
    known = settled(pack, facts)
    communes = {"commune": commune_names(pack.form, facts["answers"])}
    events = stream_events(f"dossier:{dossier.code}")
    return DossierView(
        code=dossier.code,
        procedure_code=dossier.procedure_code,
        procedure_name=name_of(dossier),
        revision=dossier.revision.number,
        agency=agencies[dossier.agency_id], receiving=agencies[dossier.receiving_id],
        status=int(status), status_text=STATUS_TEXTS[status],
        outcome=dossier.outcome, outcome_text=OUTCOMES.get(dossier.outcome, Text("", "")),
        channel=dossier.channel, filed_by=dossier.filed_by, applicant_name=dossier.applicant_name,
        submitted_at=dossier.submitted_at, received_at=dossier.received_at, due_at=dossier.due_at,
        promised_at=clock.promised_at if clock else None,
        finished_at=dossier.finished_at, returned_at=dossier.returned_at,
        clock=_clock(clock, status, now),
        fee=_fee(dossier, pack, known),
        speaks=filed_or_asked(actor, dossier), is_applicant=case.is_applicant,
        components=_to_ask(dossier, pack, known),
        bases={p.key: p.source.text for p in pack.papers},
        reasons={p.key: p.reasons for p in pack.papers if p.reasons},
        awaited=tuple((p.key, p.name) for p in pack.papers if p.key in case.awaited),
        answers=lines_of(pack.form, known, communes),
        papers=_papers(dossier, pack),
        timeline=_timeline(events, pack, agencies),
        version=events[-1].sequence if events else 0,
        steps=tuple(step_view(s, pack, agencies, now) for s in steps),
        actions=_actions(case, actor),
        result=_result(dossier, now),
        supplement=_supplement(dossier, pack),
        decisions=_decisions(dossier, agencies[dossier.agency_id]),
        makes_result=pack.result is not None, by_filing=pack.by_filing,
        grounds=_grounds(pack, status, local_day(now)),
        slips=slip_views(dossier, actor), reachable=bool(contact_questions(pack.form)),
        warnings=warned_of(dossier, pack, facts), **_filed(dossier),
    )  # fmt: skip


def _filed(dossier: Dossier) -> dict[str, str]:
    """Who filed for somebody else, and who stands for a business; always shown."""
    mandate, filer = dossier.mandate, dossier.filed_by_user
    other = dossier.filed_by == Dossier.FiledBy.HELPED or mandate is not None
    return {
        "filer": filer.get_full_name() if filer is not None and other else "",
        "representative": f"{mandate.representative.full_name}, {mandate.capacity}" if mandate else "",
    }


def _to_ask(dossier: Dossier, pack: Pack, known: dict[str, Any]) -> tuple[tuple[str, Text], ...]:
    fit = {p.key for p in papers_to_ask(pack, known)}
    fit |= {row.component for row in dossier.papers.all()}
    return tuple((p.key, p.name) for p in pack.papers if p.key in fit)


def _decisions(dossier: Dossier, agency: AgencyRef) -> tuple[DecisionView, ...]:
    rows = sorted(dossier.decisions.all(), key=lambda d: d.pk)
    return tuple(
        DecisionView(
            d.kind, d.reason, d.clause, d.at, d.by.get_full_name(), d.new_due_at,
            complaint_lines(agency.name, local_day(d.at)) if d.kind in REFUSALS else (),
            d.kind == "apologise" and dossier.due_at is not None and d.at > dossier.due_at,
        )
        for d in rows
    )  # fmt: skip


def _grounds(pack: Pack, status: Status, today: date) -> tuple[tuple[str, Text, str], ...]:
    """Published grounds of refusal: those of the procedure, and at intake those that all procedures know."""
    found = grounds_on(pack, today) + (general_grounds(today) if status == Status.NEW else ())
    return tuple((g.key, g.text, g.clause) for g in found)


def warned_of(dossier: Dossier, pack: Pack, facts: Mapping[str, Any]) -> tuple[Text, ...]:
    """What checks of the form warned of, by the moment of filing; no gaps and doubts stand on a proof."""
    if not warns(pack.form):
        return ()
    then = {**facts, "today": local_day(dossier.submitted_at).isoformat()}
    warnings = validate_answers(pack.form, facts["answers"], then).warnings
    return tuple(w.message for w in warnings if w.check)


def _fee(dossier: Dossier, pack: Pack, known: dict[str, Any]) -> FeeView:
    """What was fixed at filing; its note in both languages while the frozen pack still says the same."""
    owed = fee_of(pack, known)
    said = owed.note
    same = said.vi[:500] == dossier.fee_note
    note = said if same else Text(dossier.fee_note, dossier.fee_note)
    rows = dossier.fee_receipts.select_related("agency").order_by("pk") if dossier.fee_taken else ()
    taken = tuple(FeeTakenView(r.amount, r.number, r.taken_at, r.agency.identifier, r.moment) for r in rows)
    return FeeView(dossier.fee, note, dossier.fee_taken, taken, owed.sure)


def _clock(clock: ClockRow | None, status: Status, now: datetime) -> ClockView | None:
    if clock is None:
        return None
    until = clock.stopped_at or now
    counted = calendar(clock.agency_id, clock.unit, clock.started_at, until)
    used = used_minutes(counted, started_at=clock.started_at, until=until, pauses=clock.intervals)
    left = minutes_of(clock.amount, clock.unit) - used
    late = left < 0 if status in DECIDED else (not clock.paused and now > clock.due_at)
    pauses = tuple(PauseView(*p) for p in clock.pauses)
    return ClockView(
        clock.started_at, clock.amount, clock.unit.value, clock.due_at, clock.paused,
        clock.stopped_at is not None, left, late, pauses,
    )  # fmt: skip


def _label(pack: Pack, component: str) -> Text:
    return next((p.name for p in pack.papers if p.key == component), Text(component, component))


def _papers(dossier: Dossier, pack: Pack) -> tuple[PaperView, ...]:
    rows = sorted(dossier.papers.all(), key=lambda p: p.pk)
    return tuple(
        PaperView(
            str(r.paper_id) if r.paper_id else None, r.component, _label(pack, r.component),
            r.paper.name if r.paper else r.note, r.paper.state if r.paper else "", r.copy_kind,
        )
        for r in rows
    )  # fmt: skip


def _timeline(
    events: tuple[EventRecord, ...], pack: Pack, agencies: dict[int, AgencyRef]
) -> tuple[TimelineEntry, ...]:
    entries, names = [], {a.identifier: a.name for a in agencies.values()}
    for event in events:
        title = TITLES.get(event.kind)
        if title is not None:
            name = step_name(str(event.data.get("step", "")), pack) if event.data.get("step") else None
            entries.append(
                TimelineEntry(
                    event.at,
                    event.kind,
                    title,
                    detail_of(event.kind, event.data, name),
                    who(event.actor, names),
                )
            )
    return tuple(entries)


def _actions(case: Case, actor: Actor) -> tuple[ActionOffer, ...]:
    found = []
    for action, refusal in offers(case, actor):
        step = next((s.key for s in case.steps if not s.waiting and may_work(s, actor)), "")
        why = Text("", "") if refusal is None else refusal.cause
        code = "" if refusal is None else refusal.code
        fields = ACTION_FIELDS[action]
        found.append(
            ActionOffer(action.value, ACTION_LABELS[action], refusal is None, why, code, step, fields)
        )
    return tuple(found)


def _result(dossier: Dossier, now: datetime) -> ResultView | None:
    if not dossier.result_token:
        return None
    ref = issued(dossier.result_token)
    return ResultView(
        ref.token, ref.number, ref.title, ref.verify_url, ref.issued_at, ref.valid_until_on,
        verification_state(ref, now),
    )  # fmt: skip


def _supplement(dossier: Dossier, pack: Pack) -> SupplementView | None:
    rows = sorted(dossier.supplement_requests.all(), key=lambda r: r.pk)
    if not rows:
        return None
    last, papers = rows[-1], {p.key: p for p in pack.papers}
    items = tuple(_asked_item(i, papers.get(i.get("component", ""))) for i in last.items)
    return SupplementView(items, last.requested_at, last.answered_at, last.answer)


def _asked_item(item: dict[str, str], paper: PaperDef | None) -> SupplementItem:
    """One thing asked for; a reason of the pack brings its own clause."""
    own = next((r for r in paper.reasons if r.key == item.get("reason")), None) if paper else None
    basis = (own.clause if own else "") or (paper.source.text if paper else "")
    label = paper.name if paper else Text(item.get("component", ""), item.get("component", ""))
    why = own.label if own else Text("", "")
    return SupplementItem(
        item.get("component", ""), label, item.get("reason", ""), item.get("text", ""), basis, why
    )
