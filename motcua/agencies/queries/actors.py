"""Who acts: an account with its posts, in one query."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import FilteredRelation, Q, QuerySet

from motcua.core.actor import PUBLIC, Actor, Reading, Role
from motcua.core.actor import Post as HeldPost
from motcua.core.kept import Kept
from motcua.core.periods import local_day
from motcua.people.queries import token_digest
from motcua.people.queries.mandates import mandate_in_force


def in_force(on: date, prefix: str = "") -> Q:
    """Condition for posts whose days include ``on``."""
    ends = {f"{prefix}valid_to__gte": on}
    return Q(**{f"{prefix}valid_from__lte": on}) & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**ends))


def _accounts(which: Q, on: date, *more: str) -> "QuerySet[Any, Any]":
    """Active accounts, a row for each post held on a day (one without a post where there is none)."""
    held = FilteredRelation("posts", condition=in_force(on, "posts__"))
    rows = get_user_model().objects.filter(which, is_active=True).annotate(held=held)
    return rows.order_by("held__agency__path", "held__role", "held__pk").values_list(
        "id", "person_id", "display_name", "username", "is_helper", "person__kind",
        "held__agency_id", "held__agency__identifier", "held__agency__path", "held__role", *more,
    )  # fmt: skip


# one query each, on the path of every page and call
_BY_ID = Kept(lambda on, user_id: _accounts(Q(pk=user_id), on), date, int)
_BY_TOKEN = Kept(
    lambda on, key, now: _accounts(Q(tokens__digest=key, tokens__expires_at__gt=now), on, "tokens__scopes"),
    date, str, datetime,
)  # fmt: skip


def actor_for(
    user_id: int, *, now: datetime, scopes: Collection[str] | None = None, address: str = "",
    assurance: int = 0, mandate_id: int | None = None, readings: list[Reading] | None = None,
) -> Actor:  # fmt: skip
    """The actor of an account: its posts in force today in Viet Nam. PUBLIC when it is closed.

    ``scopes`` None is a browser session; of a token that has "all" give None as well. With a
    ``mandate_id`` of its person that is in force today the actor is in the business's place. ``readings``
    is the list in which the edge wants to find what was read of other people.
    """
    rows = _BY_ID.rows(local_day(now), user_id)
    return _actor(
        rows, scopes, address, now=now, assurance=assurance, mandate_id=mandate_id, readings=readings
    )


def actor_by_token(
    token: str, *, now: datetime, address: str = "", readings: list[Reading] | None = None
) -> Actor | None:
    """The actor of a bearer token, with its scopes; None when it is not in force or the account is closed."""
    rows = _BY_TOKEN.rows(local_day(now), token_digest(token), now)
    return _actor(rows, rows[0][10].split(), address, now=now, readings=readings) if rows else None


def _actor(
    rows: Sequence[Sequence[Any]], scopes: Collection[str] | None, address: str, *, now: datetime,
    assurance: int = 0, mandate_id: int | None = None, readings: list[Reading] | None = None,
) -> Actor:  # fmt: skip
    if not rows:
        return PUBLIC
    user_id, person_id, name, username, helper, kind = rows[0][:6]
    mandate = mandate_in_force(mandate_id, on=local_day(now)) if mandate_id else None
    if mandate is not None and mandate.representative_id != person_id:
        mandate = None
    return Actor(
        kind="person",
        user_id=user_id,
        person_id=mandate.business_id if mandate else person_id,
        name=name or username,
        posts=tuple(HeldPost(a, b, c, Role(d)) for a, b, c, d in (row[6:10] for row in rows) if d),
        helper=helper and mandate is None,
        scopes=None if scopes is None or "all" in scopes else frozenset(scopes),
        mandate_id=mandate.id if mandate else None,
        acts_for=mandate.business if mandate else "",
        business=mandate is not None or kind == "business",
        assurance=assurance,
        address=address,
        readings=[] if readings is None else readings,
    )
