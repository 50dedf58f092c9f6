"""Who may change agencies, posts and calendars."""

from motcua.agencies.access import allowed
from motcua.agencies.queries import AgencyRef
from motcua.core.actor import Actor, Role
from motcua.core.refusals import NotFound

WORKING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)  # what one may stand in for


def demand(permission: str, actor: Actor, target: AgencyRef | None) -> None:
    """Raise ``NotFound`` for whom the permission does not name (at ``target`` and below)."""
    if not allowed(permission, actor, target):
        raise NotFound
