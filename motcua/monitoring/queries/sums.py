"""Sums from the rollups: ready cubes, and the tallies that they do not hold or do not tell apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, F, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce

from motcua.core.databases import planned_by_value
from motcua.core.periods import Period
from motcua.monitoring.models import Cube, Folded, Tally
from motcua.monitoring.rules.counting import Counts
from motcua.monitoring.rules.cubes import PROCEDURE, CubeKind, Pieces, cut, kind_for
from motcua.monitoring.rules.definition import Definition
from motcua.monitoring.rules.scopes import By, Cell, Land, Scope

_KEYS = {By.PROCEDURE: "procedure", By.PLACE: "place", By.AGENCY: "agency"}
NEVER = Q(pk__in=[])
_LAST_FOLDED = Subquery(Folded.objects.order_by("pk").values("last_id")[:1])


class Part(Enum):
    """Of a count: how many hit, or of how many."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class Question:
    """What is summed: by which kind of cube (None: tallies only), grouped by ``keys``.

    ``keys`` are of root, agency, procedure, place, as far as the kind tells them apart.
    """

    wanted: tuple[Definition, ...]
    period: Period
    kind: CubeKind | None
    keys: tuple[str, ...]
    scope: Scope
    land: Land

    @property
    def pieces(self) -> Pieces:
        """The period as years, months and days."""
        return cut(self.period)


def cells(
    wanted: Sequence[Definition], period: Period, by: By | None, scope: Scope, land: Land
) -> dict[str, list[Cell]]:
    """Cells by definition, grouped by what the split needs; one query for any number of them."""
    kind = kind_for(by, scope, at_root=_at_root(scope, land))
    key = (_KEYS.get(by) if by else None) or ("procedure" if kind is PROCEDURE else "root")
    return read(Question(tuple(wanted), period, kind, (key,), scope, land))


def read(asked: Question) -> dict[str, list[Cell]]:
    """The cells of a question, by definition: one statement, so that folding cannot come between."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for *key, n, d, e in _rows(asked):
        own = sums.setdefault(tuple(key), [0, 0, 0])
        own[0] += n or 0
        own[1] += d or 0
        own[2] += e or 0
    return _as_cells(sums, asked)


def keys_with(asked: Question, part: Part) -> set[tuple[Any, ...]]:
    """The keys of a question about one definition for which a part is not zero; makes no cells."""
    sums: dict[tuple[Any, ...], int] = {}
    for _, *key, n, d, _ in _rows(asked):
        own = tuple(key)
        sums[own] = sums.get(own, 0) + ((d if part is Part.DENOMINATOR else n) or 0)
    return {key for key, total in sums.items() if total > 0}


def _rows(asked: Question) -> list[Any]:
    tallies = _tallies(asked)
    rows = tallies if asked.kind is None else _cubes(asked, asked.kind).union(tallies, all=True)
    with planned_by_value():
        return list(rows)


def _cubes(asked: Question, kind: CubeKind) -> Any:
    pieces = asked.pieces
    when = Q(grain="y", start__in=pieces.years) | Q(grain="m", start__in=pieces.months)
    if "d" in kind.grains:
        when |= _during("start", pieces.days) & Q(grain="d")
    rows = Cube.objects.filter(
        when,
        _current(asked.wanted),
        inside(asked.scope, asked.land, "agency"),
        kind=kind.name,
        since_on__lte=asked.period.last,
    ).values_list("definition", *asked.keys)
    return rows.annotate(n=Sum("numerator"), d=Sum("denominator"), e=Sum("excluded"))


def _tallies(asked: Question) -> Any:
    """What no cube holds yet, and the single days for which the kind has none."""
    period, kind = asked.period, asked.kind
    when = Q(received_on__range=(period.first, period.last))
    if kind is not None:
        unfolded = when & Q(pk__gt=Coalesce(_LAST_FOLDED, 0))
        when = unfolded if "d" in kind.grains else unfolded | _during("received_on", asked.pieces.days)
    of = "profile__judgements__"
    rows = Tally.objects.filter(
        when, _current(asked.wanted, of), inside(asked.scope, asked.land), since_on__lte=period.last
    ).values_list(f"{of}definition", *asked.keys)
    minutes = When(**{f"{of}measured": True, "then": F("minutes") * F(f"{of}denominator")})
    return rows.annotate(
        n=Sum(Case(minutes, default=F("count") * F(f"{of}numerator"))),
        d=Sum(F("count") * F(f"{of}denominator")),
        e=Sum(F("count") * F(f"{of}excluded")),
    )


def _current(wanted: Sequence[Definition], of: str = "") -> Q:
    either = [Q(**{of + "definition": d.identifier, of + "revision": d.revision}) for d in wanted]
    return reduce(or_, either, NEVER)


def _during(field: str, days: Iterable[Period]) -> Q:
    return reduce(or_, (Q(**{field + "__range": (p.first, p.last)}) for p in days), NEVER)


def _at_root(scope: Scope, land: Land) -> bool:
    return scope.kind == "agency" and len(land.lineage(land.by_identifier[scope.value].id)) == 1


def inside(scope: Scope, land: Land, agency: str = "agency_id") -> Q:
    """The condition on rows with ``root``, an agency, ``place`` and ``procedure`` for a scope."""
    if scope.kind == "block":
        return Q(root__in=sorted({land.root_path(i) for i in land.block(scope.value)}))
    if scope.kind == "agency":
        node = land.by_identifier[scope.value]
        if len(land.lineage(node.id)) == 1:
            return Q(root=node.path)
        return Q(**{agency + "__in": sorted(land.subtree(scope.value))})
    if scope.kind == "place":
        return Q(place__in=sorted(land.within(scope.value)))
    return Q(procedure=scope.value) if scope.kind == "procedure" else Q()


def _as_cells(sums: dict[tuple[Any, ...], list[int]], asked: Question) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for (name, *values), numbers in sums.items():
        if any(numbers):
            parts = dict(zip(asked.keys, values, strict=True))
            at_root = asked.land.by_path[parts["root"]].id if parts.get("root") else 0
            agency = parts.get("agency") or at_root
            cell = Cell(agency, parts.get("procedure", ""), parts.get("place", ""), Counts(*numbers))
            found.setdefault(name, []).append(cell)
    return found
