"""Who may open a figure into its dossiers: those who hold a post, inside the trees of their posts."""

from motcua.core.actor import Actor


def may_open(actor: Actor) -> bool:
    """Officers and leaders; the public sees counts only."""
    return actor.is_officer


def visible_paths(actor: Actor) -> tuple[str, ...]:
    """Tree paths of the agencies whose dossiers (with all below) the actor may see, sorted."""
    return tuple(sorted({post.agency_path for post in actor.posts}))
