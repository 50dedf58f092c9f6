"""Scopes of a figure, and summing cells up to them. Counts are summed, rates never averaged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from motcua.core.references import AGENCY_IDENTIFIER, block_of
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.monitoring.rules.counting import Counts

NATIONAL = "national"
BLOCKS = {
    "block:ministry": Text("Khối bộ, ngành", "Ministry block"),
    "block:local": Text("Khối địa phương", "Local block"),
}
WHOLE = Text("Toàn quốc", "National")
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
        self._lines: dict[int, tuple[AgencyNode, ...]] = {}  # asked for thousands of times in one answer

    def lineage(self, agency_id: int) -> tuple[AgencyNode, ...]:
        """The agency and all above it, root first."""
        line = self._lines.get(agency_id)
        if line is None:
            path = self.agencies[agency_id].path
            steps = (path[:end] for end in range(_STEP, len(path) + 1, _STEP))
            line = tuple(self.by_path[step] for step in steps if step in self.by_path)
            self._lines[agency_id] = line
        return line

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


class Cell(NamedTuple):
    """Counts of one agency, procedure and place; parts that the split does not need are empty."""

    agency_id: int
    procedure: str
    place: str
    counts: Counts


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
