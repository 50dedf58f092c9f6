"""Bearer tokens of the API: made, and ended before their time."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from motcua.core.actor import Actor
from motcua.core.folding import nfc
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.people.models import Token, User
from motcua.people.queries import token_digest
from motcua.people.rules import SCOPES

MOST_TOKEN_DAYS = 366
ALL = "all"
LONGEST_NAME = 80


class AccountUnknown(NotFound):
    """There is no active account of this name."""

    code = "account_unknown"
    cause = Text("Không có tài khoản {username} đang hoạt động.", "There is no active account {username}.")
    next_step = Text("Kiểm tra lại tên đăng nhập.", "Check the user name.")


class TokenTermRefused(Refusal):
    """A token for no time, or for more than a year."""

    code = "token_term_refused"
    cause = Text("Mã truy cập có hạn từ 1 đến {most} ngày.", "A token lasts from 1 to {most} days.")
    next_step = Text("Chọn số ngày khác.", "Choose another number of days.")
    status = 422


class ScopeUnknown(Refusal):
    """A scope that no call asks for: a token with it would open nothing, or be taken for more than it is."""

    code = "scope_unknown"
    cause = Text("Không có quyền “{scope}”.", "There is no scope “{scope}”.")
    next_step = Text("Chọn trong: {known}.", "Choose among: {known}.")
    status = 422


def issue_token(
    *, username: str, scopes: Collection[str], days: int, name: str = "", actor: Actor, now: datetime
) -> str:
    """Make a bearer token and return it: this is the only time that it can be seen.

    Raises ``AccountUnknown``, ``TokenTermRefused`` and ``ScopeUnknown``.
    """
    strange = sorted(set(scopes) - SCOPES.keys() - {ALL})
    if strange or not scopes:
        raise ScopeUnknown(scope="".join(strange[:1])[:40], known=", ".join(SCOPES))
    if not 1 <= days <= MOST_TOKEN_DAYS:
        raise TokenTermRefused(most=MOST_TOKEN_DAYS)
    with transaction.atomic():
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise AccountUnknown(username=username)
        token = f"mc_{secrets.token_urlsafe(32)}"
        made = Token.objects.create(
            user=user,
            name=nfc(name).strip()[:LONGEST_NAME],
            digest=token_digest(token),
            scopes=" ".join(sorted(scopes)),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        data = {"token": made.pk, "scopes": sorted(scopes), "days": days}
        append(stream=f"account:{user.pk}", kind="token.issued", data=data, actor=actor, now=now)
    return token


def end_token(*, token_id: int, actor: Actor, now: datetime) -> None:
    """End one of the actor's own tokens at once; raises ``NotFound`` for any other."""
    with transaction.atomic():
        mine = Token.objects.filter(pk=token_id, user_id=actor.user_id or 0)
        if not mine.delete()[0]:
            raise NotFound
        stream = f"account:{actor.user_id}"
        append(stream=stream, kind="token.ended", data={"token": token_id}, actor=actor, now=now)
