"""How long what people say is kept after it was settled."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Retention:
    """A time to be kept, in force from a day on."""

    since: date
    source: str
    years: int


def settled_before(on: date, retention: Retention) -> date:
    """What was settled before this day has been kept long enough on ``on``."""
    year = on.year - retention.years
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)
