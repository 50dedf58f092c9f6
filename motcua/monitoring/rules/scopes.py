"""Scopes of a figure, and summing cells up to them. Counts are summed, rates never averaged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.core.references import AGENCY_IDENTIFIER, block_of
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.monitoring.rules.counting import Counts
from motcua.monitoring.rules.definition import Hit

NATIONAL = "national"
BLOCKS = {
    "block:ministry": Text("Khối bộ, ngành", "Ministry block"),
    "block:local": Text("Khối địa phương", "Local block"),
}
WHOLE = Text("Toàn quốc", "National")
FULL_RANK = 2
_STEP = 4  # letters of a tree path for each level


class By(StrEnum):
    """How a figure is split."""

    BLOCK = "block"
    AGENCY = "agency"
    PROCEDURE = "procedure"
    PLACE = "place"


class UnknownScope(Refusal):
    """The scope is not one of those of the contract, or names nothing known."""

    code = "unknown_scope"
    cause = Text("Không có phạm vi “{scope}”.", "There is no scope “{scope}”.")
    next_step = Text(
        "Dùng national, block:ministry, block:local, mã cơ quan, place:<mã> hoặc procedure:<mã>.",
        "Use national, block:ministry, block:local, an agency identifier, place:<code> or procedure:<code>.",
    )
    status = 422


class UnknownSplit(Refusal):
    """The figure cannot be split in that way."""

    code = "unknown_split"
    cause = Text("Không chia được theo “{by}”.", "A figure cannot be split by “{by}”.")
    next_step = Text("Dùng block, agency, procedure hoặc place.", "Use block, agency, procedure or place.")
    status = 422


@dataclass(frozen=True, slots=True)
class Scope:
    """A parsed scope: ``kind`` is national, block, agency, place or procedure."""

    kind: str
    value: str = ""

    def __str__(self) -> str:
        if self.kind in {"national", "agency"}:
            return self.value or NATIONAL
        return f"{self.kind}:{self.value}"


def parse_scope(text: str) -> Scope:
    """Read a scope of contract.md; raises ``UnknownScope``."""
    if text in {"", NATIONAL}:
        return Scope("national")
    kind, _, value = text.partition(":")
    if text in BLOCKS or (kind in {"place", "procedure"} and value):
        return Scope(kind, value)
    if AGENCY_IDENTIFIER.match(text):
        return Scope("agency", text)
    raise UnknownScope(scope=text)


def parse_by(text: str | None) -> By | None:
    """Read how to split; raises ``UnknownSplit``."""
    if not text:
        return None
    if text not in set(By):
        raise UnknownSplit(by=text)
    return By(text)


@dataclass(frozen=True, slots=True)
class AgencyNode:
    """An agency in its tree; ``path`` is the tree path, the root's first."""

    id: int
    identifier: str
    name: Text
    path: str
    place: str  # code of the unit that it serves, or ""


@dataclass(frozen=True, slots=True)
class PlaceNode:
    """A unit and the unit that holds it ("" for a province)."""

    code: str
    name: Text
    parent: str


class Land:
    """The agencies' tree and the units' tree, for summing upwards."""

    def __init__(self, agencies: Iterable[AgencyNode], places: Iterable[PlaceNode]) -> None:
        self.agencies = {a.id: a for a in agencies}
        self.by_path = {a.path: a for a in self.agencies.values()}
        self.by_identifier = {a.identifier: a for a in self.agencies.values()}
        self.places: Mapping[str, PlaceNode] = {p.code: p for p in places}

    def lineage(self, agency_id: int) -> tuple[AgencyNode, ...]:
        """The agency and all above it, root first."""
        path = self.agencies[agency_id].path
        steps = (path[:end] for end in range(_STEP, len(path) + 1, _STEP))
        return tuple(self.by_path[step] for step in steps if step in self.by_path)

    def root(self, agency_id: int) -> str:
        """Identifier of the ministry or province at the root of its tree."""
        return self.lineage(agency_id)[0].identifier

    def root_path(self, agency_id: int) -> str:
        """Tree path of that root."""
        return self.agencies[agency_id].path[:_STEP]

    def roots(self) -> frozenset[str]:
        """Identifiers of the agencies without one above them."""
        return frozenset(self.root(agency_id) for agency_id in self.agencies)

    def subtree(self, identifier: str) -> frozenset[int]:
        """Ids of the agency and all below it; empty when there is none such."""
        top = self.by_identifier.get(identifier)
        if top is None:
            return frozenset()
        return frozenset(a.id for a in self.agencies.values() if a.path.startswith(top.path))

    def block(self, name: str) -> frozenset[int]:
        """Ids of all agencies of a block: by the root of their tree (contract.md)."""
        return frozenset(i for i in self.agencies if block_of(self.root(i)) == name)

    def around(self, place: str) -> tuple[str, ...]:
        """The unit and all that hold it; empty for none."""
        found: list[str] = []
        while place and place not in found:
            found.append(place)
            node = self.places.get(place)
            place = node.parent if node else ""
        return tuple(found)

    def within(self, place: str) -> frozenset[str]:
        """Codes of the unit and all units inside it."""
        return frozenset(c for c in self.places if place in self.around(c)) | {place}

    def scopes(self, by: By, *, agency_id: int, procedure: str, place: str) -> tuple[str, ...]:
        """The rows to which something done by that agency, for that procedure, at that place belongs."""
        if by is By.PROCEDURE:
            return (f"procedure:{procedure}",)
        if by is By.PLACE:
            return tuple(f"place:{code}" for code in self.around(place))
        line = self.lineage(agency_id)
        if by is By.AGENCY:
            return tuple(node.identifier for node in line)
        block = f"block:{block_of(line[0].identifier)}"
        return (block,) if block in BLOCKS else ()


