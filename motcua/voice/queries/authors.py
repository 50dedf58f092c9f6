"""Whose a petition is."""

from motcua.core.actor import Actor
from motcua.core.links import opened
from motcua.voice.models import Petition

LINK = "petition"  # what a token of ``core.links`` is for


def is_author(row: Petition, actor: Actor, token: str) -> bool:
    """Whose account sent it, or who holds its link where no account did."""
    if row.author_id is not None:
        return actor.user_id == row.author_id
    return bool(token) and opened(LINK, token) == row.code
