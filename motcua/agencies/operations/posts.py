"""Posts: who holds which role where, and for how long."""

from datetime import date, datetime

from django.db import transaction

from motcua.agencies import queries
from motcua.agencies.access import MANAGE, STAND_IN
from motcua.agencies.models import Post
from motcua.agencies.operations.guarding import demand
from motcua.core.actor import Actor, Role
from motcua.core.periods import local_day
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.people.operations.access import MayNotGive, issue_recovery_code
from motcua.people.queries import account_by_username

WORKING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)  # what one may stand in for


class PostEndsEarly(Refusal):
    """A post that would end before it begins."""

    code = "post_ends_early"
    cause = Text("Ngày kết thúc sớm hơn ngày bắt đầu.", "The last day comes before the first.")
    next_step = Text("Sửa lại ngày.", "Correct the days.")
    status = 422


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
        demand(MANAGE, actor, target)
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
            demand(STAND_IN, actor, target)
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
        demand(MANAGE, actor, target)
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
