"""Declared levels of services as other systems list them (contract.md: ``motcua import levels``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from motcua.core.references import AGENCY_IDENTIFIER, PROCEDURE_CODE, agency_identifier, procedure_code

COLUMNS = ("procedure", "agency", "level")
LEVELS = {
    "information": "information",
    "partial": "partial",
    "full": "full",
    "cung cấp thông tin": "information",
    "một phần": "partial",
    "toàn trình": "full",
}
FROM_EVER = date(2000, 1, 1)  # for a line that does not say since when


class LineRefused(ValueError):
    """A line that cannot be a declared level; its words name the column and the reason."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A level that an agency declared for a procedure, from a day on; ``eligible`` None: not said."""

    procedure: str
    agency: str
    level: str
    eligible: bool | None
    valid_from: date
    source: str


def read_declared(cells: Mapping[str, str], source: str) -> Declared:
    """Read one line by column; raises ``LineRefused``."""
    procedure = procedure_code(cells.get("procedure", ""))
    agency = agency_identifier(cells.get("agency", ""))
    level = LEVELS.get(cells.get("level", "").casefold(), "")
    eligible = cells.get("eligible_full", "")
    if not PROCEDURE_CODE.match(procedure):
        raise LineRefused(f"procedure: {procedure!r:.40} is no code such as 1.004873")
    if not AGENCY_IDENTIFIER.match(agency):
        raise LineRefused(f"agency: {agency!r:.40} is no identifier such as H43 or H43.12")
    if not level:
        raise LineRefused(f"level: {cells.get('level', '')!r:.40} is none of information, partial, full")
    if eligible not in {"", "0", "1"}:
        raise LineRefused(f"eligible_full: {eligible!r:.40} is neither 0 nor 1")
    return Declared(
        procedure=procedure,
        agency=agency,
        level=level,
        eligible=None if eligible == "" else eligible == "1",
        valid_from=_day(cells.get("valid_from", "")),
        source=(cells.get("source") or source)[:200],
    )


def _day(text: str) -> date:
    if not text:
        return FROM_EVER
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise LineRefused(f"valid_from: {text!r:.40} is no day (write 2025-07-01)") from None
