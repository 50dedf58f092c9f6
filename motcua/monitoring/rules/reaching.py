"""Services against a target: reaching it, missing it, without dossiers, as provinces report them [C]."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from motcua.core.texts import Text
from motcua.monitoring.rules.counting import Counts, rate_of

FEW = 5  # public pages tell nothing of a service with fewer dossiers


class Reach(StrEnum):
    """How a service stands in a period."""

    REACHING = "reaching"
    MISSING = "missing"
    WITHOUT = "without"  # no dossier at all
    USED = "used"  # it has dossiers, and no target is set
    FEW = "few"  # too few dossiers to be shown to the public


REACHES = {
    Reach.REACHING: Text("đạt chỉ tiêu", "reaching the target"),
    Reach.MISSING: Text("chưa đạt", "missing it"),
    Reach.WITHOUT: Text("không có hồ sơ", "without dossiers"),
    Reach.USED: Text("có hồ sơ, chưa đặt chỉ tiêu", "with dossiers, no target set"),
    Reach.FEW: Text("dưới 5 hồ sơ, không hiện", "fewer than 5 dossiers, not shown"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One service: a procedure as an agency offers it."""

    procedure: str
    agency_id: int
    level: str  # partial, full
    counts: Counts
    target: Decimal | None
    reach: Reach

    @property
    def rate(self) -> Decimal | None:
        """Per cent; None without dossiers, and where it is not shown."""
        return None if self.reach is Reach.FEW else rate_of(self.counts.numerator, self.counts.denominator)


def reach_of(counts: Counts, target: Decimal | None, *, hide: bool) -> Reach:
    """Where a service stands; ``hide`` few dossiers from the public."""
    if not counts.denominator:
        return Reach.WITHOUT
    if hide and counts.denominator < FEW:
        return Reach.FEW
    rate = rate_of(counts.numerator, counts.denominator)
    if target is None or rate is None:
        return Reach.USED
    return Reach.REACHING if rate >= target else Reach.MISSING


def tally(standings: Iterable[Standing], group: Mapping[int, str]) -> dict[str, Counter[Reach]]:
    """How many services stand how, by group of their agency; services of other agencies are left out."""
    found: dict[str, Counter[Reach]] = {}
    for one in standings:
        if one.agency_id in group:
            found.setdefault(group[one.agency_id], Counter())[one.reach] += 1
    return found
