"""Which sums are kept ready, and which of them answer a question about a period."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from motcua.core.periods import Period
from motcua.monitoring.rules.scopes import By, Scope


@dataclass(frozen=True, slots=True)
class CubeKind:
    """A kind of sum: what it tells apart, at which grains, and for which definitions (none: all)."""

    name: str
    grains: str  # of d, m, y
    by_root: bool = False
    by_agency: bool = False
    by_procedure: bool = False
    only: tuple[str, ...] = ()


ROOT = CubeKind("root", "dmy", by_root=True)
AGENCY = CubeKind("agency", "my", by_root=True, by_agency=True)
PROCEDURE = CubeKind("procedure", "my", by_procedure=True)
PAIR = CubeKind("pair", "my", by_root=True, by_procedure=True)
# a service is a procedure of an agency; only how it is used online, and whether fees came, is asked
SERVICE = CubeKind(
    "service",
    "my",
    by_root=True,
    by_agency=True,
    by_procedure=True,
    only=("online_2022", "online_emc", "paid_online_766"),
)
KINDS = (ROOT, AGENCY, PROCEDURE, PAIR, SERVICE)


def kind_for(by: By | None, scope: Scope, *, at_root: bool) -> CubeKind | None:
    """The smallest sums that can answer a split in a scope; None: the tallies themselves.

    ``at_root``: the scope is an agency at the root of its tree.
    """
    by_agency = by in {By.AGENCY, By.PLACE}
    if scope.kind == "procedure":
        return None if by_agency else PAIR if by is By.BLOCK else PROCEDURE
    wide = scope.kind in {"national", "block"} or (scope.kind == "agency" and at_root)
    if by is By.PROCEDURE:
        return (PROCEDURE if scope.kind == "national" else PAIR) if wide else None
    return ROOT if wide and not by_agency else AGENCY


@dataclass(frozen=True, slots=True)
class Pieces:
    """A period cut into whole years, whole months and the days that remain (as periods)."""

    years: tuple[date, ...] = ()
    months: tuple[date, ...] = ()
    days: tuple[Period, ...] = field(default=())


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def cut(period: Period) -> Pieces:
    """Cut a period so that the fewest rows answer it; every day of it is in exactly one piece."""
    years: list[date] = []
    months: list[date] = []
    days: list[Period] = []
    here, after = period.first, period.last + timedelta(days=1)
    while here < after:
        year = date(here.year + 1, 1, 1)
        month = _next_month(here)
        if here.day == here.month == 1 and year <= after:
            years.append(here)
            here = year
        elif here.day == 1 and month <= after:
            months.append(here)
            here = month
        else:
            end = min(month, after)
            days.append(Period(here, end - timedelta(days=1)))
            here = end
    return Pieces(tuple(years), tuple(months), tuple(days))
