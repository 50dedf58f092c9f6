"""Decisions that publish procedures, and the law documents behind them: lines of files, and their dates.

Decision 766, 1.1 and 1.2: a decision comes so many working days before the newest document behind it takes
effect; the procedure is public on the national database so many working days after the decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from motcua.catalogue.rules.declared import LineRefused
from motcua.core.references import (
    AGENCY_IDENTIFIER,
    PROCEDURE_CODE,
    agency_identifier,
    procedure_code,
    root_of,
)
from motcua.core.working_time import Calendar

PUBLICATION_COLUMNS = ("procedure", "agency", "decision", "decided_on")
LAW_COLUMNS = ("number",)
KINDS = {
    "new": "new", "amended": "amended", "abolished": "abolished",
    "ban hành mới": "new", "mới": "new", "sửa đổi, bổ sung": "amended", "sửa đổi": "amended",
    "bãi bỏ": "abolished",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicationTerms:
    """Working days for a ministry or for a province."""

    before_effect: int
    until_public: int


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """One decision on one procedure; ``agency`` is the ministry or province at the root."""

    procedure: str
    agency: str
    kind: str
    decision: str
    decided_on: date
    effective_on: date | None
    public_on: date | None
    legal: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class LawLine:
    """One law document."""

    number: str
    title: str
    kind: str
    issuer: str
    issued_on: date | None
    effective_on: date | None
    expires_on: date | None
    source: str


def read_publication(cells: Mapping[str, str], source: str) -> PublicationLine:
    """Read one line by column; raises ``LineRefused``."""
    procedure, agency, kind = _named(cells)
    if not cells.get("decision"):
        raise LineRefused("decision: the number of the decision is needed")
    decided, public = _day("decided_on", cells), _day("public_on", cells)
    if decided is None:
        raise LineRefused("decided_on: the day of the decision is needed")
    if public is not None and public < decided:
        raise LineRefused("public_on: before decided_on")
    return PublicationLine(
        procedure=procedure,
        agency=root_of(agency),
        kind=kind,
        decision=cells["decision"][:60],
        decided_on=decided,
        effective_on=_day("effective_on", cells),
        public_on=public,
        legal=tuple(n.strip()[:60] for n in cells.get("legal", "").split(";") if n.strip())[:8],
        source=(cells.get("source") or source)[:200],
    )


def _named(cells: Mapping[str, str]) -> tuple[str, str, str]:
    """Procedure, agency and kind of a line."""
    procedure = procedure_code(cells.get("procedure", ""))
    agency = agency_identifier(cells.get("agency", ""))
    kind = KINDS.get(cells.get("kind", "").casefold() or "new", "")
    if not PROCEDURE_CODE.match(procedure):
        raise LineRefused(f"procedure: {procedure!r:.40} is no code such as 1.004873")
    if not AGENCY_IDENTIFIER.match(agency):
        raise LineRefused(f"agency: {agency!r:.40} is no identifier such as H43 or G15")
    if not kind:
        raise LineRefused(f"kind: {cells.get('kind', '')!r:.40} is none of new, amended, abolished")
    return procedure, agency, kind


def read_law(cells: Mapping[str, str], source: str) -> LawLine:
    """Read one line by column; raises ``LineRefused``."""
    number = cells.get("number", "")
    if not number or len(number) > 60:
        raise LineRefused(f"number: {number!r:.40} is no number such as 75/2022/TT-BTC")
    return LawLine(
        number=number,
        title=cells.get("title", "")[:1000],
        kind=cells.get("kind", "")[:60],
        issuer=cells.get("issuer", "")[:250],
        issued_on=_day("issued_on", cells),
        effective_on=_day("effective_on", cells),
        expires_on=_day("expires_on", cells),
        source=(cells.get("source") or source)[:200],
    )


def _day(column: str, cells: Mapping[str, str]) -> date | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LineRefused(f"{column}: {text!r:.40} is no day (write 2025-07-01)") from None


def working_days_before(calendar: Calendar, day: date, count: int) -> date:
    """The day so many working days before ``day``; raises ``YearNotFrozen``."""
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def working_days_after(calendar: Calendar, day: date, count: int) -> date:
    """The day so many working days after ``day``; raises ``YearNotFrozen``."""
    while count:
        day += timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def decide_by(calendar: Calendar, effective_on: date | None, terms: PublicationTerms) -> date | None:
    """The last day on which the decision was on time (766, 1.1); None: the effect is not known."""
    return None if effective_on is None else working_days_before(calendar, effective_on, terms.before_effect)


def public_by(calendar: Calendar, decided_on: date, terms: PublicationTerms) -> date:
    """The last day on which it became public on time (766, 1.2)."""
    return working_days_after(calendar, decided_on, terms.until_public)


def public_in_time(public_on: date | None, by: date) -> bool:
    """False too where it is not public."""
    return public_on is not None and public_on <= by


def nears(calendar: Calendar, by: date, on: date, lead: int) -> bool:
    """Whether the last day has come so near that it is told; no longer when it has passed."""
    return working_days_before(calendar, by, lead) <= on <= by
