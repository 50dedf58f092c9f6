"""The index of Decision 766: points from rates, bands, what costs most, what if (domain.md §4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from motcua.core.texts import Text

CENT, HUNDRED = Decimal("0.01"), Decimal(100)


@dataclass(frozen=True, slots=True)
class Component:
    """One component: its points, and the definition that counts it ("": outside data, entered or imported).

    ``threshold``: per cent from which the full points are given.
    """

    key: str
    definition: str
    name: Text
    points: Decimal
    threshold: Decimal = HUNDRED


@dataclass(frozen=True, slots=True)
class Group:
    """A group of components."""

    key: str
    name: Text
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A band, from so many points of a hundred."""

    least: Decimal
    name: Text


@dataclass(frozen=True, slots=True)
class Scheme:
    """One revision of the index: all of it is dated data with its source."""

    number: int
    since: date
    source: Text
    groups: tuple[Group, ...]
    bands: tuple[Band, ...]  # best first

    @property
    def components(self) -> tuple[Component, ...]:
        """All components, group by group."""
        return tuple(component for group in self.groups for component in group.components)


@dataclass(frozen=True, slots=True)
class Counted:
    """A rate as it was counted (or entered, from ``source``); ``rate`` None: nothing to divide by."""

    numerator: int
    denominator: int
    rate: Decimal | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """One component with its points; None where there is nothing to judge: not applicable, or no data."""

    component: Component
    counted: Counted | None
    points: Decimal | None

    @property
    def lost(self) -> Decimal:
        """Points that are missing to the maximum; zero where there is nothing to judge."""
        return Decimal(0) if self.points is None else self.component.points - self.points


@dataclass(frozen=True, slots=True)
class Score:
    """All components. ``possible``: the points of those that could be judged."""

    scheme: Scheme
    scored: tuple[Scored, ...]
    points: Decimal
    possible: Decimal

    @property
    def of_hundred(self) -> Decimal | None:
        """Points in a hundred of what could be judged; None where nothing could."""
        return None if not self.possible else two(self.points * HUNDRED / self.possible)

    @property
    def band(self) -> Band | None:
        """The band by that; None where nothing could be judged."""
        value = self.of_hundred
        return None if value is None else next((b for b in self.scheme.bands if value >= b.least), None)


def two(value: Decimal) -> Decimal:
    """Two decimals, half up."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def points_of(component: Component, rate: Decimal | None) -> Decimal | None:
    """Full points from the threshold on, below it in proportion; None for no rate."""
    if rate is None:
        return None
    if rate >= component.threshold:
        return component.points
    return two(max(rate, Decimal(0)) * component.points / component.threshold)


def score(scheme: Scheme, counted: Mapping[str, Counted]) -> Score:
    """The index from rates by component key."""
    scored = tuple(
        Scored(one, found, points_of(one, found.rate if found else None))
        for one in scheme.components
        for found in (counted.get(one.key),)
    )
    judged = [one for one in scored if one.points is not None]
    return Score(
        scheme,
        scored,
        points=sum((one.points for one in judged if one.points is not None), Decimal(0)),
        possible=sum((one.component.points for one in judged), Decimal(0)),
    )


def costs(score: Score) -> list[Scored]:
    """The components that lose points, most first."""
    return sorted(
        (one for one in score.scored if one.lost > 0), key=lambda one: (-one.lost, one.component.key)
    )


def what_if(scheme: Scheme, counted: Mapping[str, Counted], wished: Mapping[str, Decimal]) -> Score:
    """The index if some components had other rates (per cent)."""
    changed = dict(counted)
    for one in scheme.components:
        if one.key in wished:
            old = counted.get(one.key) or Counted(0, 0, None)
            changed[one.key] = replace(old, rate=min(max(wished[one.key], Decimal(0)), HUNDRED))
    return score(scheme, changed)


@dataclass(frozen=True, slots=True)
class Cause:
    """A procedure that costs points in a component: its misses, and the points if it had none."""

    procedure: str
    name: Text
    misses: int
    denominator: int
    gain: Decimal


def causes(scored: Scored, rows: Iterable[tuple[str, Text, int, int]], most: int = 5) -> tuple[Cause, ...]:
    """The procedures with most misses (code, name, numerator, denominator), and what each would give back."""
    whole = scored.counted
    if whole is None or whole.denominator == 0 or scored.points is None:
        return ()
    found = []
    for code, name, numerator, denominator in rows:
        misses = denominator - numerator
        if misses > 0 and code:
            rate = HUNDRED * (whole.numerator + misses) / whole.denominator
            better = points_of(scored.component, min(rate, HUNDRED)) or Decimal(0)
            found.append(Cause(code, name, misses, denominator, max(better - scored.points, Decimal(0))))
    return tuple(sorted(found, key=lambda one: (-one.misses, one.procedure))[:most])


@dataclass(frozen=True, slots=True)
class Peers:
    """A rank among agencies of the same block with enough dossiers; ``median``: of points in a hundred."""

    rank: int
    count: int
    median: Decimal


def among(own: str, scores: Mapping[str, Decimal]) -> Peers | None:
    """Where one stands among fair peers (itself one of them); None where it is none of them."""
    if own not in scores:
        return None
    better = sum(value > scores[own] for value in scores.values())
    return Peers(better + 1, len(scores), two(median(scores.values())))


def read_scheme(table: Mapping[str, Any], names: Mapping[str, Text]) -> Scheme:
    """A revision from its table (``data/index766.toml``); ``names`` of definitions by identifier."""
    return Scheme(
        number=table["number"],
        since=table["from"],
        source=Text(table["source_vi"], table["source_en"]),
        groups=tuple(_group(one, names) for one in table["group"]),
        bands=tuple(
            Band(Decimal(one["least"]), Text(one["name_vi"], one["name_en"]))
            for one in sorted(table["band"], key=lambda one: -one["least"])
        ),
    )


def _group(table: Mapping[str, Any], names: Mapping[str, Text]) -> Group:
    components = tuple(
        Component(
            key=one["key"],
            definition=one.get("definition", ""),
            name=names[one["definition"]] if "definition" in one else Text(one["name_vi"], one["name_en"]),
            points=Decimal(one["points"]),
            threshold=Decimal(one.get("threshold", 100)),
        )
        for one in table["components"]
    )
    return Group(table["key"], Text(table["name_vi"], table["name_en"]), components)


def in_force(schemes: Sequence[Scheme], on: date, number: int | None = None) -> Scheme:
    """The revision asked for by number, else the one in force on a day (the earliest before them)."""
    if number is not None:
        return next(scheme for scheme in schemes if scheme.number == number)
    return max((s for s in schemes if s.since <= on), key=lambda s: s.since, default=schemes[0])
