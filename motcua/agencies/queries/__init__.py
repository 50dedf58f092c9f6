"""Reads of agencies, posts and calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from motcua.agencies.models import Agency, Desk, Post
from motcua.agencies.queries.actors import actor_by_token as actor_by_token
from motcua.agencies.queries.actors import actor_for as actor_for
from motcua.agencies.queries.actors import in_force
from motcua.agencies.queries.calendars import calendar_for as calendar_for
from motcua.agencies.queries.calendars import frozen_years as frozen_years
from motcua.core.actor import Role
from motcua.core.kept import Kept
from motcua.core.periods import local_day
from motcua.core.references import root_of
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.people.queries import accounts_by_id


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """An agency. ``path`` is its tree path, ``root`` the identifier of its ministry or province.

    ``made_up`` says that the identifier is this demo's own: screens show it.
    """

    id: int
    identifier: str
    name: Text
    level: str
    path: str
    root: str
    made_up: bool
    serves_code: str | None
    serves_name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class DeskRef:
    """A one-stop desk of an agency."""

    id: int
    agency: str
    name: Text
    address: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a role at an agency today."""

    user_id: int
    username: str
    name: str
    role: Role


def _ref(row: Agency) -> AgencyRef:
    place = row.serves
    return AgencyRef(
        id=row.pk,
        identifier=row.identifier,
        name=Text(row.name_vi, row.name_en),
        level=row.level,
        path=row.path,
        root=root_of(row.identifier),
        made_up=row.made_up,
        serves_code=place.code if place else None,
        serves_name=place.name if place else "",
        address=row.address,
        phone=row.phone,
    )


def _agencies() -> QuerySet[Agency]:
    rows: QuerySet[Agency] = Agency.objects.select_related("serves").order_by("identifier")
    return rows


def _one(row: Agency | None) -> AgencyRef:
    if row is None:
        raise NotFound
    return _ref(row)


def agency(identifier: str) -> AgencyRef:
    """An agency by identifier; raises ``NotFound``."""
    return _one(next(iter(_NAMED.objects(identifier)), None))


def agency_by_id(agency_id: int) -> AgencyRef:
    """An agency by row id; raises ``NotFound``."""
    return _one(next(iter(_NUMBERED.objects(agency_id)), None))


_NAMED = Kept(lambda identifier: _agencies().filter(identifier=identifier), str)
_NUMBERED = Kept(lambda number: _agencies().filter(pk=number), int)


def agencies_by_id(ids: Iterable[int]) -> dict[int, AgencyRef]:
    """Agencies by row id, in one query; unknown ids are left out."""
    wanted = sorted(set(ids))
    if not 0 < len(wanted) <= _FEW:
        return {row.pk: _ref(row) for row in _agencies().filter(pk__in=wanted)}
    padded = (wanted * _FEW)[:_FEW]
    return {row.pk: _ref(row) for row in _SOME.objects(*padded)}


_FEW = 4
_SOME = Kept(lambda a, b, c, d: _agencies().filter(Q(pk=a) | Q(pk=b) | Q(pk=c) | Q(pk=d)), int, int, int, int)


def agencies_by_identifier(wanted: Iterable[str]) -> dict[str, AgencyRef]:
    """Agencies by identifier, in one query; unknown ones are left out."""
    return {row.identifier: _ref(row) for row in _agencies().filter(identifier__in=sorted(set(wanted)))}


def identifiers() -> tuple[str, ...]:
    """The identifiers of all agencies, sorted."""
    return tuple(Agency.objects.order_by("identifier").values_list("identifier", flat=True))


def agency_names(*, on: date) -> tuple[tuple[str, str, str], ...]:
    """Identifier, Vietnamese and English name of every agency in being on a day, by identifier."""
    rows = Agency.objects.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
    rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on)).order_by("identifier")
    return tuple(rows.values_list("identifier", "name_vi", "name_en"))


