"""What a board's address asks for: a period of whole days, a scope, a split."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.actor import Actor
from motcua.core.periods import Period, local_day
from motcua.web.fields import DATE_PARTS, Field
from motcua.web.requests import EdgeRequest

SPLITS = ("block", "agency", "procedure", "place")
NATION = "national"
LATEST = date(2099, 12, 31)  # what lies further off is a slip of the pen
EARLIEST = date(2011, 1, 1)  # online services began; nothing is counted before


@dataclass(frozen=True, slots=True)
class Asked:
    """A checked period with the two date fields as they came; ``fields`` carry the errors."""

    period: Period
    scope: str
    by: str
    fields: tuple[Field, ...]
    usual: str = NATION  # the scope that is meant where the address names none

    @property
    def bad(self) -> bool:
        """True when a date was refused; the period is then the usual one."""
        return any(field.error for field in self.fields)

    def named(self, scope: str) -> str:
        """A scope as the address names it: the nation need not be named where it is the usual one."""
        return "" if scope == self.usual == NATION else scope

    def query(self, **changes: str) -> str:
        """The query string of the same question with some parts changed; empty parts are left out."""
        parts = {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "scope": self.named(self.scope),
            "by": self.by,
            **changes,
        }
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def own_agency(actor: Actor) -> str:
    """The scope that an officer's figures open on: the agency of the first post; the nation for others."""
    return next((post.agency for post in actor.posts), NATION)


def asked(request: EdgeRequest, *, usual_split: str, usual_scope: str = NATION) -> Asked:
    """Read the address; wrong dates become field errors, never a server error."""
    today = local_day(request.now)
    usual = Period(date(today.year, 1, 1), today)
    fields, period = period_asked(request.GET, names=("from", "to"), labels=(_("From"), _("To")), usual=usual)
    by = request.GET.get("by", "")
    return Asked(
        period=period,
        scope=request.GET.get("scope", "").replace("\x00", "")[:60] or usual_scope,
        by=by if by in SPLITS else usual_split,
        fields=fields,
        usual=usual_scope,
    )


def period_asked(
    given: QueryDict, *, names: tuple[str, str], labels: tuple[str, str], usual: Period
) -> tuple[tuple[Field, Field], Period]:
    """Two date fields as they came, with what is wrong in them, and the period; the usual one while it is."""
    first = _date_field(given, names[0], labels[0], usual.first)
    last = _date_field(given, names[1], labels[1], usual.last)
    days = [_day(field) for field in (first, last)]
    if days[0] and days[1] and days[1] < days[0]:
        last = replace(last, error=_("The last day must not lie before the first day"))
    good = not (first.error or last.error) and days[0] and days[1]
    return (first, last), Period(days[0], days[1]) if good and days[0] and days[1] else usual


def _date_field(given: QueryDict, name: str, label: str, usual: date) -> Field:
    parts = {part: given.get(f"{name}-{part}", "").strip()[:10] for part in DATE_PARTS}
    if not any(parts.values()):
        whole = given.get(name, "").strip()[:10] or usual.isoformat()
        pieces = whole.split("-") if whole.count("-") == 2 else ["", "", whole]
        parts = dict(zip(reversed(DATE_PARTS), pieces, strict=True))
    field = Field("date", name, label, parts=parts)
    day = _day(field)
    if day is None:
        return replace(field, error=_("Enter a real date, such as 31 8 2026"))
    if day < EARLIEST:
        return replace(field, error=_("Nothing was counted before 2011"))
    if day > LATEST:
        return replace(field, error=_("Enter a year before 2100"))
    return field


def _day(field: Field) -> date | None:
    try:
        return date(*(int(field.parts.get(part, "")) for part in ("year", "month", "day")))
    except (ValueError, OverflowError):
        return None
