"""Services: which agency offers a procedure online, on which days, at which level."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from motcua.catalogue.models import Service
from motcua.core.kept import Kept
from motcua.core.texts import Text

RANK = {"information": 0, "partial": 1, "full": 2}


@dataclass(frozen=True, slots=True)
class ServiceRef:
    """A procedure as one agency offers it. ``level_declared`` None: nobody declared one."""

    procedure_code: str
    agency_id: int
    agency: str
    agency_name: Text
    level: str
    level_declared: str | None
    blockers: tuple[str, ...]
    revision_id: int | None
    valid_from: date
    valid_to: date | None
    place_code: str | None = None  # the unit that the agency serves


def in_force(on: date, prefix: str = "") -> Q:
    """Condition for rows whose days include ``on``; an open end counts as for ever."""
    return (Q(**{f"{prefix}valid_from__lte": on}) | Q(**{f"{prefix}valid_from__isnull": True})) & (
        Q(**{f"{prefix}valid_to__gte": on}) | Q(**{f"{prefix}valid_to__isnull": True})
    )


def service_for(procedure_code: str, agency_identifier: str, *, on: date) -> ServiceRef | None:
    """The service of one agency in force on a day, bound to the current revision; None when not offered."""
    rows = _ONE.rows(on, procedure_code, agency_identifier)
    return _ref(dict(zip(_COLUMNS, rows[0], strict=True))) if rows else None


def services_of(procedure_code: str, *, on: date) -> tuple[ServiceRef, ...]:
    """All services of a procedure in force on a day, by agency identifier."""
    rows = _EVERY.rows(on, procedure_code)
    return tuple(_ref(dict(zip(_COLUMNS, row, strict=True))) for row in rows)


def service_serving(procedure_code: str, unit_code: str, *, on: date) -> ServiceRef | None:
    """The service of the agency that serves a commune, in force on a day; None when none offers it."""
    return next((s for s in services_of(procedure_code, on=on) if s.place_code == unit_code), None)


def offered_at(agency_ids: Iterable[int], *, on: date) -> tuple[tuple[str, Text], ...]:
    """Code and name of what these agencies take in with a form, in force on a day, by code."""
    rows = _services(on).filter(agency_id__in=list(agency_ids)).exclude(level="information")
    named = rows.order_by("procedure__code").values_list(
        "procedure__code", "procedure__name_vi", "procedure__name_en"
    )
    return tuple((code, Text(vi, en)) for code, vi, en in named.distinct())


def highest(levels: Iterable[str]) -> str:
    """The highest of some levels; ``information`` when there is none."""
    return max(levels, key=lambda level: RANK.get(level, 0), default="information")


_COLUMNS = (
    "procedure__code",
    "agency_id",
    "agency__identifier",
    "agency__name_vi",
    "agency__name_en",
    "level",
    "level_declared",
    "blockers",
    "procedure__revisions__id",
    "valid_from",
    "valid_to",
    "agency__serves__code",
)


def _services(on: date) -> QuerySet[Service]:
    current = Q(procedure__revisions__closed_at__isnull=True)
    return Service.objects.filter(in_force(on), current)


def _one(on: date, procedure_code: str, agency_identifier: str) -> "QuerySet[Service, Any]":
    found = _services(on).filter(procedure__code=procedure_code, agency__identifier=agency_identifier)
    return found.order_by("-valid_from", "-id").values_list(*_COLUMNS)[:1]


def _every(on: date, procedure_code: str) -> "QuerySet[Service, Any]":
    found = _services(on).filter(procedure__code=procedure_code)
    return found.order_by("agency__identifier", "id").values_list(*_COLUMNS)


_ONE, _EVERY = Kept(_one, date, str, str), Kept(_every, date, str)


def _ref(row: dict[str, object]) -> ServiceRef:
    values = [row[c] for c in _COLUMNS]
    code, agency_id, agency, name_vi, name_en, level, declared, blockers, revision, first, last, place = (
        values
    )
    return ServiceRef(
        procedure_code=str(code),
        agency_id=int(str(agency_id)),
        agency=str(agency),
        agency_name=Text(str(name_vi), str(name_en)),
        level=str(level),
        level_declared=str(declared) or None,
        blockers=tuple(blockers) if isinstance(blockers, list) else (),
        revision_id=None if revision is None else int(str(revision)),
        valid_from=first if isinstance(first, date) else date.min,
        valid_to=last if isinstance(last, date) else None,
        place_code=None if place is None else str(place),
    )
