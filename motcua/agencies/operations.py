"""Making agencies and posts; fixing the calendar."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.agencies import queries
from motcua.agencies.access import MANAGE, SET_DAYS, STAND_IN, allowed
from motcua.agencies.gateways import national_calendar
from motcua.agencies.models import Agency, CalendarDay, CalendarYear, Desk, Post
from motcua.agencies.queries import AgencyRef
from motcua.agencies.rules import fits_below, in_a_holiday, weekdays_of
from motcua.core.actor import Actor, Role
<<<<<<< HEAD
from motcua.core.periods import local_day
=======
from motcua.core.references import block_of
>>>>>>> 1353e79 (Import declared levels and targets, and count full and partial shares)
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.core.working_time import HoursUnreadable, YearNotFrozen, format_hours, parse_hours
from motcua.events.operations import append
from motcua.people.operations.access import MayNotGive, issue_recovery_code
from motcua.people.queries import account_by_username
from motcua.places.queries import unit_id

WORKING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)  # what one may stand in for


class IdentifierMisplaced(Refusal):
    """An identifier that is malformed or does not belong under the parent given."""

    code = "agency_identifier_misplaced"
    cause = Text(
        "Mã định danh {identifier} không hợp lệ ở vị trí này.",
        "The identifier {identifier} does not fit here.",
    )
    next_step = Text(
        "Dùng mã như H43 (gốc) hoặc H43.12 dưới H43.",
        "Use an identifier such as H43 (root) or H43.12 under H43.",
    )
    status = 422


class IdentifierTaken(Refusal):
    """There is such an agency already."""

    code = "agency_identifier_taken"
    cause = Text("Đã có cơ quan mang mã {identifier}.", "There is already an agency {identifier}.")
    next_step = Text("Chọn mã khác.", "Choose another identifier.")


class HoursRefused(Refusal):
    """Opening hours that cannot be read."""

    code = "hours_unreadable"
    cause = Text("Không đọc được giờ làm việc: {hours}.", "These opening hours cannot be read: {hours}.")
    next_step = Text(
        'Viết như "07:30-11:30 13:30-17:30"; để trống là đóng cửa.',
        'Write them as "07:30-11:30 13:30-17:30"; empty means closed.',
    )
    status = 422


class PostEndsEarly(Refusal):
    """A post that would end before it begins."""

    code = "post_ends_early"
    cause = Text("Ngày kết thúc sớm hơn ngày bắt đầu.", "The last day comes before the first.")
    next_step = Text("Sửa lại ngày.", "Correct the days.")
    status = 422


def _demand(permission: str, actor: Actor, target: AgencyRef | None) -> None:
    if not allowed(permission, actor, target):
        raise NotFound


def create_agency(
    *,
    identifier: str,
    name_vi: str,
    name_en: str,
    level: str,
    parent: str | None,
    serves_code: str | None,
    made_up: bool = False,
    stub: bool = False,
    address: str = "",
    phone: str = "",
    valid_from: date | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Make an agency under ``parent`` (an identifier; None makes a root); returns its row id.

    Raises ``IdentifierMisplaced``, ``IdentifierTaken``, ``NotFound`` (parent, place, or no right).
    """
    with transaction.atomic():
        above = queries.agency(parent) if parent else None
        _demand(MANAGE, actor, above)
        if not fits_below(identifier, parent):
            raise IdentifierMisplaced(identifier=identifier)
        if Agency.objects.filter(identifier=identifier).exists():
            raise IdentifierTaken(identifier=identifier)
        fields = {
            "identifier": identifier, "name_vi": name_vi, "name_en": name_en, "stub": stub,
            "level": Agency.Level(level).value, "serves_id": unit_id(serves_code) if serves_code else None,
            "made_up": made_up, "address": address, "phone": phone, "valid_from": valid_from,
        }  # fmt: skip
        if above:
            made = Agency.objects.add_child(Agency.objects.get(pk=above.id), create_kwargs=fields)
        else:
            made = Agency.objects.add_root(create_kwargs=fields)
        data = {"identifier": identifier, "parent": parent, "level": level, "serves": serves_code}
        append(stream=f"agency:{identifier}", kind="agency.created", data=data, actor=actor, now=now)
    return int(made.pk)


def ensure_agency(*, identifier: str, actor: Actor, now: datetime) -> bool:
    """Make sure that an agency exists under an identifier that a record names; True when a stub was made.

    Its name is the identifier; agencies above it are made too. Raises ``IdentifierMisplaced``.
    """
    if Agency.objects.filter(identifier=identifier).exists():
        return False
    parent = identifier.rpartition(".")[0] or None
    if not fits_below(identifier, parent):
        raise IdentifierMisplaced(identifier=identifier[:40])
    if parent:
        ensure_agency(identifier=parent, actor=actor, now=now)
    create_agency(
        identifier=identifier,
        name_vi=identifier,
        name_en="",
        level="ministry" if block_of(identifier) == "ministry" else "province",
        parent=parent,
        serves_code=None,
        stub=True,
        actor=actor,
        now=now,
    )
    return True


