"""Signing in by an identity provider: linking, unlinking, and the account that is asked for.

No claim but the subject ever finds an account. Nothing is linked or made without a question: linking
needs somebody signed in to the account, making one refuses a person who has one.
"""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.people.models import Identity, Person, User
from motcua.people.operations import NumberTaken, create_account, create_person
from motcua.people.queries import number_index
from motcua.people.queries.identities import subject_index
from motcua.people.rules import is_impossible
from motcua.people.rules.identity import Arrival


class IdentityTaken(Refusal):
    """The identity signs in to another account already, or the account has another of this provider."""

    code = "identity_taken"
    cause = Text(
        "Danh tính này đã liên kết với một tài khoản khác, hoặc tài khoản này đã có danh tính khác của cùng nhà cung cấp.",  # noqa: E501
        "This identity is linked to another account, or this account has another identity of the same provider.",  # noqa: E501
    )
    next_step = Text(
        "Đăng nhập vào tài khoản kia và gỡ liên kết trước; nếu không phải bạn, hãy báo bộ phận một cửa.",
        "Sign in to the other account and remove the link there first; if that was not you, tell the one-stop desk.",  # noqa: E501
    )


class IdentityOfAnother(Refusal):
    """The provider names another person than the account's."""

    code = "identity_of_another"
    cause = Text(
        "Nhà cung cấp danh tính nêu một số định danh khác với số của tài khoản này.",
        "The identity provider names another personal number than this account's.",
    )
    next_step = Text(
        "Mỗi người dùng danh tính của chính mình; nếu số trong tài khoản sai, hãy đến bộ phận một cửa.",
        "Everybody uses their own identity; if the number of the account is wrong, ask at the one-stop desk.",
    )


class LastWayIn(Refusal):
    """Without this identity nobody could sign in to the account."""

    code = "last_way_in"
    cause = Text(
        "Tài khoản này chưa có mật khẩu: gỡ liên kết thì không còn cách đăng nhập.",
        "This account has no password: without the link there would be no way to sign in.",
    )
    next_step = Text("Đặt mật khẩu trước, rồi gỡ liên kết.", "Set a password first, then remove the link.")


class TooLittleKnown(Refusal):
    """A person cannot be made of what the provider said."""

    code = "provider_said_too_little"
    cause = Text(
        "Nhà cung cấp danh tính không cho biết họ tên nên chưa thể tạo tài khoản.",
        "The identity provider did not say a name, so no account can be made.",
    )
    next_step = Text(
        "Bộ phận một cửa cấp tài khoản sau khi kiểm tra giấy tờ.",
        "The one-stop desk gives you an account after checking your papers.",
    )


def _add(user_id: int, arrival: Arrival, actor: Actor, now: datetime) -> None:
    try:
        with transaction.atomic():
            Identity.objects.create(
                user_id=user_id,
                issuer=arrival.issuer,
                subject_index=subject_index(arrival.issuer, arrival.subject),
                linked_at=now,
                used_at=now,
            )
    except IntegrityError as error:
        raise IdentityTaken from error
    data = {"issuer": arrival.issuer, "level": arrival.level}
    append(stream=f"account:{user_id}", kind="account.identity_linked", data=data, actor=actor, now=now)


def link_identity(*, arrival: Arrival, actor: Actor, now: datetime) -> None:
    """Let an identity sign in to the actor's own account; the edge has asked for fresh proof of both.

    Linked already: nothing happens. Raises ``NotFound``, ``IdentityTaken``, ``IdentityOfAnother``.
    """
    if not actor.is_person or actor.user_id is None:
        raise NotFound
    with transaction.atomic():
        wanted = subject_index(arrival.issuer, arrival.subject)
        if Identity.objects.filter(
            user_id=actor.user_id, issuer=arrival.issuer, subject_index=wanted
        ).exists():
            return
        person = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
        known = person.number_index if person and person.kind == Person.Kind.CITIZEN else None
        if known and arrival.personal_number and number_index(arrival.personal_number) != known:
            raise IdentityOfAnother
        _add(actor.user_id, arrival, actor, now)


def unlink_identity(*, identity_id: int, actor: Actor, now: datetime) -> None:
    """Take an identity off the actor's own account. Raises ``NotFound``, ``LastWayIn``."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=actor.user_id or 0).first()
        found = Identity.objects.filter(pk=identity_id, user=user).first() if user else None
        if user is None or found is None:
            raise NotFound
        if not user.has_usable_password() and user.identities.count() == 1:
            raise LastWayIn
        found.delete()
        data = {"issuer": found.issuer}
        append(stream=f"account:{user.pk}", kind="account.identity_unlinked", data=data, actor=actor, now=now)


def open_account(*, arrival: Arrival, locale: str = "vi", actor: Actor, now: datetime) -> int:
    """Make person and account of what a provider said, after a question; returns the account's id.

    Raises ``NumberTaken`` when the number is known: whoever has it links from inside instead.
    Raises ``IdentityTaken`` and ``TooLittleKnown``.
    """
    if not arrival.full_name:
        raise TooLittleKnown
    with transaction.atomic():
        person = create_person(
            full_name=arrival.full_name,
            personal_number=arrival.personal_number or None,
            birth_on=arrival.birth_on,
            sex=arrival.sex,
            phone=arrival.phone,
            email=arrival.email,
            locale=locale,
            fictional=is_impossible(arrival.personal_number),
            actor=actor,
            now=now,
        )
        user = create_account(
            username=f"dd{secrets.randbelow(10**10):010d}",
            password=None,
            display_name=arrival.full_name,
            person_id=person,
            email=arrival.email,
            actor=actor,
            now=now,
        )
        _add(user, arrival, actor, now)
    return user


def note_use(*, arrival: Arrival, now: datetime) -> None:
    """Keep when an identity last signed in."""
    wanted = subject_index(arrival.issuer, arrival.subject)
    Identity.objects.filter(issuer=arrival.issuer, subject_index=wanted).update(used_at=now)


__all__ = ["IdentityTaken", "NumberTaken", "link_identity", "note_use", "open_account", "unlink_identity"]
