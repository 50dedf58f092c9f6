"""Who may see a dossier. What one may not see does not exist for one."""

from collections.abc import Iterable
from typing import Any, Protocol

import rules

from motcua.agencies.queries import agency_by_id
from motcua.core.actor import Actor, Reading, Role


class Seen(Protocol):
    """What the predicates need of a dossier."""

    applicant_id: int | None
    filed_by_user_id: int | None
    filed_by: str
    agency_id: int
    receiving_id: int
    mandate_id: int | None


WORKING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)


@rules.predicate
def filed_or_asked(actor: Actor, dossier: Seen) -> bool:
    """The applicant, or the account that filed for itself or as a helper.

    Under a mandate only while it acts for the business. An officer who typed a request in sees it by the
    post, and no longer when the post has ended.
    """
    if not actor.is_person:
        return False
    filer = actor.user_id == dossier.filed_by_user_id and dossier.mandate_id is None
    return is_applicant(actor, dossier) or (filer and dossier.filed_by != "officer")


def is_applicant(actor: Actor, dossier: Seen) -> bool:
    """True for the person who asks: one's own data, which one reads without a trace."""
    return actor.is_person and actor.person_id is not None and actor.person_id == dossier.applicant_id


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


def may_handle(actor: Actor, dossier: Seen, step_agency_ids: Iterable[int]) -> bool:
    """True for those who see a dossier by a post (or as the platform), not as its applicant or filer."""
    return bool(reason(actor, dossier, step_agency_ids)) or actor.kind == "system"


def reason(actor: Actor, dossier: Seen, step_agency_ids: Iterable[int]) -> str:
    """By which post an officer sees a dossier: deciding, receiving, consulted, above; "" by none."""
    own = actor.agency_ids(*WORKING, Role.LEADER)
    if dossier.agency_id in own:
        return "deciding"
    if dossier.receiving_id in own:
        return "receiving"
    if set(actor.agency_ids(*WORKING)) & set(step_agency_ids):
        return "consulted"
    return "above" if actor.posts and leads_above(actor, dossier) else ""


def note_read(
    actor: Actor, dossier: Seen, step_agency_ids: Iterable[int], *, kind: str, code: str, subject: str = ""
) -> None:
    """Note that something of a dossier is handed out, unless its own applicant reads it."""
    if not is_applicant(actor, dossier):
        why = reason(actor, dossier, step_agency_ids) or "filed"
        actor.note(Reading(kind, subject or code, dossier=code, why=why))


def register() -> None:
    """Register the rules once, from ``apps.ready()``."""
    if not rules.rule_exists("dossiers.see"):
        see: Any = filed_or_asked | works_there | leads_above | system
        rules.add_rule("dossiers.see", see)
