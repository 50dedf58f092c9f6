"""A written document as values: sentences, tables, bars and notes. Pages, files and prints are made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.core.texts import Text

Cell = Text | str | int | Decimal | None  # a Decimal is per cent or points; None: not applicable


@dataclass(frozen=True, slots=True)
class Ratio:
    """Which columns of a table are made of which: ``rate`` = 100 × ``above`` ÷ ``below`` × ``factor``."""

    rate: int
    above: int
    below: int
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first column names the rows."""

    caption: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ratio: Ratio | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, per cent."""

    label: Text
    rate: Decimal | None
    figure: Text


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter: what it says, and what shows it."""

    title: Text
    sentences: tuple[Text, ...] = ()
    bars: tuple[Bar, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A whole document; ``notes`` say how each figure in it is counted."""

    title: Text
    subtitle: Text
    made_on: date
    parts: tuple[Part, ...]
    notes: tuple[Text, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """All its tables, in order."""
        return tuple(part.table for part in self.parts if part.table is not None)


def cell_text(cell: Cell, locale: str) -> str:
    """A cell as text: whole numbers in groups, decimals as the language writes them, a dash for None."""
    if cell is None:
        return "–"
    if isinstance(cell, Text):
        return cell.to(locale)
    if isinstance(cell, str):
        return cell
    english = locale.startswith("en")
    text = f"{cell:,}" if isinstance(cell, int) else f"{cell:,.2f}"
    return text if english else text.translate(str.maketrans(",.", ".,"))


def number(value: int | Decimal) -> Text:
    """A number as the texts of each language write it."""
    return Text(cell_text(value, "vi"), cell_text(value, "en"))


def rows_text(table: Table, locale: str) -> Sequence[list[str]]:
    """All rows of a table as texts."""
    return [[cell_text(cell, locale) for cell in row] for row in table.rows]
