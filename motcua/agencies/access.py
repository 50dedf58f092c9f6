"""Who may change agencies, posts and calendars: predicates on the actor."""

from typing import Any

import rules

from motcua.core.actor import SYSTEM, Actor, Role

MANAGE = "agencies.manage"  # make agencies, appoint
STAND_IN = "agencies.stand_in"  # say who stands in for an absent officer
SET_DAYS = "agencies.set_days"  # local closings, half-days, working Saturdays; national days


def holds_above(actor: Actor, role: Role, path: str) -> bool:
    """True when the actor holds ``role`` at the agency with this tree path or at one above it."""
    return any(post.role == role and path.startswith(post.agency_path) for post in actor.posts)


@rules.predicate
def is_system(actor: Actor) -> bool:
    """The program itself: commands of the machine's owner, jobs, imports."""
    return actor == SYSTEM


@rules.predicate
def is_operator_above(actor: Actor, agency: Any) -> bool:
    """An operator of the agency or of one above it; without an agency, of any root."""
    if agency is None:
        return any(p.role == Role.OPERATOR and "." not in p.agency for p in actor.posts)
    return holds_above(actor, Role.OPERATOR, agency.path)


@rules.predicate
def is_leader_above(actor: Actor, agency: Any) -> bool:
    """A leader of the agency or of one above it."""
    return agency is not None and holds_above(actor, Role.LEADER, agency.path)


@rules.predicate
def is_signatory_there(actor: Actor, agency: Any) -> bool:
    """A signatory of the agency itself."""
    return agency is not None and actor.has_role(Role.SIGNATORY, [agency.id])


def allowed(permission: str, actor: Actor, target: Any) -> bool:
    """True when the actor has a registered permission over the agency (None: over all)."""
    return bool(rules.has_perm(permission, actor, target))


def register() -> None:
    """Register once, from apps.ready()."""
    if not rules.perm_exists(MANAGE):
        rules.add_perm(MANAGE, is_system | is_operator_above)
        rules.add_perm(STAND_IN, is_system | is_operator_above | is_leader_above | is_signatory_there)
        rules.add_perm(SET_DAYS, is_system | is_operator_above | is_leader_above)


register()