@dataclass(frozen=True, slots=True)
class Cell:
    """Counts of one agency, procedure and place; parts that the split does not need are empty."""

    agency_id: int
    procedure: str
    place: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Offer:
    """A procedure (or service) of one root, as one agency has it: counted once for each root."""

    procedure: str
    root: str
    agency_id: int
    place: str
    rank: int = 0  # 0 information or not known, 1 partial, 2 full
    used: bool = False  # had an online dossier
    eligible: bool | None = None  # for full
    unknown: bool = False  # its level is not known
    complete: bool | None = None  # all parts published; None: there is no record
    bears_fee: bool | None = None  # None: not known
    fee_came: bool = False  # a dossier with a fee was received
    in_time: bool | None = True  # of a decision that published it; None: not known


@dataclass(slots=True)
class Offered:
    """What the offers of one pair come to: the highest level counts, at once."""

    rank: int = 0
    used: bool = False
    eligible: bool | None = None
    unknown: bool = True
    complete: bool | None = None
    bears_fee: bool | None = None
    fee_came: bool = False
    in_time: bool | None = True

    def take(self, offer: Offer) -> None:
        """Add an offer."""
        self.rank, self.used = max(self.rank, offer.rank), self.used or offer.used
        self.unknown = self.unknown and offer.unknown
        if offer.eligible is not None:
            self.eligible = bool(self.eligible) or offer.eligible
        self.complete, self.bears_fee = offer.complete, offer.bears_fee  # of the procedure: alike for all
        self.fee_came = self.fee_came or offer.fee_came
        if self.in_time is not False:  # any late decision counts against it, then any that is not known
            self.in_time = offer.in_time if offer.in_time is not True else self.in_time

    def counts(self, hit: Hit) -> Counts:
        """The pair in the figure of a definition; unknown levels stay in the denominator."""
        if hit is Hit.FULL:
            if self.eligible is None:
                return Counts(excluded=1)
            return Counts(int(self.rank == FULL_RANK), 1) if self.eligible else Counts()
        if hit is Hit.COMPLETE:
            return Counts(excluded=1) if self.complete is None else Counts(int(self.complete), 1)
        if hit in {Hit.PUBLISHED, Hit.PUBLIC}:
            return Counts(excluded=1) if self.in_time is None else Counts(int(self.in_time), 1)
        if hit is Hit.PAYABLE:
            if self.bears_fee is None:
                return Counts(excluded=1)
            return Counts(int(self.fee_came), 1) if self.bears_fee else Counts()
        wanted = {Hit.ONLINE: self.rank > 0, Hit.PARTIAL: self.rank == 1, Hit.USED: self.used}
        return Counts(int(wanted[hit]), 1, int(self.unknown))


def sum_cells(cells: Iterable[Cell], by: By | None, land: Land) -> dict[str, Counts]:
    """Sums by scope; the key ``""`` holds the sum of all cells."""
    sums: dict[str, Counts] = {"": Counts()}
    for cell in cells:
        keys = ("",) if by is None else ("", *land.scopes(
            by, agency_id=cell.agency_id, procedure=cell.procedure, place=cell.place
        ))  # fmt: skip
        for key in keys:
            sums[key] = sums.get(key, Counts()) + cell.counts
    return sums


def sum_offers(offers: Iterable[Offer], by: By | None, land: Land, hit: Hit) -> dict[str, Counts]:
    """The same for procedures and services: each pair of procedure and root once in each scope.

    ``excluded`` holds the pairs whose level (or eligibility) is not known.
    """
    pairs: dict[str, dict[tuple[str, str], Offered]] = {"": {}}
    for offer in offers:
        keys = ("",) if by is None else ("", *land.scopes(
            by, agency_id=offer.agency_id, procedure=offer.procedure, place=offer.place
        ))  # fmt: skip
        for key in keys:
            pairs.setdefault(key, {}).setdefault((offer.procedure, offer.root), Offered()).take(offer)
    return {
        key: sum((standing.counts(hit) for standing in found.values()), Counts())
        for key, found in pairs.items()
    }
