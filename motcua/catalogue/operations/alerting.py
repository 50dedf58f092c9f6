"""Telling those responsible that a decided procedure is overdue: it is not public yet."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from motcua.agencies.queries import agencies_by_id, agency_by_id, holders, subtree_ids
from motcua.catalogue.models import Publication
from motcua.core.actor import SYSTEM, Role
from motcua.core.periods import local_day
from motcua.events.operations import append
from motcua.notices.operations import queue
from motcua.people.queries import contact_of_user

LISTED = 20  # of one message; it says how many more there are


def alert_publications(*, now: datetime) -> int:
    """Tell each agency once of every decision of its own that is overdue (766 1.2); how many were told of.

    One message a person lists all that became overdue since the last. An agency at which nobody holds a
    post that answers for it is told when somebody does. Its event says how many people were told.
    """
    on = local_day(now)
    agencies = _overdue(on).order_by("agency_id").values_list("agency_id", flat=True).distinct()
    return sum(_alert(agency_id, on, now) for agency_id in list(agencies))


def _overdue(on: date) -> QuerySet[Publication]:
    """Decisions whose last day has passed, that are not public and that nobody was told of."""
    rows = Publication.objects.filter(public_on=None, public_by__lt=on, alerted_on=None)
    return rows.exclude(kind=Publication.Kind.ABOLISHED)


@transaction.atomic
def _alert(agency_id: int, on: date, now: datetime) -> int:
    users = _who(agency_id, now)
    if not users:
        return 0
    waiting = _overdue(on).filter(agency_id=agency_id).select_for_update(of=("self",))
    rows = list(waiting.select_related("procedure").order_by("public_by", "pk"))
    if not rows:  # another worker was faster
        return 0
    for user_id in users:
        _tell(user_id, rows, now)
    Publication.objects.filter(pk__in=[row.pk for row in rows]).update(alerted_on=on)
    data = {"agency": agency_by_id(agency_id).identifier, "overdue": len(rows), "told": len(users)}
    append(stream="catalogue", kind="catalogue.publications_alerted", data=data, actor=SYSTEM, now=now)
    return len(rows)


def _who(agency_id: int, now: datetime) -> list[int]:
    """The leaders of an agency, and the controllers of procedures there and in its departments.

    A department serves no place: at a province controllers sit in its office, not at its own identifier.
    """
    below = agencies_by_id(subtree_ids(agency_by_id(agency_id).identifier)).values()
    near = {agency_id, *(one.id for one in below if one.serves_code is None)}
    found = {holder.user_id for holder in holders(agency_id, Role.LEADER, now=now)}
    return sorted(found.union(h.user_id for one in near for h in holders(one, Role.CONTROLLER, now=now)))


def _tell(user_id: int, rows: Sequence[Publication], now: datetime) -> None:
    contact, first = contact_of_user(user_id), rows[0]
    english = contact.locale == "en"
    items = [
        {
            "name": (row.procedure.name_en if english else "") or row.procedure.name_vi,
            "code": row.procedure.code, "decision": row.decision, "by": f"{row.public_by:%d/%m/%Y}",
        }
        for row in rows[:LISTED]
    ]  # fmt: skip
    queue(
        key=f"publication:{first.pk}:{now:%Y%m%d}:{user_id}", user_id=user_id, template="publication",
        locale=contact.locale, reference="", now=now,
        context={
            "count": len(rows), "procedures": items, "more": len(rows) - len(items),
            "agency": agency_by_id(first.agency_id).name.to(contact.locale),
            "link": f"{settings.PUBLIC_URL}/bang-dieu-hanh/cong-bo/",
        },
    )  # fmt: skip
