"""Bar charts drawn by the server: geometry only, pure; the template writes (and escapes) the SVG.

Widths are per cent of the drawing, so that a chart fits a telephone and a desk alike: bars begin at
zero and 100 % is the full width. Labels stand on the bars, figures beside them, no legend.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ROW = 52  # pixels a bar takes, with its label
TOP = 24  # room for the target's name
LONGEST = 44  # letters of a label; the table below has the whole name
INSIDE = Decimal(70)  # longer bars carry their figure inside


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. ``rate`` None: there is nothing to divide by (or it is not shown), and no bar."""

    label: str
    rate: Decimal | None
    figure: str  # as it is written beside the bar
    href: str = ""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its place: ``y`` values in pixels, ``width`` and ``figure_x`` in per cent."""

    label: str
    figure: str
    href: str
    label_y: int
    bar_y: int
    figure_y: int
    width: str
    figure_x: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws; ``id`` names title and description for screen readers."""

    id: str
    title: str
    description: str
    height: int
    bars: tuple[DrawnBar, ...]
    target: str  # x of the target line in per cent, "" for none
    target_label: str
    target_right: bool  # its name stands left of the line
    own_first: bool  # the first bar is what the page is about, in another colour


def shorten(label: str) -> str:
    """A label that fits above its bar, cut between words."""
    if len(label) <= LONGEST:
        return label
    cut = label[:LONGEST].rsplit(" ", 1)[0]
    return f"{cut or label[:LONGEST]}…"


def _percent(value: Decimal) -> str:
    kept = min(max(value, Decimal(0)), Decimal(100))
    return f"{kept.normalize():f}%"


def draw(
    *,
    id: str,
    title: str,
    description: str,
    bars: Iterable[Bar],
    target: Decimal | None = None,
    target_label: str = "",
    own_first: bool = True,
) -> Chart:
    """Place the bars one under the other, in the order given."""
    drawn = tuple(_drawn(number, bar) for number, bar in enumerate(bars))
    return Chart(
        id=id,
        title=title,
        description=description,
        height=TOP + ROW * len(drawn) + 4,
        bars=drawn,
        target=_percent(target) if target is not None else "",
        target_label=target_label,
        target_right=target is not None and target > 50,
        own_first=own_first,
    )


def _drawn(number: int, bar: Bar) -> DrawnBar:
    top = TOP + ROW * number
    rate = bar.rate or Decimal(0)
    return DrawnBar(
        label=shorten(bar.label),
        figure=bar.figure,
        href=bar.href,
        label_y=top + 16,
        bar_y=top + 22,
        figure_y=top + 37,
        width=_percent(rate),
        figure_x=_percent(rate),
        inside=rate > INSIDE,
    )
