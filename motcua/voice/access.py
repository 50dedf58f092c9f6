"""Who may handle what people say: officers of the agency it is addressed to; leaders above may read."""

from motcua.core.actor import Actor, Role

HANDLING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY, Role.LEADER, Role.CONTROLLER)
DECIDING = (Role.SIGNATORY, Role.LEADER)
RECORDING = (Role.LEADER, Role.CONTROLLER, Role.INSPECTOR)


def handles(actor: Actor, agency_id: int) -> bool:
    """True for officers of that agency (designers and operators aside)."""
    return agency_id in actor.agency_ids(*HANDLING)


def decides(actor: Actor, agency_id: int) -> bool:
    """True for those who may settle a complaint there."""
    return agency_id in actor.agency_ids(*DECIDING)


def oversees(actor: Actor, agency_path: str) -> bool:
    """True for leaders and controllers of an agency above (or of it)."""
    return any(
        post.role in {Role.LEADER, Role.CONTROLLER} and agency_path.startswith(post.agency_path)
        for post in actor.posts
    )


def answers_proposals(actor: Actor) -> bool:
    """True for procedure controllers: the catalogue is theirs."""
    return bool(actor.agency_ids(Role.CONTROLLER))


def answers_advice(actor: Actor, agency_path: str) -> bool:
    """True for leaders of the agency that a recommendation asks, or of one above it."""
    return any(p.role == Role.LEADER and agency_path.startswith(p.agency_path) for p in actor.posts)


def records_assessments(actor: Actor, agency_path: str) -> bool:
    """True for controllers and inspectors of the assessed agency or one above, leaders above, and commands.

    Whoever leads the assessed agency never records how it was judged, whatever other post they hold.
    """
    if actor.kind == "system":
        return True
    if any(post.role == Role.LEADER and post.agency_path == agency_path for post in actor.posts):
        return False
    return any(post.role in RECORDING and agency_path.startswith(post.agency_path) for post in actor.posts)
