"""Who may open a figure into its dossiers: those who hold a post, inside the trees of their posts."""

from motcua.core.actor import Actor, Role

ENTERING = (Role.LEADER, Role.CONTROLLER, Role.INSPECTOR)


def may_open(actor: Actor) -> bool:
    """Officers and leaders; the public sees counts only."""
    return actor.is_officer


def visible_paths(actor: Actor) -> tuple[str, ...]:
    """Tree paths of the agencies whose dossiers (with all below) the actor may see, sorted."""
    return tuple(sorted({post.agency_path for post in actor.posts}))


def enters(actor: Actor, agency_path: str) -> bool:
    """True for controllers and inspectors of an agency or one above, and leaders above: they enter figures.

    Whoever leads the agency never enters what it is judged by, whatever other post they hold.
    """
    if any(post.role == Role.LEADER and post.agency_path == agency_path for post in actor.posts):
        return False
    return any(post.role in ENTERING and agency_path.startswith(post.agency_path) for post in actor.posts)
