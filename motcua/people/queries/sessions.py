"""The open sessions of an account."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession

from motcua.core.actor import Actor


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One session: where from, with which program, since when; ``current``: the one that asks."""

    id: int
    address: str
    program: str
    opened_at: datetime
    current: bool


def sessions_of(actor: Actor, *, current_key: str) -> tuple[OpenSession, ...]:
    """The actor's own open sessions, the latest first."""
    rows = UserSession.objects.filter(user_id=actor.user_id or 0).order_by("-created_at", "-pk")
    return tuple(
        OpenSession(row.pk, row.ip, row.user_agent, row.created_at, row.session_key == current_key)
        for row in rows
        if row.exists()
    )
