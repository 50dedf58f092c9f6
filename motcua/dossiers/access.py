"""Who may see a dossier. What one may not see does not exist for one."""

from collections.abc import Iterable
from typing import Any, Protocol

import rules

from motcua.agencies.queries import agency_by_id
from motcua.core.actor import Actor, Role


class Seen(Protocol):
    """What the predicates need of a dossier."""

    applicant_id: int | None
    filed_by_user_id: int | None
    agency_id: int
    receiving_id: int
    mandate_id: int | None


WORKING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)


@rules.predicate
def filed_or_asked(actor: Actor, dossier: Seen) -> bool:
    """The applicant, or the account that filed; under a mandate only while it acts for the business."""
    if not actor.is_person:
        return False
    return (actor.person_id is not None and actor.person_id == dossier.applicant_id) or (
        actor.user_id == dossier.filed_by_user_id and dossier.mandate_id is None
    )


@rules.predicate
def works_there(actor: Actor, dossier: Seen) -> bool:
    """An officer of the deciding or the receiving agency."""
    own = actor.agency_ids(*WORKING, Role.LEADER)
    return dossier.agency_id in own or dossier.receiving_id in own


@rules.predicate
def leads_above(actor: Actor, dossier: Seen) -> bool:
    """A leader of an agency above the deciding one."""
    path = agency_by_id(dossier.agency_id).path
    return any(p.role == Role.LEADER and path.startswith(p.agency_path) for p in actor.posts)


@rules.predicate
def system(actor: Actor, dossier: Seen) -> bool:
    """The platform itself."""
    return actor.kind == "system"


def may_see(actor: Actor, dossier: Seen, step_agency_ids: Iterable[int]) -> bool:
    """True for applicant, filer, officers of its agencies, leaders above, agencies with a step in it."""
    if rules.test_rule("dossiers.see", actor, dossier):
        return True
    return bool(set(actor.agency_ids(*WORKING)) & set(step_agency_ids))


def register() -> None:
    """Register the rules once, from ``apps.ready()``."""
    if not rules.rule_exists("dossiers.see"):
        see: Any = filed_or_asked | works_there | leads_above | system
        rules.add_rule("dossiers.see", see)
