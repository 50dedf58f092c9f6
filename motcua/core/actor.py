"""Who acts. Built once at the edge (page, call, command, job) and handed down unchanged."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a post lets its holder do; ``product.md``, "Who uses it"."""

    DESK = "desk"
    SPECIALIST = "specialist"
    SIGNATORY = "signatory"
    LEADER = "leader"
    CONTROLLER = "controller"
    DESIGNER = "designer"
    OPERATOR = "operator"
    INSPECTOR = "inspector"


@dataclass(frozen=True, slots=True)
class Post:
    """One post held now: a role at an agency. ``agency_path`` is the tree path, root first."""

    agency_id: int
    agency: str
    agency_path: str
    role: Role


@dataclass(frozen=True, slots=True)
class Reading:
    """Something of other people's that a query handed out: kind, id, the dossier it belongs to, and why.

    ``kind`` is dossier, paper, result, draft, slip, person or list; ``listed`` are the codes of a list.
    """

    kind: str
    subject: str
    dossier: str = ""
    why: str = ""
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who asks. ``scopes`` is None for a browser session, a set for an API token."""

    kind: str  # "public", "system", "person"
    user_id: int | None = None
    person_id: int | None = None
    name: str = ""
    posts: tuple[Post, ...] = ()
    helper: bool = False  # registered to file for others
    scopes: frozenset[str] | None = None
    mandate_id: int | None = None  # acts for a business: ``person_id`` is the business then
    acts_for: str = ""  # its name
    business: bool = False  # ``person_id`` is a business
    assurance: int = 0  # level at which an identity provider vouches for this session; 0 without one
    address: str = ""  # network address: for limits, and hashed to see bursts; never stored as it is
    readings: list[Reading] = field(default_factory=list, compare=False, repr=False)

    @property
    def is_person(self) -> bool:
        """True for a signed-in human being."""
        return self.kind == "person"

    @property
    def is_officer(self) -> bool:
        """True when at least one post is held now."""
        return bool(self.posts)

    def has_role(self, role: Role, agency_ids: Iterable[int] | None = None) -> bool:
        """True when a post with ``role`` is held, at one of ``agency_ids`` if those are given."""
        wanted = None if agency_ids is None else set(agency_ids)
        return any(p.role == role and (wanted is None or p.agency_id in wanted) for p in self.posts)

    def agency_ids(self, *roles: Role) -> tuple[int, ...]:
        """Agencies at which one of ``roles`` (any role when empty) is held, sorted."""
        return tuple(sorted({p.agency_id for p in self.posts if not roles or p.role in roles}))

    def allows(self, scope: str) -> bool:
        """True when the token that carries this actor has ``scope`` (sessions have all)."""
        return self.scopes is None or scope in self.scopes

    def note(self, reading: Reading) -> None:
        """Note what a query hands out of other people's data; the edge keeps it before it answers."""
        if self.is_person:
            self.readings.append(reading)

    def as_record(self) -> dict[str, object]:
        """The part of the actor that is kept in the log: no name, no address."""
        return {"kind": self.kind, "user": self.user_id, "posts": sorted({p.agency for p in self.posts})}


PUBLIC = Actor(kind="public")
SYSTEM = Actor(kind="system", name="system")
