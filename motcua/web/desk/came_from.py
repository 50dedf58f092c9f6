"""From which list an officer opened a dossier: kept in its address, to go on in that list and back to it."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.actor import Actor
from motcua.core.texts import Text
from motcua.dossiers import queries
from motcua.dossiers.queries import Narrowing
from motcua.dossiers.queries.lists import BadCursor
from motcua.web.desk.narrowing import NAMES, address, narrowing_of

OWN, WHOLE, SEARCH = "cua-toi", "co-quan", "tim"
SOUGHT = ("q", "so", "before")  # a search in its address


@dataclass(frozen=True, slots=True)
class Came:
    """A list (own work, or the whole agency's), its lane and filter, and the place in it; or a search."""

    where: str = ""
    lane: str = ""
    by: Narrowing = field(default_factory=Narrowing)
    at: str = ""
    sought: tuple[tuple[str, str], ...] = ()

    @property
    def record(self) -> dict[str, str]:
        """As it stands in an address; empty without a list."""
        named = {p: getattr(self.by, n) for n, p in NAMES.items()}
        parts = {"tu": self.where, "lane": self.lane, **named, "at": self.at, **dict(self.sought)}
        return {k: v for k, v in parts.items() if v} if self.where else {}

    @property
    def query(self) -> str:
        """The query string that keeps it; "" without a list."""
        return f"?{urlencode(self.record)}" if self.where else ""

    @property
    def back(self) -> str:
        """The address of the list."""
        if self.where == SEARCH:
            return f"{reverse('desk:find')}?{urlencode(self.sought)}"
        if self.where == WHOLE:
            return f"{reverse('desk:whole')}?{urlencode({'lane': self.lane})}"
        return reverse("desk:worklist") + (address(self.lane, self.by) if self.where else "")

    @property
    def name(self) -> str:
        """What the way back is called."""
        return {WHOLE: _("The whole agency"), SEARCH: _("Dossiers found")}.get(self.where, _("Work list"))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The dossier before or after in the list."""

    href: str
    code: str
    applicant_name: str
    procedure: Text


def came_from(query: QueryDict) -> Came:
    """What the address says; nothing where it names no list."""
    where = query.get("tu", "")
    if where == SEARCH:
        return Came(SEARCH, sought=tuple((n, str(query[n])[:300]) for n in SOUGHT if query.get(n)))
    if where not in {OWN, WHOLE}:
        return Came()
    lane, at = query.get("lane", "")[:20], query.get("at", "")[:200]
    return Came(where, lane, narrowing_of(query) if where == OWN else Narrowing(), at)


def neighbours(
    came: Came, code: str, *, actor: Actor, now: datetime
) -> tuple[Neighbour | None, Neighbour | None]:
    """The dossiers before and after in the list; none where there is no list or no such place."""
    if not came.where or not came.at:
        return None, None
    try:
        return _whole(came, code, actor, now) if came.where == WHOLE else _own(came, code, actor, now)
    except BadCursor:  # the place in the address was not made by this list
        return None, None


def _own(came: Came, code: str, actor: Actor, now: datetime) -> tuple[Neighbour | None, Neighbour | None]:
    pair = queries.beside_work(actor=actor, lane=came.lane, by=came.by, at=came.at, but=code, now=now)
    before, after = (
        _neighbour(came, queries.work_place(i), i.code, i.applicant_name, i.procedure_name) if i else None
        for i in pair
    )
    return before, after


def _whole(came: Came, code: str, actor: Actor, now: datetime) -> tuple[Neighbour | None, Neighbour | None]:
    pair = queries.whole_beside(actor=actor, lane=came.lane, at=came.at, but=code, now=now)
    before, after = (
        _neighbour(came, queries.place_of(i), i.code, i.applicant_name, i.procedure_name) if i else None
        for i in pair
    )
    return before, after


def _neighbour(came: Came, at: str, code: str, name: str, procedure: Text) -> Neighbour:
    there = Came(came.where, came.lane, came.by, at)
    return Neighbour(reverse("desk:dossier", args=[code]) + there.query, code, name, procedure)
