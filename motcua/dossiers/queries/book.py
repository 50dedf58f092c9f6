"""The follow-up book (slip 06): what an agency's desk took in, by number, over a period."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from motcua.agencies.queries import AgencyRef, agencies_by_id, agency
from motcua.core.actor import Actor, Reading, Role
from motcua.core.formal import date_words
from motcua.core.periods import VIETNAM, Period, end_of, start_of
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents.operations import set_slip
from motcua.documents.queries import SlipRef, slips_issued
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.lines import DossierLine, lines_of
from motcua.dossiers.queries.naming import with_names
from motcua.dossiers.queries.slip_forms import slip_forms
from motcua.dossiers.queries.slip_words import head_words
from motcua.dossiers.queries.whole import CODE, OPEN, RUNNING
from motcua.dossiers.rules.slips import BOOK, RECEIPT
from motcua.dossiers.rules.status import DECIDED, Status
from motcua.process.queries.standing import asks_applicant, ended, stands_still

MOST_LINES = 1000  # of one printed book: about forty pages
PAGE = 100
BOOK_STATES = ("open", "overdue", "citizen", "return", "in_time", "late")


@dataclass(frozen=True, slots=True)
class BookLine:
    """One dossier of the book. ``promised_at`` is the newest promise, ``note`` how it ended.

    ``line`` is how it stands: step, holder, early or late.
    """

    number: str
    code: str
    procedure: Text
    applicant_name: str
    deciding: Text
    received_at: datetime
    promised_at: datetime | None
    returned_at: datetime | None
    note: Text
    line: DossierLine


@dataclass(frozen=True, slots=True)
class BookFilter:
    """To what the book is narrowed; empty: not. ``state`` is one of ``BOOK_STATES``."""

    procedure: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpBook:
    """A page of the book; ``next`` is the place after it, None at the end."""

    agency: AgencyRef
    period: Period
    lines: tuple[BookLine, ...]
    next: int | None


class BookTooLong(Refusal):
    """A printed book has an end."""

    code = "book_too_long"
    cause = Text(
        "Kỳ này có hơn {most} hồ sơ, quá nhiều cho một bản in.",
        "This period has more than {most} dossiers, too many for one print.",
    )
    next_step = Text("Chọn kỳ ngắn hơn.", "Choose a shorter period.")
    status = 422


def books_of(actor: Actor) -> tuple[AgencyRef, ...]:
    """The agencies whose book the actor may read: those where a post of their handling is held."""
    found = agencies_by_id(actor.agency_ids(Role.DESK, Role.SPECIALIST, Role.SIGNATORY, Role.LEADER))
    return tuple(sorted(found.values(), key=lambda a: a.identifier))


def follow_up_book(
    identifier: str, period: Period, *, by: BookFilter | None = None, actor: Actor, after: int = 0,
    limit: int = PAGE, now: datetime,
) -> FollowUpBook:  # fmt: skip
    """Dossiers that an agency's desk took in during whole days, in the order of their receipts.

    Constant in the number of dossiers. ``NotFound`` for an agency whose book is not the actor's to read.
    """
    here = agency(identifier)
    if here.id not in {a.id for a in books_of(actor)}:
        raise NotFound
    slips = slips_issued(
        agency_id=here.id, kind=RECEIPT, since=start_of(period.first), until=end_of(period.last),
        after=after, limit=limit + 1, references=_references(by, now),
    )  # fmt: skip
    shown = slips[:limit]
    following = shown[-1].id if len(slips) > limit else None
    if shown:
        actor.note(Reading("list", "", why="follow-up book", listed=tuple(s.reference for s in shown)))
    return FollowUpBook(here, period, _lines(shown, now), following)


def _references(by: BookFilter | None, now: datetime) -> "QuerySet[Dossier, str] | None":
    """The dossiers to which the book is narrowed, as a query; None: all."""
    if by is None or not (by.procedure or by.state):
        return None
    rows = Dossier.objects.all()
    if by.procedure:
        rows = rows.filter(procedure_code=by.procedure)
    states = {
        "open": Q(status__in=OPEN),
        "overdue": Q(status__in=RUNNING, due_at__lt=now) & ~Q(stands_still(CODE)),
        "citizen": Q(status=Status.SUPPLEMENT) | Q(asks_applicant(CODE), status=Status.IN_PROCESS),
        "return": Q(status=Status.PROCESSED),
        "in_time": Q(ended(CODE, late=False), status__in=DECIDED),
        "late": Q(ended(CODE, late=True), status__in=DECIDED),
    }
    return rows.filter(states.get(by.state, Q())).values_list("code", flat=True)


def _lines(slips: tuple[SlipRef, ...], now: datetime) -> tuple[BookLine, ...]:
    codes = [s.reference for s in slips]
    rows = list(with_names(Dossier.objects.filter(code__in=codes)).defer("answers_sealed").order_by("id"))
    lines = {line.code: line for line in lines_of(rows, now)}
    return tuple(_line(slip, lines[slip.reference]) for slip in slips)


def _line(slip: SlipRef, line: DossierLine) -> BookLine:
    note = line.outcome_text
    if slip.corrected_by:
        note = Text(f"Thay bằng số {slip.corrected_by}", f"Replaced by {slip.corrected_by}")
    return BookLine(
        slip.number, line.code, line.procedure_name, line.applicant_name, line.agency_name,
        line.received_at or slip.issued_at, line.promised_at or line.due_at, line.returned_at, note, line,
    )  # fmt: skip


def book_pdf(identifier: str, period: Period, *, actor: Actor, now: datetime) -> bytes:
    """The whole book of a period as PDF; raises ``BookTooLong`` beyond ``MOST_LINES``."""
    book = follow_up_book(identifier, period, actor=actor, limit=MOST_LINES, now=now)
    if book.next is not None:
        raise BookTooLong(most=MOST_LINES)
    form = slip_forms()[BOOK]
    fields = {
        **head_words(book.agency, BOOK, actor.name, now), "number": "không đánh số",
        "first": date_words(period.first), "last": date_words(period.last), "count": len(book.lines),
        "rows": [_row(line) for line in book.lines],
    }  # fmt: skip
    return set_slip(BOOK, fields, title=form.title.vi, agency_name=book.agency.name.vi, now=now)


def _row(line: BookLine) -> dict[str, str]:
    return {
        "number": line.number, "code": line.code, "procedure": line.procedure.vi, "name": line.applicant_name,
        "deciding": line.deciding.vi, "received": _moment(line.received_at),
        "promised": _moment(line.promised_at), "returned": _moment(line.returned_at), "note": line.note.vi,
    }  # fmt: skip


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if at else ""
