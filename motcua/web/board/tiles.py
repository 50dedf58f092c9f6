"""The tile map of a figure: one square a unit, drawn by the server; pure but for where the squares stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from motcua.monitoring.queries import Placed, short_names
from motcua.web.board.showing import Row, figure_text
from motcua.web.templatetags.motcua import percent

WIDE, HIGH, GAP = 60, 46, 4
LEAST, MOST = 2, 200  # squares that make a map
NEAR = Decimal(10)  # points below the target that count as near it
# class → fill, ink, sign; the sign and the figure say it without the colour
LOOKS = {
    "reached": ("#0b6e4f", "#ffffff", "✓"),
    "near": ("#8a5200", "#ffffff", "≈"),
    "missed": ("#b3261e", "#ffffff", "✗"),
    "none": ("#f6f4ef", "#1b1b1f", "–"),
    "q4": ("#06345c", "#ffffff", ""),
    "q3": ("#0b4f8a", "#ffffff", ""),
    "q2": ("#cfe0ee", "#1b1b1f", ""),
    "q1": ("#ffffff", "#1b1b1f", ""),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One square with its place in pixels."""

    x: int
    y: int
    short: str
    rate: str
    title: str  # what stands on it, then the whole name and figure
    href: str
    fill: str
    ink: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """What ``board/_tiles.html`` draws."""

    width: int
    height: int
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[str, str, str], ...]  # fill, ink, words
    sentence: str
    source: str


def _class(rate: Decimal | None, target: Decimal | None) -> str:
    if rate is None:
        return "none"
    if target is None:
        return "q1" if rate < 25 else "q2" if rate < 50 else "q3" if rate < 75 else "q4"
    return "reached" if rate >= target else "near" if rate >= target - NEAR else "missed"


def _names() -> dict[str, str]:
    return {
        "reached": _("✓ target reached"),
        "near": _("≈ less than 10 points below"),
        "missed": _("✗ 10 points or more below"),
        "none": _("– nothing to count, or not shown"),
        "q1": _("under 25 %"),
        "q2": _("25 to 50 %"),
        "q3": _("50 to 75 %"),
        "q4": _("75 % and more"),
    }


def tile_key(scope: str) -> str:
    """The key of a row's square: the unit's code, or the agency's identifier."""
    return scope.removeprefix("place:")


def _sentence(kinds: Sequence[str], target: Decimal | None) -> str:
    shown = len(kinds) - kinds.count("none")
    if target is None:
        words = _("%(most)s of %(shown)s units with figures stand at 50 per cent or more.")
        return words % {"most": kinds.count("q3") + kinds.count("q4"), "shown": shown}
    words = _(
        "%(reached)s of %(shown)s units with figures reach %(target)s; %(missed)s are 10 points or more away."
    )
    return words % {
        "reached": kinds.count("reached"), "shown": shown, "target": percent(target),
        "missed": kinds.count("missed"),
    }  # fmt: skip


def tile_map(rows: Sequence[Row], placed: Placed, target: Decimal | None, language: str) -> TileMap:
    """The map of the rows of one figure; ``target`` of the scope, where a row has none of its own."""
    on_it = [row for row in rows if tile_key(row.scope) in placed.places]
    short = short_names({row.scope: row.name for row in on_it})
    made, kinds = [], []
    for row in on_it:
        kind = _class(row.row.rate, row.row.target if row.row.target is not None else target)
        fill, ink, sign = LOOKS[kind]
        down, right = placed.places[tile_key(row.scope)]
        rate = "" if row.row.rate is None else f"{row.row.rate:.0f} %"
        shown = f"{sign} {rate}".strip()
        title = f"{short[row.scope]} {shown}, {row.name}: {figure_text(row.row)}"
        made.append(Tile(
            right * WIDE, down * HIGH, short[row.scope], shown, title, row.href, fill, ink
        ))  # fmt: skip
        kinds.append(kind)
    names = _names()
    legend = tuple((LOOKS[k][0], LOOKS[k][1], names[k]) for k in LOOKS if k in kinds)
    return TileMap(
        placed.columns * WIDE, placed.rows * HIGH, tuple(made), legend, _sentence(kinds, target),
        placed.source.to(language),
    )  # fmt: skip


def may_be_a_map(rows: Sequence[Row], by: str) -> bool:
    """True for a split into places, or into agencies of one level, of a size that fits."""
    return by in {"place", "agency"} and LEAST <= len(rows) <= MOST
