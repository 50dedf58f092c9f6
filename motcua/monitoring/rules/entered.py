"""Figures whose data is elsewhere: lines of a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.monitoring.rules.scopes import UnknownScope, parse_scope
from motcua.monitoring.rules.targets import LineRefused

COLUMNS = ("component", "scope", "from", "to", "numerator", "denominator")


@dataclass(frozen=True, slots=True)
class EnteredFigure:
    """Counts of one component (key of the index, or identifier of a definition) for a scope and days."""

    component: str
    scope: str
    first: date
    last: date
    numerator: int
    denominator: int
    source: str


def read_entered(cells: Mapping[str, str], source: str) -> EnteredFigure:
    """Read one line by column; raises ``LineRefused``."""
    component = cells.get("component", "")
    if not component or len(component) > 40:
        raise LineRefused("component: a key of the index (3.5b) or an identifier of a rate is needed")
    try:
        scope = str(parse_scope(cells.get("scope", "")))
    except UnknownScope:
        raise LineRefused(f"scope: {cells.get('scope', '')!r:.40} is no scope") from None
    first, last = _day("from", cells), _day("to", cells)
    if last < first:
        raise LineRefused("to: before from")
    numerator, denominator = _count("numerator", cells), _count("denominator", cells)
    if numerator > denominator:
        raise LineRefused("numerator: larger than the denominator")
    said = (cells.get("source") or source)[:500]
    return EnteredFigure(component, scope, first, last, numerator, denominator, said)


def _day(column: str, cells: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(cells.get(column, ""))
    except ValueError:
        raise LineRefused(f"{column}: {cells.get(column, '')!r:.40} is no day (write 2025-12-31)") from None


def _count(column: str, cells: Mapping[str, str]) -> int:
    text = cells.get(column, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise LineRefused(f"{column}: {text!r:.40} is no whole number")
    return int(text)
