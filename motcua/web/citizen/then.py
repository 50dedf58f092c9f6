"""What follows once a request is filed, said before it is: how long, how one is told, what one is asked."""

from typing import Any

from motcua.catalogue.rules.pack import longest_limit_for
from motcua.core.actor import Actor
from motcua.dossiers.queries import DraftView, draft_rule_of
from motcua.people.queries import contact_of_user
from motcua.web.words import limit_words


def then_of(view: DraftView, actor: Actor) -> dict[str, Any]:
    """For ``citizen/_then.html``."""
    limit, rule = longest_limit_for(view.pack, view.facts).limit, draft_rule_of(view.pack)
    address = contact_of_user(actor.user_id).email if actor.user_id else ""
    return {
        "by_filing": view.pack.by_filing, "limit": limit_words(limit.amount, limit.unit),
        "email": hidden(address), "rule": rule,
        "draft_limit": limit_words(rule.amount, rule.unit) if rule else "",
    }  # fmt: skip


def hidden(address: str) -> str:
    """An e-mail address that its owner knows again, and nobody else can use: ``la•••@thu.example``."""
    name, at, host = address.rpartition("@")
    return f"{name[:2]}•••{at}{host}" if name else ""
