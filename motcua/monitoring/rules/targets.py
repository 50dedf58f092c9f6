"""Targets as dated data with their source: those that come with the program, and lines of imported files."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from motcua.core.texts import Text
from motcua.monitoring.rules.scopes import UnknownScope, parse_scope


@dataclass(frozen=True, slots=True)
class Target:
    """A rate to be reached, per cent, in force on the days from ``first`` until ``last``."""

    definition: str
    scope: str
    first: date
    last: date | None
    percent: Decimal
    source: Text
    phase: str = ""
    criteria: str = ""

    def in_force(self, on: date) -> bool:
        """True on its days, both ends included."""
        return self.first <= on and (self.last is None or on <= self.last)


TARGETS: tuple[Target, ...] = (
    Target(
        definition="online_emc",
        scope="national",
        first=date(2024, 1, 1),
        last=None,
        percent=Decimal("70.00"),
        source=Text(
            "Giai đoạn ba của dịch vụ công trực tuyến (hội nghị toàn quốc 2024): 70 % hồ sơ trực tuyến",
            "Third phase of online services (national conference of 2024): 70 % of dossiers online",
        ),
    ),
)


def target_for(definition: str, scope: str, on: date, targets: Iterable[Target] = TARGETS) -> Target | None:
    """The target of a scope in force on a day; of several the one that began last, then the first given."""
    fitting = [t for t in targets if (t.definition, t.scope) == (definition, scope) and t.in_force(on)]
    return max(fitting, key=lambda t: t.first, default=None)


COLUMNS = ("definition", "scope", "from", "target")


class LineRefused(ValueError):
    """A line that cannot be a target; its words name the column and the reason."""


def read_target(cells: Mapping[str, str], known: Collection[str], source: str) -> Target:
    """Read one line (contract.md); ``target`` is per cent. Raises ``LineRefused``."""
    definition, scope = cells.get("definition", ""), cells.get("scope", "") or "national"
    if definition not in known:
        raise LineRefused(f"definition: {definition!r:.40} is none of the rates")
    try:
        scope = str(parse_scope(scope))
    except UnknownScope:
        raise LineRefused(f"scope: {scope!r:.40} is no scope") from None
    first, last = _day("from", cells.get("from", "")), _day("to", cells.get("to", ""))
    if first is None:
        raise LineRefused("from: a target needs the day from which it is in force")
    if last is not None and last < first:
        raise LineRefused("to: before from")
    said = cells.get("source") or source
    return Target(
        definition=definition,
        scope=scope,
        first=first,
        last=last,
        percent=_percent(cells.get("target", "")),
        source=Text(said, said),
        phase=cells.get("phase", "")[:100],
        criteria=cells.get("criteria", "")[:1000],
    )


def _day(column: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LineRefused(f"{column}: {text!r:.40} is no day (write 2025-12-31)") from None


def _percent(text: str) -> Decimal:
    try:
        value = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        raise LineRefused(f"target: {text!r:.40} is no number") from None
    if not value.is_finite() or not 0 <= value <= 100:
        raise LineRefused(f"target: {text!r:.40} is no per cent from 0 to 100")
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
