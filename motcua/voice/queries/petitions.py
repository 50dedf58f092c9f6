"""Petitions as their authors, the public and the desk may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.agencies.queries import AgencyRef, agencies_by_id
from motcua.core.actor import Actor, Reading
from motcua.core.pages import Page
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.voice.access import HANDLING, handles, oversees
from motcua.voice.models import Petition, Reaction
from motcua.voice.queries.attachments import AttachmentView, in_order
from motcua.voice.queries.authors import is_author
from motcua.voice.rules.petitions import (
    AUTHORS,
    KINDS,
    OFFICERS,
    STATES,
    Course,
    Kind,
    State,
    deadline,
    possible,
)

OPEN = (State.RECEIVED, State.MORE_ASKED)


@dataclass(frozen=True, slots=True)
class PetitionItem:
    """A line of a list."""

    code: str
    title: str
    kind: Text
    agency: AgencyRef
    state: str
    state_text: Text
    received_at: datetime
    due_at: datetime | None
    late: bool
    likes: int
    dislikes: int
    answer: str


@dataclass(frozen=True, slots=True)
class PetitionView:
    """One petition; words and names of the author only for the author and the desk."""

    item: PetitionItem
    words: str
    name: str  # for the desk
    procedure: str
    dossier: str
    question: str
    more: str
    consent: bool
    repeats: str
    refuse_due_at: datetime
    ask_due_at: datetime
    answer_due_at: datetime
    history: tuple[tuple[datetime, Text], ...]
    acts: tuple[str, ...]  # what this reader may do now
    own: bool
    for_desk: bool  # of an officer who handles it
    reaction: bool | None  # this reader's own
    reacts: bool
    attachments: tuple[AttachmentView, ...]  # for the author and the desk
    stripped_at: datetime | None  # when words, names and files were deleted


def petition_for(code: str, *, actor: Actor, token: str = "", now: datetime) -> PetitionView:
    """One petition: for its author, its desk, leaders above; for everybody once it is published.

    Raises ``NotFound``.
    """
    row = Petition.objects.select_related("repeats", "agency").filter(code=code).first()
    if row is None:
        raise NotFound
    own, desk = is_author(row, actor, token), handles(actor, row.agency_id)
    officer = desk or oversees(actor, row.agency.path)
    if not (own or officer or row.state == State.PUBLISHED):
        raise NotFound
    if officer and not own:
        actor.note(Reading("petition", row.code, dossier=row.dossier, why="deciding" if desk else "above"))
    return _view(row, actor, own=own, desk=desk, officer=officer, now=now)


def _view(
    row: Petition, actor: Actor, *, own: bool, desk: bool, officer: bool, now: datetime
) -> PetitionView:
    may = {act for act in OFFICERS if desk} | {act for act in AUTHORS if own}
    can = possible(row.state, consent=row.consent, asked=row.asked_at is not None)
    mine = Reaction.objects.filter(petition=row, user_id=actor.user_id).first() if actor.user_id else None
    settled = row.state == State.PUBLISHED or (own and row.state == State.ANSWERED)
    return PetitionView(
        item=_item(row, agencies_by_id({row.agency_id}), now),
        words=row.words if own or officer or row.consent else "",
        name=(row.name or (row.author.get_full_name() if row.author else "")) if officer else "",
        procedure=row.procedure,
        dossier=row.dossier if own or officer else "",
        question=row.question,
        more=row.more if own or officer else "",
        consent=row.consent,
        repeats=row.repeats.code if row.repeats and (own or officer) else "",
        refuse_due_at=row.refuse_due_at,
        ask_due_at=row.ask_due_at,
        answer_due_at=row.answer_due_at,
        history=_history(row),
        acts=tuple(act.value for act in can if act in may),
        own=own,
        for_desk=desk,
        reaction=mine.likes if mine else None,
        reacts=settled and actor.user_id is not None and row.stripped_at is None,
        attachments=_files(row) if own or desk else (),
        stripped_at=row.stripped_at,
    )


def _files(row: Petition) -> tuple[AttachmentView, ...]:
    return in_order(row.attachments.select_related("paper").order_by("pk"))


def _history(row: Petition) -> tuple[tuple[datetime, Text], ...]:
    ended = (
        STATES[State(row.state)] if row.state in {State.REFUSED, State.WITHDRAWN} else STATES[State.ANSWERED]
    )
    steps = (
        (row.received_at, Text("Đã nhận phản ánh", "Received")),
        (row.asked_at, Text("Yêu cầu bổ sung", "More was asked for")),
        (row.given_at, Text("Người gửi đã bổ sung", "Its author said more")),
        (row.ended_at, ended),
        (row.published_at, STATES[State.PUBLISHED]),
    )
    return tuple((at, text) for at, text in steps if at is not None)


def course_of(row: Petition) -> Course:
    """The moments that its clocks compare."""
    return Course(
        State(row.state), row.refuse_due_at, row.ask_due_at, row.answer_due_at, row.publish_due_at,
        row.asked_at, row.ended_at, row.published_at,
    )  # fmt: skip


def _item(row: Petition, agencies: dict[int, AgencyRef], now: datetime) -> PetitionItem:
    due = deadline(course_of(row))
    shown = row.state in {State.REFUSED, State.ANSWERED, State.PUBLISHED}
    return PetitionItem(
        code=row.code,
        title=row.title or row.code,
        kind=KINDS[Kind(row.kind)],
        agency=agencies[row.agency_id],
        state=row.state,
        state_text=STATES[State(row.state)],
        received_at=row.received_at,
        due_at=due,
        late=due is not None and due < now,
        likes=row.likes,
        dislikes=row.dislikes,
        answer=row.answer if shown else "",
    )


def _page(rows: QuerySet[Petition], after: str | None, limit: int, now: datetime) -> Page[PetitionItem]:
    """Newest first; ``after`` is an id, a wrong one starts anew."""
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows.order_by("-pk")[: limit + 1])
    agencies = agencies_by_id({row.agency_id for row in found})
    items = tuple(_item(row, agencies, now) for row in found[:limit])
    return Page(items, str(found[limit - 1].pk) if len(found) > limit else None)


def published_petitions(*, after: str | None = None, limit: int = 20, now: datetime) -> Page[PetitionItem]:
    """Answers that were published, newest petition first; for everybody."""
    return _page(Petition.objects.filter(state=State.PUBLISHED), after, limit, now)


def petitions_of(
    actor: Actor, *, after: str | None = None, limit: int = 20, now: datetime
) -> Page[PetitionItem]:
    """What this account sent, newest first."""
    if actor.user_id is None:
        return Page(())
    return _page(Petition.objects.filter(author_id=actor.user_id), after, limit, now)


def petitions_at(
    actor: Actor, *, settled: bool = False, after: str | None = None, limit: int = 50, now: datetime
) -> Page[PetitionItem]:
    """What waits at the actor's agencies, by deadline (or what was settled there, newest first)."""
    here = Q(agency_id__in=actor.agency_ids(*HANDLING))
    if settled:
        return _page(Petition.objects.filter(here).exclude(state__in=OPEN), after, limit, now)
    waiting = Petition.objects.filter(here, Q(state__in=OPEN) | Q(state=State.ANSWERED, consent=True))
    found = list(waiting.order_by("answer_due_at", "pk")[:limit])
    agencies = agencies_by_id({row.agency_id for row in found})
    return Page(tuple(_item(row, agencies, now) for row in found))


def codes_complained_of(codes: Iterable[str]) -> frozenset[str]:
    """Those of some dossiers about which there is a petition that was not withdrawn."""
    rows = Petition.objects.filter(dossier__in=sorted(set(codes))).exclude(state=State.WITHDRAWN)
    return frozenset(rows.order_by("dossier").values_list("dossier", flat=True))