def subtree_ids(identifier: str) -> tuple[int, ...]:
    """Row ids of an agency and of all below it, sorted; raises ``NotFound``."""
    top = agency(identifier)
    rows = Agency.objects.filter(path__startswith=top.path).order_by("pk")
    return tuple(rows.values_list("pk", flat=True))


def parent(agency_id: int) -> AgencyRef | None:
    """The agency right above, or None at a root."""
    here = agency_by_id(agency_id)
    above = here.path[: -Agency.steplen]
    return _one(_agencies().filter(path=above).first()) if above else None


def roots() -> tuple[AgencyRef, ...]:
    """Ministries and provinces, by identifier."""
    return tuple(_ref(row) for row in _agencies().filter(depth=1))


def communes(parent_identifier: str) -> tuple[AgencyRef, ...]:
    """All agencies of commune level below an agency, by identifier; raises ``NotFound``."""
    top = agency(parent_identifier)
    rows = _agencies().filter(path__startswith=top.path, level=Agency.Level.COMMUNE)
    return tuple(_ref(row) for row in rows)


def agency_serving(unit_code: str, *, root: str, level: str = "commune") -> AgencyRef:
    """The agency of a tree (``root`` such as ``H43``) that serves a place; raises ``NotFound``."""
    top = agency(root)
    rows = _agencies().filter(serves__code=unit_code, path__startswith=top.path, level=level)
    return _one(rows.first())


def same_province(one_id: int, other_id: int) -> bool:
    """True when two agencies serve the same province: ministries' police and offices among them.

    Where an agency serves no known place, the root of its identifier counts.
    """
    rows = {
        row.pk: row for row in _agencies().select_related("serves__parent").filter(pk__in=(one_id, other_id))
    }
    homes = {_province(row) for row in rows.values()}
    roots_ = {root_of(row.identifier) for row in rows.values()}
    return bool(rows) and (len(roots_) == 1 if None in homes else len(homes) == 1)


def _province(row: Agency) -> str | None:
    place = row.serves
    while place is not None and place.level != "province":
        place = place.parent
    return place.code if place else None


def agencies(*, level: str = "") -> tuple[AgencyRef, ...]:
    """All agencies, by identifier; of one level when it is given."""
    rows = _agencies().filter(level=level) if level else _agencies()
    return tuple(_ref(row) for row in rows)


def desks(agency_id: int) -> tuple[DeskRef, ...]:
    """The desks of an agency, in the order in which they were opened."""
    rows = Desk.objects.filter(agency_id=agency_id).select_related("agency").order_by("pk")
    return tuple(
        DeskRef(r.pk, r.agency.identifier, Text(r.name_vi, r.name_en), r.address, r.phone, r.hours)
        for r in rows
    )


def desks_of(agency_ids: Iterable[int]) -> dict[int, tuple[DeskRef, ...]]:
    """The desks of several agencies, by the agency's id; agencies without one are absent."""
    rows = Desk.objects.filter(agency_id__in=set(agency_ids)).select_related("agency").order_by("pk")
    found: dict[int, tuple[DeskRef, ...]] = {}
    for r in rows:
        desk = DeskRef(r.pk, r.agency.identifier, Text(r.name_vi, r.name_en), r.address, r.phone, r.hours)
        found[r.agency_id] = (*found.get(r.agency_id, ()), desk)
    return found


def not_over(now: datetime) -> Q:
    """Posts held today or later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=local_day(now))


def holders(agency_id: int, *roles: Role, now: datetime) -> tuple[Holder, ...]:
    """Active accounts that hold one of ``roles`` (any when empty) at an agency today, by name."""
    rows = Post.objects.filter(in_force(local_day(now)), agency_id=agency_id, user__is_active=True)
    rows = rows.filter(role__in=[r.value for r in roles]) if roles else rows
    pairs = sorted(set(rows.values_list("user_id", "role")))
    names = accounts_by_id(tuple(user for user, _ in pairs))
    found = (Holder(user, names[user].username, names[user].name, Role(role)) for user, role in pairs)
    return tuple(sorted(found, key=lambda h: (h.name, h.user_id, h.role)))
