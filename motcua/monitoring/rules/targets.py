"""Targets as dated data with their source; a table of imported targets comes beside these."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motcua.core.texts import Text


@dataclass(frozen=True, slots=True)
class Target:
    """A rate to be reached, per cent, in force on the days from ``first`` until ``last``."""

    definition: str
    scope: str
    first: date
    last: date | None
    percent: Decimal
    source: Text

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


def target_for(definition: str, scope: str, on: date) -> Target | None:
    """The target of a scope in force on a day; the latest one when several are."""
    fitting = [t for t in TARGETS if (t.definition, t.scope) == (definition, scope) and t.in_force(on)]
    return max(fitting, key=lambda t: t.first, default=None)
