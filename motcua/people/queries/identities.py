"""Identities of providers: whose they are, and how sure a provider is."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.core.refusals import NotFound
from motcua.core.sealing import blind_index
from motcua.core.texts import Text
from motcua.people.models import Identity, User
from motcua.people.rules.identity import Arrival

FILE = Path(__file__).parent.parent / "assurance.toml"


@dataclass(frozen=True, slots=True)
class AssuranceLevel:
    """One level: its number, name and meaning, since when, by which source."""

    number: int
    name: Text
    means: Text
    valid_from: date
    source: str
    certain: bool


@dataclass(frozen=True, slots=True)
class LinkedIdentity:
    """A provider's identity that may sign in to an account."""

    id: int
    issuer: str
    linked_at: datetime
    used_at: datetime


@cache
def _levels() -> tuple[AssuranceLevel, ...]:
    rows = tomllib.loads(FILE.read_text("utf-8"))["level"]
    return tuple(
        AssuranceLevel(
            number=row["number"],
            name=Text(row["name_vi"], row["name_en"]),
            means=Text(row["means_vi"], row["means_en"]),
            valid_from=row["valid_from"],
            source=row["source"],
            certain=row["certain"],
        )
        for row in rows
    )


def assurance_level(number: int, *, on: date) -> AssuranceLevel | None:
    """The level of this number in force on a day; None when there is none (0: no provider said any)."""
    found = [row for row in _levels() if row.number == number and row.valid_from <= on]
    return max(found, key=lambda row: row.valid_from, default=None)


def subject_index(issuer: str, subject: str) -> str:
    """The blind index of a provider's subject; a provider may use the personal number itself."""
    return blind_index(f"{issuer}\0{subject}", key=settings.KEYS.index, purpose="identity")


def account_of_arrival(arrival: Arrival) -> int | None:
    """The active account that this subject of this provider is linked to; no other claim counts."""
    wanted = subject_index(arrival.issuer, arrival.subject)
    found = Identity.objects.filter(issuer=arrival.issuer, subject_index=wanted, user__is_active=True)
    return found.values_list("user_id", flat=True).first()


def identities_of(user_id: int) -> tuple[LinkedIdentity, ...]:
    """The identities linked to an account, oldest first."""
    rows = Identity.objects.filter(user_id=user_id).order_by("linked_at", "pk")
    return tuple(LinkedIdentity(row.pk, row.issuer, row.linked_at, row.used_at) for row in rows)


def has_password(user_id: int) -> bool:
    """True when an account can be signed in to by a password. Raises ``NotFound``."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound
    return user.has_usable_password()
