"""Fixing the calendar: years, single days, weekdays."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.agencies import queries
from motcua.agencies.access import SET_DAYS
from motcua.agencies.gateways import national_calendar
from motcua.agencies.models import Agency, CalendarDay, CalendarYear
from motcua.agencies.operations.guarding import demand
from motcua.agencies.rules import in_a_holiday, weekdays_of
from motcua.core.actor import Actor, Role
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.core.working_time import HoursUnreadable, YearNotFrozen, format_hours, parse_hours
from motcua.events.operations import append

WORKING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)  # what one may stand in for


class HoursRefused(Refusal):
    """Opening hours that cannot be read."""

    code = "hours_unreadable"
    cause = Text("Không đọc được giờ làm việc: {hours}.", "These opening hours cannot be read: {hours}.")
    next_step = Text(
        'Viết như "07:30-11:30 13:30-17:30"; để trống là đóng cửa.',
        'Write them as "07:30-11:30 13:30-17:30"; empty means closed.',
    )
    status = 422


def freeze_year(*, year: int, actor: Actor, now: datetime) -> bool:
    """Fix a year's national calendar as rows; False (and no change) when it is fixed already."""
    with transaction.atomic():
        demand(SET_DAYS, actor, None)
        calendar = national_calendar(year)
        _, new = CalendarYear.objects.get_or_create(
            year=year,
            defaults={"source": calendar.source, "frozen_at": now, "stamp": secrets.token_hex(8)},
        )
        if not new:
            return False
        for row in calendar.days:
            CalendarDay.objects.get_or_create(
                on=row.on, agency=None, defaults={"open_hours": row.open_hours, "reason": row.reason}
            )
        data = {"year": year, "source": calendar.source, "days": len(calendar.days)}
        append(stream="calendar", kind="calendar.frozen", data=data, actor=actor, now=now)
    return True


def set_day(
    *, on: date, open_hours: str, reason: str, agency: str | None, actor: Actor, now: datetime
) -> None:
    """Set the hours of one day for an agency and those below it, or (None) for all.

    ``open_hours`` "" closes it. Raises ``HoursRefused``, ``YearNotFrozen``, ``NotFound``.
    """
    try:
        hours = format_hours(parse_hours(open_hours))
    except HoursUnreadable as error:
        raise HoursRefused(hours=open_hours) from error
    with transaction.atomic():
        target = queries.agency(agency) if agency else None
        demand(SET_DAYS, actor, target)
        stamp = secrets.token_hex(8)
        if not CalendarYear.objects.filter(year=on.year).update(stamp=stamp):
            raise YearNotFrozen(year=on.year)
        CalendarDay.objects.update_or_create(
            on=on,
            agency=Agency.objects.get(pk=target.id) if target else None,
            defaults={"open_hours": hours, "reason": reason},
        )
        data = {"on": str(on), "agency": agency, "hours": hours, "reason": reason}
        append(stream="calendar", kind="calendar.day_set", data=data, actor=actor, now=now)


def set_weekday(
    *, year: int, weekday: int, open_hours: str, reason: str, agency: str, actor: Actor, now: datetime
) -> int:
    """Set the hours of one weekday (0 is Monday) all through a fixed year, for an agency and those below.

    Days that differ already (holidays, days set before) stay as they are. Returns how many days were
    set. Raises ``HoursRefused``, ``YearNotFrozen``, ``NotFound``.
    """
    try:
        hours = format_hours(parse_hours(open_hours))
    except HoursUnreadable as error:
        raise HoursRefused(hours=open_hours) from error
    with transaction.atomic():
        target = queries.agency(agency)
        demand(SET_DAYS, actor, target)
        if not CalendarYear.objects.filter(year=year).update(stamp=secrets.token_hex(8)):
            raise YearNotFrozen(year=year)
        above = [target.path[:end] for end in range(Agency.steplen, len(target.path) + 1, Agency.steplen)]
        rows = CalendarDay.objects.filter(on__year__gte=year - 1, on__year__lte=year + 1)
        closed = set(rows.filter(agency__isnull=True, open_hours="").values_list("on", flat=True))
        rows = rows.filter(Q(agency__isnull=True) | Q(agency__path__in=above))
        taken = set(rows.values_list("on", flat=True))
        days = [d for d in weekdays_of(year, weekday) if d not in taken and not in_a_holiday(d, closed)]
        CalendarDay.objects.bulk_create(
            CalendarDay(on=d, agency_id=target.id, open_hours=hours, reason=reason) for d in days
        )
        data = {"year": year, "weekday": weekday, "agency": agency, "hours": hours, "days": len(days)}
        append(stream="calendar", kind="calendar.weekday_set", data=data, actor=actor, now=now)
    return len(days)
