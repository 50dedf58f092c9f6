"""Making agencies and posts; fixing the calendar."""

from motcua.agencies.operations.calendar import HoursRefused, freeze_year, set_day, set_weekday
from motcua.agencies.operations.making import (
    IdentifierMisplaced,
    IdentifierTaken,
    create_agency,
    ensure_agency,
    open_desk,
)
from motcua.agencies.operations.posts import (
    PostEndsEarly,
    appoint,
    end_posts,
    give_recovery_code,
    stand_in,
)

__all__ = [
    "HoursRefused",
    "IdentifierMisplaced",
    "IdentifierTaken",
    "PostEndsEarly",
    "appoint",
    "create_agency",
    "end_posts",
    "ensure_agency",
    "freeze_year",
    "give_recovery_code",
    "open_desk",
    "set_day",
    "set_weekday",
    "stand_in",
]
