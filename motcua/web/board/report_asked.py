"""What a report's address asks for: an agency and one or two periods, or a year and a province."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from motcua.core.periods import Period, local_day
from motcua.core.refusals import NotFound
from motcua.monitoring.queries import reportable_agencies, usual_agency, usual_periods
from motcua.voice.queries import papi_provinces, papi_years
from motcua.web.board.asked import period_asked
from motcua.web.fields import Choice, Field
from motcua.web.requests import EdgeRequest

KINDS = ("overview", "certificates", "residence", "papi")
PAPI = "papi"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question that can be answered; ``fields`` hold what was typed, with what is wrong in it."""

    kind: str
    agency: str = ""
    periods: tuple[Period, ...] = ()
    year: int = 0
    subject: str = ""
    fields: tuple[Field, ...] = field(default=(), compare=False)

    def query(self) -> str:
        """The same as a query string."""
        if self.kind == PAPI:
            return "?" + urlencode({"year": self.year, "subject": self.subject})
        days: dict[str, str] = {}
        for number, period in zip(("", "2"), self.periods, strict=False):
            days |= {f"from{number}": period.first.isoformat(), f"to{number}": period.last.isoformat()}
        return "?" + urlencode({"agency": self.agency, **days})


def wanted(request: EdgeRequest, kind: str) -> Wanted:
    """Read the address; days that are none become field errors, and the usual period is shown meanwhile.

    Raises ``NotFound`` for a kind that does not exist and for whoever holds no post.
    """
    if kind not in KINDS:
        raise NotFound
    usual_agency(kind, request.actor)  # nobody without a post goes on
    return _of_survey(request) if kind == PAPI else _of_agency(request, kind)


def _of_agency(request: EdgeRequest, kind: str) -> Wanted:
    agency = _given(request, "agency", 30) or usual_agency(kind, request.actor)
    usual = usual_periods(kind, local_day(request.now))
    fields, periods = [_agencies(request, kind, agency)], []
    for number, period in zip(("", "2"), usual, strict=False):
        labels = (_("From"), _("To"))
        if number:
            labels = (_("From (second period)"), _("To (second period)"))
        both, found = period_asked(
            request.GET,
            names=(f"from{number}", f"to{number}"),
            labels=labels,
            usual=period,
        )
        fields += both
        periods.append(found)
    return Wanted(kind, agency=agency, periods=tuple(periods), fields=tuple(fields))


def _agencies(request: EdgeRequest, kind: str, chosen: str) -> Field:
    """The agencies that a report may be about; an identifier of another stays as it was given."""
    language = request.LANGUAGE_CODE
    options = [
        Choice(one.identifier, f"{one.identifier} – {one.name.to(language)}")
        for one in reportable_agencies(kind, request.actor)
    ]
    if chosen not in {one.value for one in options}:
        options.insert(0, Choice(chosen, chosen))
    return Field("select", "agency", _("Agency"), value=chosen, options=tuple(options))


def _of_survey(request: EdgeRequest) -> Wanted:
    years, text = papi_years(actor=request.actor), _given(request, "year", 4)
    year = int(text) if text.isdecimal() else (years[0] if years else 0)
    provinces, subject = papi_provinces(year, actor=request.actor), _given(request, "subject", 20) or "P38"
    years_shown = tuple(Choice(str(one), str(one)) for one in years)
    names = tuple(Choice(code, name.to(request.LANGUAGE_CODE)) for code, name in provinces)
    fields = (
        Field("select", "year", _("Year of the survey"), value=str(year), options=years_shown),
        Field("select", "subject", _("Province"), value=subject, options=names),
    )
    return Wanted(PAPI, year=year, subject=subject, fields=fields)


def _given(request: EdgeRequest, name: str, most: int) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:most]
