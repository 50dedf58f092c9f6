"""Getting into an account again, closing it, and ending what is open of it."""

import secrets
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from motcua.core.actor import SYSTEM, Actor, Role
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.people.models import RecoveryCode, User
from motcua.people.operations.tokens import AccountUnknown
from motcua.people.queries import token_digest

RECOVERY_LASTS = timedelta(hours=1)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
GROUPS, LONG = 4, 4  # 31**16: nobody guesses it within the hour


class CodeRefused(Refusal):
    """The recovery code is not that of this account, was used, or is too old."""

    code = "recovery_code_refused"
    cause = Text(
        "Tên đăng nhập hoặc mã khôi phục không đúng, hoặc mã đã dùng hay quá hạn.",
        "The user name or the recovery code is wrong, or the code was used or is too old.",
    )
    next_step = Text(
        "Kiểm tra lại, hoặc đến bộ phận một cửa xin mã mới.",
        "Check both, or ask the one-stop desk for a new code.",
    )
    status = 422


class PasswordTooWeak(Refusal):
    """The new password is too short or one of those that everybody tries first."""

    code = "password_too_weak"
    cause = Text("Mật khẩu mới quá ngắn hoặc quá phổ biến.", "The new password is too short or too common.")
    next_step = Text(
        "Chọn ít nhất 10 ký tự; ba từ không liên quan thì dễ nhớ.",
        "Take at least 10 characters; three unrelated words are easy to remember.",
    )
    status = 422


class MayNotGive(Refusal):
    """Only a desk or an operator gives recovery codes, and nobody to themselves."""

    code = "may_not_give_recovery"
    cause = Text("Bạn không được cấp mã khôi phục này.", "You may not give this recovery code.")
    next_step = Text(
        "Mã cho cán bộ do người vận hành cấp; không ai tự cấp cho mình.",
        "Officers get theirs from the operator; nobody gives one to themselves.",
    )
    status = 403


def issue_recovery_code(*, username: str, actor: Actor, now: datetime) -> str:
    """Give a one-time code for an account; it is seen only now, and an older one ends. Logged.

    Raises ``AccountUnknown`` and ``MayNotGive``. Whose posts are looked at is the caller's (agencies).
    """
    if actor != SYSTEM and not (actor.has_role(Role.DESK) or actor.has_role(Role.OPERATOR)):
        raise MayNotGive
    with transaction.atomic():
        user = User.objects.select_for_update().filter(username=username, is_active=True).first()
        if user is None:
            raise AccountUnknown(username=username)
        if user.pk == actor.user_id:
            raise MayNotGive
        RecoveryCode.objects.filter(user=user, used_at=None).delete()
        code = "-".join("".join(secrets.choice(LETTERS) for _ in range(LONG)) for _ in range(GROUPS))
        RecoveryCode.objects.create(
            user=user, digest=_digest(code), issued_at=now, expires_at=now + RECOVERY_LASTS
        )
        append(stream=f"account:{user.pk}", kind="account.recovery_given", data={}, actor=actor, now=now)
    return code


def _digest(code: str) -> str:
    return token_digest("".join(code.upper().split()).replace("-", ""))


def recover(*, username: str, code: str, password: str, now: datetime) -> None:
    """Set a new password by a code; ends every session. Raises ``CodeRefused``, ``PasswordTooWeak``."""
    with transaction.atomic():
        given = RecoveryCode.objects.select_for_update().filter(
            digest=_digest(code),
            used_at=None,
            expires_at__gt=now,
            user__username=username,
            user__is_active=True,
        )
        found = given.first()
        if found is None:
            raise CodeRefused
        user = User.objects.get(pk=found.user_id)
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise PasswordTooWeak from error
        found.used_at = now
        found.save(update_fields=["used_at"])
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user_id=user.pk)
        by = Actor(kind="person", user_id=user.pk)
        append(stream=f"account:{user.pk}", kind="account.recovered", data={}, actor=by, now=now)


def end_sessions(*, user_id: int) -> int:
    """End every session of an account; returns how many there were."""
    open_ones = list(UserSession.objects.filter(user_id=user_id).order_by("pk"))
    for session in open_ones:
        session.end()
    return len(open_ones)


def end_session(*, session_id: int, actor: Actor, now: datetime) -> None:
    """End one session of the actor's own. Raises ``NotFound``."""
    with transaction.atomic():
        found = UserSession.objects.filter(pk=session_id, user_id=actor.user_id or 0).first()
        if found is None:
            raise NotFound
        found.end()
        append(stream=f"account:{actor.user_id}", kind="account.session_ended", data={}, actor=actor, now=now)


def close_account(*, username: str, actor: Actor, now: datetime) -> None:
    """Close an account: nobody signs in to it, its sessions and tokens end. Raises ``AccountUnknown``."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(username=username, is_active=True).first()
        if user is None:
            raise AccountUnknown(username=username)
        user.is_active = False
        user.save(update_fields=["is_active"])
        user.tokens.all().delete()
        ended = end_sessions(user_id=user.pk)
        append(
            stream=f"account:{user.pk}", kind="account.closed", data={"sessions": ended}, actor=actor, now=now
        )
