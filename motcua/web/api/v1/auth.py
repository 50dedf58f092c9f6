"""Who calls: a bearer token, and its scopes."""

from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.agencies.queries import actor_by_token, actor_for
from motcua.core.actor import PUBLIC, Actor
from motcua.core.periods import local_day
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.people.queries import number_index
from motcua.people.queries.mandates import mandate_for
from motcua.people.rules import SCOPES, tax_code
from motcua.web.api.v1.problems import MissingScope
from motcua.web.middleware import network_address
from motcua.web.requests import EdgeRequest


class NoMandate(Refusal):
    """``Acting-For`` names a business for which the token's owner holds no mandate today."""

    code = "no_mandate"
    cause = Text(
        "Hôm nay bạn không được đại diện cho doanh nghiệp nêu ở Acting-For.",
        "You hold no mandate today for the business that Acting-For names.",
    )
    next_step = Text(
        "Xem GET /api/v1/mandates; bỏ tiêu đề này để làm việc nhân danh chính mình.",
        "See GET /api/v1/mandates; leave the header out to act in your own name.",
    )
    status = 403


class Token(HttpBearer):
    """The holder of a bearer token in force; the actor of the call, if the token has the call's scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor, kept on the request too; None when the token is not in force.

        Raises ``MissingScope`` and ``NoMandate``.
        """
        edge = cast(EdgeRequest, request)
        if len(token) > 200:
            return None
        actor = actor_by_token(token, now=edge.now, address=network_address(request), readings=edge.readings)
        if actor is None:
            return None
        if not actor.allows(self.scope):
            raise MissingScope(scope=self.scope)
        edge.actor = _in_place(edge, actor)
        return edge.actor


class TokenOrNobody(Token):
    """The same; who brings no token at all acts as nobody. A bad one is still 401."""

    def __call__(self, request: HttpRequest) -> Any:
        """Nobody without the header, else as ``Token``."""
        if not request.headers.get("Authorization"):
            cast(EdgeRequest, request).actor = PUBLIC
            return PUBLIC
        return super().__call__(request)


READ, WRITE, WEBHOOKS = (Token(scope) for scope in SCOPES)
WRITE_OR_NOBODY = TokenOrNobody(WRITE.scope)


def _in_place(request: EdgeRequest, actor: Actor) -> Actor:
    """The actor in the place of the business that the header ``Acting-For`` (its number) names, if it does.

    Raises ``NoMandate``.
    """
    wanted = request.headers.get("Acting-For", "").strip()
    if not wanted or actor.user_id is None:
        return actor
    digits = tax_code(wanted)
    found = digits and mandate_for(actor.person_id, number_index(digits), on=local_day(request.now))
    if not found:
        raise NoMandate
    return actor_for(
        actor.user_id,
        now=request.now,
        scopes=actor.scopes,
        address=actor.address,
        mandate_id=found.id,
        readings=request.readings,
    )


def acting(request: HttpRequest) -> Actor:
    """The actor of the call."""
    return cast(EdgeRequest, request).actor
