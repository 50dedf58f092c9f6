"""Who calls: a bearer token, and its scopes."""

from typing import Any, cast

from django.http import HttpRequest
from ninja.security import HttpBearer

from motcua.agencies.queries import actor_for
from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.people.queries import account, number_index, user_by_token
from motcua.people.queries.mandates import mandate_for
from motcua.people.rules import tax_code
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
    """The holder of a bearer token in force; the actor of the call."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor, kept on the request too; None when the token is not in force."""
        edge = cast(EdgeRequest, request)
        holder = user_by_token(token, now=edge.now) if len(token) <= 200 else None
        if holder is None:
            return None
        edge.actor = actor_for(
            holder.user_id, now=edge.now, scopes=holder.scopes, address=network_address(request),
            mandate_id=_mandate(edge, holder.user_id), readings=edge.readings,
        )  # fmt: skip
        return edge.actor if edge.actor.is_person else None


def _mandate(request: EdgeRequest, user_id: int) -> int | None:
    """The mandate that the header ``Acting-For`` (a business's number) names; raises ``NoMandate``."""
    wanted = request.headers.get("Acting-For", "").strip()
    if not wanted:
        return None
    holder, digits = account(user_id), tax_code(wanted)
    found = (
        holder and digits and mandate_for(holder.person_id, number_index(digits), on=local_day(request.now))
    )
    if not found:
        raise NoMandate
    return found.id


def acting(request: HttpRequest, scope: str) -> Actor:
    """The actor of the call; raises ``MissingScope``."""
    actor = cast(EdgeRequest, request).actor
    if not actor.allows(scope):
        raise MissingScope(scope=scope)
    return actor
