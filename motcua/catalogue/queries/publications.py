"""Decisions that published procedures: for those who count them, and for the page that tracks them."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from motcua.catalogue.models import LawDocument, Publication
from motcua.catalogue.queries.published import Published, published
from motcua.catalogue.rules.completeness import PARTS
from motcua.catalogue.rules.publications import public_in_time
from motcua.core.actor import Actor
from motcua.core.pages import Page
from motcua.core.texts import Text

_COLUMNS = (
    "procedure__code", "procedure__name_vi", "procedure__name_en", "agency_id", "agency__identifier", "kind",
    "decision", "decided_on", "effective_on", "decide_by", "public_on", "public_by", "legal", "alerted_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicationItem:
    """One decision on one procedure; ``decided_in_time`` None: the effect is not known."""

    procedure: str
    name: Text
    agency_id: int
    agency: str
    kind: str
    decision: str
    decided_on: date
    effective_on: date | None
    decide_by: date | None
    public_on: date | None
    public_by: date
    legal: str
    decided_in_time: bool | None
    public_in_time: bool
    alerted_on: date | None = None  # when those responsible were told that it is overdue
    missing: tuple[Text, ...] = ()  # parts that its record does not publish


@dataclass(frozen=True, slots=True)
class Alerts:
    """What is not public: overdue, and still in time; both on a day."""

    overdue: int
    waiting: int


def publications(first: date, last: date) -> list[PublicationItem]:
    """Every decision that was made, became public or was to become public in a period, oldest first."""
    days = (first, last)
    rows = Publication.objects.filter(
        Q(decided_on__range=days) | Q(public_on__range=days) | Q(public_on=None, public_by__range=days)
    )
    return [_item(*row) for row in rows.order_by("decided_on", "pk").values_list(*_COLUMNS)]


def tracked(
    first: date, last: date, *, late_only: bool = False, after: str | None = None, limit: int = 50,
    actor: Actor,
) -> Page[PublicationItem]:  # fmt: skip
    """Decisions of a period, newest first, with the parts that are not published; for everybody."""
    told = published()
    found = [
        item
        for item in reversed(publications(first, last))
        if not late_only or item.decided_in_time is False or not item.public_in_time
    ]
    start = int(after) if after and after.isascii() and after.isdigit() and len(after) < 9 else 0
    shown = tuple(_with_parts(item, told.get(item.procedure)) for item in found[start : start + limit])
    return Page(shown, str(start + limit) if len(found) > start + limit else None)


def publication_alerts(on: date, *, actor: Actor) -> Alerts:
    """How many decided procedures are not public yet."""
    waiting = Publication.objects.filter(public_on=None).exclude(kind=Publication.Kind.ABOLISHED)
    late = waiting.filter(public_by__lt=on).count()
    return Alerts(late, waiting.count() - late)


def _with_parts(item: PublicationItem, told: Published | None) -> PublicationItem:
    missing = tuple(PARTS[part] for part in told.missing) if told else ()
    return replace(item, missing=missing)


def law_documents(numbers: set[str]) -> dict[str, tuple[Text, date | None, date | None]]:
    """Title and days of effect of some documents, by number."""
    rows = LawDocument.objects.filter(number__in=sorted(numbers)).order_by("number")
    return {row.number: (Text(row.title, row.title), row.effective_on, row.expires_on) for row in rows}


def _item(
    code: str, name_vi: str, name_en: str, agency_id: int, agency: str, kind: str, decision: str,
    decided_on: date, effective_on: date | None, decide_by: date | None, public_on: date | None,
    public_by: date, legal: str, alerted_on: date | None,
) -> PublicationItem:  # fmt: skip
    return PublicationItem(
        procedure=code,
        name=Text(name_vi, name_en),
        agency_id=agency_id,
        agency=agency,
        kind=kind,
        decision=decision,
        decided_on=decided_on,
        effective_on=effective_on,
        decide_by=decide_by,
        public_on=public_on,
        public_by=public_by,
        legal=legal,
        decided_in_time=None if decide_by is None else decided_on <= decide_by,
        public_in_time=public_in_time(public_on, public_by),
        alerted_on=alerted_on,
    )
