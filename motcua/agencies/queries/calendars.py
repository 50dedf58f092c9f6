"""Working calendars of agencies, as they are fixed, kept by the process that has read them once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from motcua.agencies.models import Agency, CalendarDay, CalendarYear
from motcua.core.kept import Kept
from motcua.core.working_time import Calendar, Hours, parse_hours


def frozen_years() -> tuple[int, ...]:
    """The years whose calendar has been fixed."""
    return tuple(CalendarYear.objects.order_by("year").values_list("year", flat=True))


_CALENDARS: dict[tuple[object, ...], Calendar] = {}
MOST_CALENDARS = 2000


def _frozen(agency_id: int, first: int, last: int) -> "QuerySet[CalendarYear, Any]":
    path = Agency.objects.filter(pk=agency_id).values("path")[:1]
    rows = CalendarYear.objects.filter(year__gte=first, year__lte=last).order_by("year")
    return rows.values_list("year", "stamp", Subquery(path))


_FROZEN = Kept(_frozen, int, int, int)


def calendar_for(agency_id: int, years: Iterable[int]) -> Calendar:
    """The working calendar of an agency from the first to the last of some years: national days, then
    those of the agencies above, then its own.

    One query when it is known to this process, two when not. Years that are not fixed are not in
    it: a calculation that touches one raises ``YearNotFrozen``.
    """
    return _calendar(agency_id, _FROZEN.rows(agency_id, min(wanted := set(years)), max(wanted)))


def calendars_for(paths: Mapping[int, str], years: Iterable[int]) -> dict[int, Calendar]:
    """As ``calendar_for`` for several agencies, by id and tree path: one query when they are known."""
    first, last = min(wanted := set(years)), max(wanted)
    fixed = CalendarYear.objects.filter(year__gte=first, year__lte=last).order_by("year")
    rows = list(fixed.values_list("year", "stamp"))
    return {at: _calendar(at, [(*row, path) for row in rows]) for at, path in paths.items()}


def _calendar(agency_id: int, rows: Iterable[Sequence[object]]) -> Calendar:
    rows = [tuple(row) for row in rows]
    key = (agency_id, *rows)
    found = _CALENDARS.get(key)
    if found is None:
        if len(_CALENDARS) >= MOST_CALENDARS:
            _CALENDARS.clear()
        frozen = frozenset(int(str(row[0])) for row in rows)
        found = _CALENDARS[key] = Calendar(frozen, _days(agency_id, frozen))
    return found


def _days(agency_id: int, years: frozenset[int]) -> dict[date, Hours]:
    below = Agency.objects.filter(pk=agency_id, path__startswith=OuterRef("agency__path"))
    rows = CalendarDay.objects.filter(Q(agency__isnull=True) | Exists(below), on__year__in=years)
    days = rows.values_list("agency__depth", "on", "open_hours")
    return {on: parse_hours(hours) for depth, on, hours in sorted(days, key=lambda d: d[0] or 0)}
