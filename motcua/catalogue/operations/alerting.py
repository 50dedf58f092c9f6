"""Telling those responsible of decided procedures: not public yet, nearly due, or published in part only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from motcua.agencies.queries import agencies_by_id, agency_by_id, calendar_for, holders, subtree_ids
from motcua.catalogue.gateways import alert_lead
from motcua.catalogue.models import Publication
from motcua.catalogue.queries.published import published
from motcua.catalogue.rules.completeness import PARTS
from motcua.catalogue.rules.publications import nears
from motcua.core.actor import SYSTEM, Role
from motcua.core.periods import local_day
from motcua.core.references import block_of
from motcua.events.operations import append
from motcua.notices.operations import queue
from motcua.people.queries import contact_of_user

LISTED = 20  # of one message; it says how many more there are


@dataclass(slots=True)
class _News:
    """What one agency is told of in one message: decisions, and of each the parts that are missing."""

    what: str  # "overdue", "near" or "parts"
    rows: list[Publication]
    parts: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by the row's number


_TEMPLATES = {"overdue": "publication", "near": "publication_near", "parts": "publication_parts"}


def alert_publications(*, now: datetime) -> int:
    """Tell each agency once of each decision of its own that is overdue (766 1.2), whose last day nears, or
    whose published record lacks parts (766 1.3); how many were told of.

    One message a person and matter lists all that is new since the last. An agency at which nobody holds a
    post that answers for it is told when somebody does. Its event says how many people were told.
    """
    on, lacking = local_day(now), _lacking()
    rows = _decided().order_by("agency_id").values_list("agency_id", flat=True).distinct()
    return sum(_alert(agency_id, lacking, on, now) for agency_id in list(rows))


def _decided() -> QuerySet[Publication]:
    return Publication.objects.exclude(kind=Publication.Kind.ABOLISHED)


def _lacking() -> dict[str, tuple[str, ...]]:
    """The parts that the current record of each procedure lacks, by code; complete ones are not here."""
    return {code: told.missing for code, told in published().items() if told.missing}


@transaction.atomic
def _alert(agency_id: int, lacking: dict[str, tuple[str, ...]], on: date, now: datetime) -> int:
    users = _who(agency_id, now)
    if not users:
        return 0
    locked = Publication.objects.filter(agency_id=agency_id).select_for_update(of=("self",))
    rows = list(locked.select_related("procedure").order_by("public_by", "pk"))
    news = [
        one for one in (_overdue(rows, on), _near(rows, agency_id, on), _parts(rows, lacking)) if one.rows
    ]
    for one in news:  # none when another worker was faster
        for user_id in users:
            _tell(user_id, one, now)
        _mark(one, on)
    if news:
        counts = {one.what: len(one.rows) for one in news}
        data = {"agency": agency_by_id(agency_id).identifier, **counts, "told": len(users)}
        append(stream="catalogue", kind="catalogue.publications_alerted", data=data, actor=SYSTEM, now=now)
    return sum(len(one.rows) for one in news)


def _overdue(rows: Sequence[Publication], on: date) -> _News:
    """Decisions whose last day has passed, that are not public and that nobody was told of."""
    return _News("overdue", [row for row in _waiting(rows) if row.public_by < on and not row.alerted_on])


def _near(rows: Sequence[Publication], agency_id: int, on: date) -> _News:
    """Decisions that are not public and whose last day nears, that nobody was told of."""
    waiting = [row for row in _waiting(rows) if row.public_by >= on and not row.near_alerted_on]
    if not waiting:
        return _News("near", [])
    days = [row.decided_on for row in waiting] + [row.public_by for row in waiting]
    calendar = calendar_for(agency_id, range(min(days).year - 1, max(days).year + 1))
    lead = alert_lead(on, block_of(agency_by_id(agency_id).identifier))
    return _News("near", [row for row in waiting if nears(calendar, row.public_by, on, lead)])


def _waiting(rows: Sequence[Publication]) -> list[Publication]:
    return [row for row in rows if row.public_on is None and row.kind != Publication.Kind.ABOLISHED]


def _parts(rows: Sequence[Publication], lacking: dict[str, tuple[str, ...]]) -> _News:
    """The newest decision on each procedure that is public and in force, with parts not told of before."""
    newest: dict[str, Publication] = {}
    told: dict[str, set[str]] = {}
    for row in sorted(rows, key=lambda row: (row.decided_on, row.pk)):
        newest[row.procedure.code] = row
        told.setdefault(row.procedure.code, set()).update(row.parts_told.split())
    found = {
        row.pk: missing
        for code, row in newest.items()
        if row.public_on and row.kind != Publication.Kind.ABOLISHED
        and (missing := tuple(part for part in lacking.get(code, ()) if part not in told[code]))
    }  # fmt: skip
    return _News("parts", [row for row in rows if row.pk in found], found)


def _mark(news: _News, on: date) -> None:
    """Note what was told, so that it is told once."""
    if news.what != "parts":
        name = "alerted_on" if news.what == "overdue" else "near_alerted_on"
        Publication.objects.filter(pk__in=[row.pk for row in news.rows]).update(**{name: on})
        return
    for row in news.rows:
        row.parts_told = " ".join((*row.parts_told.split(), *news.parts[row.pk]))
        row.save(update_fields=["parts_told"])


def _who(agency_id: int, now: datetime) -> list[int]:
    """The leaders of an agency, and the controllers of procedures there and in its departments.

    A department serves no place: at a province controllers sit in its office, not at its own identifier.
    """
    below = agencies_by_id(subtree_ids(agency_by_id(agency_id).identifier)).values()
    near = {agency_id, *(one.id for one in below if one.serves_code is None)}
    found = {holder.user_id for holder in holders(agency_id, Role.LEADER, now=now)}
    return sorted(found.union(h.user_id for one in near for h in holders(one, Role.CONTROLLER, now=now)))


def _tell(user_id: int, news: _News, now: datetime) -> None:
    contact, first = contact_of_user(user_id), news.rows[0]
    items = [_item(row, news.parts.get(row.pk, ()), contact.locale) for row in news.rows[:LISTED]]
    of = "" if news.what == "overdue" else f"{'.'.join((news.what, *news.parts.get(first.pk, ())))}:"
    queue(
        key=f"publication:{of}{first.pk}:{now:%Y%m%d}:{user_id}", user_id=user_id,
        template=_TEMPLATES[news.what], locale=contact.locale, reference="", now=now,
        context={
            "count": len(news.rows), "procedures": items, "more": len(news.rows) - len(items),
            "agency": agency_by_id(first.agency_id).name.to(contact.locale),
            "link": f"{settings.PUBLIC_URL}/bang-dieu-hanh/cong-bo/",
        },
    )  # fmt: skip


def _item(row: Publication, parts: tuple[str, ...], locale: str) -> dict[str, str]:
    english = locale == "en"
    return {
        "name": (row.procedure.name_en if english else "") or row.procedure.name_vi,
        "code": row.procedure.code, "decision": row.decision, "by": f"{row.public_by:%d/%m/%Y}",
        "parts": ", ".join(PARTS[part].to(locale) for part in parts),
    }  # fmt: skip
