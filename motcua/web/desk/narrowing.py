"""To what the work list is narrowed, in the address: kept when one goes on, and when one comes back."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.actor import Actor
from motcua.dossiers.queries import Narrowing
from motcua.web.fields import Choice, Field

NAMES = {"procedure": "thu-tuc", "kind": "buoc", "assignee": "can-bo", "text": "ma", "whose": "ai"}


def narrowing_of(query: QueryDict) -> Narrowing:
    """What the address says."""
    return Narrowing(**{n: query.get(p, "").strip()[:60].replace("\x00", "") for n, p in NAMES.items()})


def address(lane: str, by: Narrowing, after: str | None = None, **more: str) -> str:
    """The address of a lane, narrowed, at a place of its list."""
    named = {p: getattr(by, n) for n, p in NAMES.items()}
    parts = {"lane": lane, **named, "after": after or "", **more}
    return "?" + urlencode({k: v for k, v in parts.items() if v})


def kinds() -> dict[str, str]:
    """The kinds of step, as people call them."""
    return {
        "intake": _("Receive and check"),
        "handle": _("Handle"),
        "consult": _("Answer another agency"),
        "sign": _("Sign"),
        "return": _("Hand over"),
    }


def fields_of(by: Narrowing, own: list[tuple[str, str]], actor: Actor) -> tuple[Field, ...]:
    """The fields of the filter; ``own``: code and name of the procedures of the officer's agencies."""
    procedures = tuple(Choice(code, name) for code, name in own)
    if by.procedure and by.procedure not in dict(own):
        procedures = (*procedures, Choice(by.procedure, by.procedure))
    steps = tuple(Choice(k, name) for k, name in kinds().items())
    every = Choice("", _("All"))
    return (
        Field("select", "thu-tuc", _("Procedure"), value=by.procedure, options=(every, *procedures)),
        Field("select", "buoc", _("Step"), value=by.kind, options=(every, *steps)),
    )
