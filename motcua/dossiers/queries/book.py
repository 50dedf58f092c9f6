"""The follow-up book (slip 06): what an agency's desk took in, by number, over a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries import AgencyRef, agencies_by_id, agency
from motcua.core.actor import Actor, Reading, Role
from motcua.core.formal import date_words
from motcua.core.periods import VIETNAM, Period, end_of, start_of
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents.operations import set_slip
from motcua.documents.queries import SlipRef, slips_issued
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.slip_forms import slip_forms
from motcua.dossiers.queries.slip_words import head_words
from motcua.dossiers.rules.slips import BOOK, RECEIPT
from motcua.dossiers.rules.timeline import OUTCOMES
from motcua.process.queries import promises

MOST_LINES = 1000  # of one printed book: about forty pages
PAGE = 100


@dataclass(frozen=True, slots=True)
class BookLine:
    """One dossier of the book. ``promised_at`` is the newest promise, ``note`` how it ended."""

    number: str
    code: str
    procedure: Text
    applicant_name: str
    deciding: Text
    received_at: datetime
    promised_at: datetime | None
    returned_at: datetime | None
    note: Text


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
    identifier: str, period: Period, *, actor: Actor, after: int = 0, limit: int = PAGE
) -> FollowUpBook:
    """Dossiers that an agency's desk took in during whole days, in the order of their receipts.

    Constant in the number of dossiers. ``NotFound`` for an agency whose book is not the actor's to read.
    """
    here = agency(identifier)
    if here.id not in {a.id for a in books_of(actor)}:
        raise NotFound
    slips = slips_issued(
        agency_id=here.id, kind=RECEIPT, since=start_of(period.first), until=end_of(period.last),
        after=after, limit=limit + 1,
    )  # fmt: skip
    shown = slips[:limit]
    following = shown[-1].id if len(slips) > limit else None
    if shown:
        actor.note(Reading("list", "", why="follow-up book", listed=tuple(s.reference for s in shown)))
    return FollowUpBook(here, period, _lines(tuple(s for s in shown)), following)


def _lines(slips: tuple[SlipRef, ...]) -> tuple[BookLine, ...]:
    codes = [s.reference for s in slips]
    rows = Dossier.objects.filter(code__in=codes).select_related("revision__procedure").order_by("id")
    dossiers = {d.code: d for d in rows}
    places, promised = agencies_by_id({d.agency_id for d in dossiers.values()}), promises(codes)
    return tuple(_line(s, dossiers[s.reference], places, promised.get(s.reference)) for s in slips)


def _line(
    slip: SlipRef, dossier: Dossier, places: Mapping[int, AgencyRef], promised: datetime | None
) -> BookLine:
    procedure = dossier.revision.procedure
    note = OUTCOMES.get(dossier.outcome, Text("", ""))
    if slip.corrected_by:
        note = Text(f"Thay bằng số {slip.corrected_by}", f"Replaced by {slip.corrected_by}")
    return BookLine(
        slip.number, dossier.code, Text(procedure.name_vi, procedure.name_en), dossier.applicant_name,
        places[dossier.agency_id].name, dossier.received_at or slip.issued_at, promised or dossier.due_at,
        dossier.returned_at, note,
    )  # fmt: skip


def book_pdf(identifier: str, period: Period, *, actor: Actor, now: datetime) -> bytes:
    """The whole book of a period as PDF; raises ``BookTooLong`` beyond ``MOST_LINES``."""
    book = follow_up_book(identifier, period, actor=actor, limit=MOST_LINES)
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