def open_desk(
    *,
    agency: str,
    name_vi: str,
    name_en: str,
    address: str = "",
    phone: str = "",
    hours: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Open a one-stop desk at an agency; returns its row id."""
    with transaction.atomic():
        target = queries.agency(agency)
        _demand(MANAGE, actor, target)
        desk = Desk.objects.create(
            agency_id=target.id, name_vi=name_vi, name_en=name_en, address=address, phone=phone, hours=hours
        )
        stream = f"agency:{agency}"
        append(stream=stream, kind="desk.opened", data={"desk": desk.pk}, actor=actor, now=now)
    return desk.pk


def appoint(
    *,
    user_id: int,
    agency: str,
    role: Role | str,
    from_on: date,
    to_on: date | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Give an account a role at an agency from a day until a day (both included); returns the row id."""
    if to_on is not None and to_on < from_on:
        raise PostEndsEarly
    with transaction.atomic():
        target = queries.agency(agency)
        _demand(MANAGE, actor, target)
        post, _ = Post.objects.update_or_create(
            user_id=user_id,
            agency_id=target.id,
            role=Role(role).value,
            valid_from=from_on,
            defaults={"valid_to": to_on},
        )
        data = {"user": user_id, "role": post.role, "from": str(from_on), "to": str(to_on) if to_on else None}
        stream = f"agency:{agency}"
        append(stream=stream, kind="post.appointed", data=data, actor=actor, now=now)
    return post.pk


def stand_in(
    *, absent_id: int, for_absent_id: int, agency: str, until_on: date, actor: Actor, now: datetime
) -> tuple[Role, ...]:
    """Give an account, until a day, those working roles of an absent officer that it does not hold itself.

    Returns the roles given. Leaders, signatories there and the absent officer may say so; ``NotFound`` for
    others, ``PostEndsEarly``.
    """
    today = local_day(now)
    if until_on < today:
        raise PostEndsEarly
    with transaction.atomic():
        target = queries.agency(agency)
        if actor.user_id != absent_id:
            _demand(STAND_IN, actor, target)
        held = {h.role for h in queries.holders(target.id, now=now) if h.user_id == for_absent_id}
        given = tuple(
            h.role
            for h in queries.holders(target.id, *WORKING, now=now)
            if h.user_id == absent_id and h.role not in held
        )
        for role in given:
            Post.objects.update_or_create(
                user_id=for_absent_id, agency_id=target.id, role=role.value, valid_from=today,
                defaults={"valid_to": until_on},
            )  # fmt: skip
        data = {"for": absent_id, "user": for_absent_id, "roles": [*given], "until": str(until_on)}
        append(stream=f"agency:{agency}", kind="post.stands_in", data=data, actor=actor, now=now)
    return given


def end_posts(*, user_id: int, agency: str, last_on: date, actor: Actor, now: datetime) -> int:
    """End what an account holds at an agency after ``last_on``; returns how many posts ended."""
    with transaction.atomic():
        target = queries.agency(agency)
        _demand(MANAGE, actor, target)
        open_posts = Post.objects.filter(user_id=user_id, agency_id=target.id, valid_from__lte=last_on)
        ended = open_posts.exclude(valid_to__lte=last_on).update(valid_to=last_on)
        data = {"user": user_id, "last_on": str(last_on), "posts": ended}
        stream = f"agency:{agency}"
        append(stream=stream, kind="post.ended", data=data, actor=actor, now=now)
    return ended


def give_recovery_code(*, username: str, actor: Actor, now: datetime) -> str:
    """A one-time code for an account that a desk has identified; never for somebody who holds a post.

    Raises ``AccountUnknown`` and ``MayNotGive``.
    """
    holder = account_by_username(username)
    own = Post.objects.filter(queries.not_over(now), user_id=holder.id) if holder else Post.objects.none()
    if own.exists() and not actor.has_role(Role.OPERATOR):
        raise MayNotGive
    return issue_recovery_code(username=username, actor=actor, now=now)


def freeze_year(*, year: int, actor: Actor, now: datetime) -> bool:
    """Fix a year's national calendar as rows; False (and no change) when it is fixed already."""
    with transaction.atomic():
        _demand(SET_DAYS, actor, None)
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
        _demand(SET_DAYS, actor, target)
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
        _demand(SET_DAYS, actor, target)
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
