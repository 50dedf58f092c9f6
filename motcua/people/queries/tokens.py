"""The tokens of an account, without what they are."""

from dataclasses import dataclass
from datetime import datetime

from motcua.core.actor import Actor
from motcua.core.texts import Text
from motcua.people.models import Token
from motcua.people.rules import SCOPES


@dataclass(frozen=True, slots=True)
class TokenView:
    """One token in force: its name, what it may do, and its days."""

    id: int
    name: str
    scopes: tuple[Text, ...]
    created_at: datetime
    expires_at: datetime


def tokens_of(actor: Actor, *, now: datetime) -> tuple[TokenView, ...]:
    """The actor's own tokens in force, the newest first."""
    rows = Token.objects.filter(user_id=actor.user_id or 0, expires_at__gt=now)
    return tuple(
        TokenView(row.pk, row.name, _words(row.scopes), row.created_at, row.expires_at)
        for row in rows.order_by("-created_at", "-pk")
    )


def _words(scopes: str) -> tuple[Text, ...]:
    held = scopes.split()
    return tuple(text for scope, text in SCOPES.items() if scope in held or "all" in held)
