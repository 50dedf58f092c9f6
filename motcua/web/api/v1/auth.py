"""Who calls: a bearer token, and its scopes."""

from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.agencies.queries import actor_for
from motcua.core.actor import Actor
from motcua.people.queries import user_by_token
from motcua.web.api.v1.problems import MissingScope
from motcua.web.middleware import network_address
from motcua.web.requests import EdgeRequest


class Token(HttpBearer):
    """The holder of a bearer token in force; the actor of the call."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor, kept on the request too; None when the token is not in force."""
        edge = cast(EdgeRequest, request)
        holder = user_by_token(token, now=edge.now) if len(token) <= 200 else None
        if holder is None:
            return None
        edge.actor = actor_for(
            holder.user_id, now=edge.now, scopes=holder.scopes, address=network_address(request)
        )
        return edge.actor if edge.actor.is_person else None


def acting(request: HttpRequest, scope: str) -> Actor:
    """The actor of the call; raises ``MissingScope``."""
    actor = cast(EdgeRequest, request).actor
    if not actor.allows(scope):
        raise MissingScope(scope=scope)
    return actor
