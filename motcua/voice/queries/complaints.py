"""Complaints for their authors and for those who settle them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.agencies.queries import AgencyRef, agency_by_id
from motcua.core.actor import Actor, Reading
from motcua.core.pages import Page
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.voice.access import DECIDING, decides, oversees
from motcua.voice.models import Complaint
from motcua.voice.queries.attachments import AttachmentView, in_order
from motcua.voice.rules.complaints import AGAINST, STATES, ComplaintAct, ComplaintState, possible

OPEN = (ComplaintState.FILED, ComplaintState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """One complaint; ``acts`` are what this reader may do now."""

    code: str
    dossier: str
    agency: AgencyRef
    against: Text
    words: str
    wanted: str
    state: str
    state_text: Text
    filed_at: datetime
    accept_due_at: datetime
    accepted_at: datetime | None
    decide_due_at: datetime | None
    ended_at: datetime | None
    decision: str
    due_at: datetime | None
    late: bool
    acts: tuple[str, ...]
    own: bool
    for_desk: bool  # of those who settle it
    attachments: tuple[AttachmentView, ...]  # for the author and those who settle it
    stripped_at: datetime | None  # when words and files were deleted


def _rows() -> QuerySet[Complaint]:
    return Complaint.objects.select_related("agency").prefetch_related("attachments__paper")


def complaint_for(code: str, *, actor: Actor, now: datetime) -> ComplaintView:
    """For its author, those who settle it and leaders above; raises ``NotFound``."""
    row = _rows().filter(code=code).first()
    if row is None:
        raise NotFound
    own = actor.user_id is not None and actor.user_id == row.author_id
    if not (own or decides(actor, row.agency_id) or oversees(actor, row.agency.path)):
        raise NotFound
    if not own:
        actor.note(Reading("complaint", row.code, dossier=row.dossier, why="deciding"))
    return _view(row, actor, now)


def complaints_of(dossier: str, *, actor: Actor, now: datetime) -> tuple[ComplaintView, ...]:
    """One's own about a dossier, oldest first."""
    if actor.user_id is None:
        return ()
    rows = _rows().filter(dossier=dossier, author_id=actor.user_id)
    return tuple(_view(row, actor, now) for row in rows.order_by("pk"))


def complaints_at(actor: Actor, *, limit: int = 50, now: datetime) -> Page[ComplaintView]:
    """What waits for a decision of the actor, by deadline."""
    rows = _rows().filter(agency_id__in=actor.agency_ids(*DECIDING), state__in=OPEN)
    return Page(tuple(_view(row, actor, now) for row in rows.order_by("accept_due_at", "pk")[:limit]))


def _view(row: Complaint, actor: Actor, now: datetime) -> ComplaintView:
    own = actor.user_id is not None and actor.user_id == row.author_id
    desk = decides(actor, row.agency_id)
    may = {ComplaintAct.WITHDRAW} if own else set()
    may |= set(ComplaintAct) - {ComplaintAct.WITHDRAW} if desk else set()
    due = {ComplaintState.FILED: row.accept_due_at, ComplaintState.ACCEPTED: row.decide_due_at}.get(
        ComplaintState(row.state)
    )
    return ComplaintView(
        code=row.code,
        dossier=row.dossier,
        agency=agency_by_id(row.agency_id),
        against=AGAINST[row.against],
        words=row.words,
        wanted=row.wanted,
        state=row.state,
        state_text=STATES[ComplaintState(row.state)],
        filed_at=row.filed_at,
        accept_due_at=row.accept_due_at,
        accepted_at=row.accepted_at,
        decide_due_at=row.decide_due_at,
        ended_at=row.ended_at,
        decision=row.decision,
        due_at=due,
        late=due is not None and due < now,
        acts=tuple(act.value for act in possible(row.state) if act in may),
        own=own,
        for_desk=desk,
        attachments=in_order(row.attachments.all()) if own or desk else (),
        stripped_at=row.stripped_at,
    )
