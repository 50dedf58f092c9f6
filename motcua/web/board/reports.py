"""Reports that the system writes: a list, a page each, and files."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.periods import Period, local_day
from motcua.core.refusals import NotFound
from motcua.core.written import Part, Written, rows_text
from motcua.documents.queries import FORMS
from motcua.monitoring.queries import (
    ReportAsked,
    papi_report,
    usual_agency,
    usual_periods,
    write_report,
)
from motcua.voice.queries import papi_years
from motcua.web.board.charts import Bar, Chart, draw
from motcua.web.board.exporting import answer_with
from motcua.web.desk.guards import officers_only
from motcua.web.requests import EdgeRequest

KINDS = ("overview", "certificates", "residence", "papi")
DAYS = ("from", "to", "from2", "to2")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    kind: str
    agency: str
    periods: tuple[Period, ...]
    year: int
    subject: str

    def query(self) -> str:
        """The same as a query string."""
        if self.kind == "papi":
            return "?" + urlencode({"year": self.year, "subject": self.subject})
        days: dict[str, str] = {}
        for number, period in zip(("", "2"), self.periods, strict=False):
            days |= {f"from{number}": period.first.isoformat(), f"to{number}": period.last.isoformat()}
        return "?" + urlencode({"agency": self.agency, **days})


@require_safe
@never_cache
@officers_only
def reports(request: EdgeRequest) -> HttpResponse:
    """Which reports there are."""
    titles = _titles()
    items = [(reverse("board:report", args=[kind]), *titles[kind]) for kind in KINDS]
    crumbs = [{"label": _("Figures"), "href": reverse("board:home")}, {"label": _("Reports"), "href": ""}]
    return render(request, "board/reports.html", {"items": items, "crumbs": crumbs})


def _titles() -> dict[str, tuple[str, str]]:
    return {
        "overview": (
            _("Overview of online services"),
            _("What is offered and used, by whom, how fast, where points are lost, by unit."),
        ),
        "certificates": (
            _("Marriage-status certificates"),
            _("How they are granted: in all, by unit, by month."),
        ),
        "residence": (
            _("Temporary residence and absence"),
            _("Two periods, for example 2022 and the first half of 2023, compared fairly."),
        ),
        "papi": (_("PAPI of a year"), _("What changed for a province, and what costs it most.")),
    }


@require_safe
@never_cache
@officers_only
def report(request: EdgeRequest, kind: str) -> HttpResponse:
    """A report as a page, with its files."""
    wanted = _wanted(request, kind)
    written, language = _write(request, wanted), request.LANGUAGE_CODE
    context = {
        "written": written,
        "parts": [shown_part(part, number, language) for number, part in enumerate(written.parts)],
        "wanted": wanted,
        "days": [(name, _day_text(wanted, name)) for name in DAYS[: 2 * len(wanted.periods)]],
        "files": [
            (form.upper(), reverse("board:report_file", args=[kind, form]) + wanted.query()) for form in FORMS
        ],
        "years": papi_years(actor=request.actor) if kind == "papi" else (),
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": _("Reports"), "href": reverse("board:reports")},
            {"label": _titles()[kind][0], "href": ""},
        ],
    }
    return render(request, "board/report.html", context)


def _day_text(wanted: Wanted, name: str) -> str:
    period = wanted.periods[1 if name.endswith("2") else 0]
    return (period.first if name.startswith("from") else period.last).isoformat()


@require_safe
@never_cache
@officers_only
def report_file(request: EdgeRequest, kind: str, form: str) -> HttpResponse:
    """The same report as a file."""
    wanted = _wanted(request, kind)
    return answer_with(_write(request, wanted), form, f"bao-cao-{kind}-{local_day(request.now):%Y%m%d}")


def _write(request: EdgeRequest, wanted: Wanted) -> Written:
    if wanted.kind == "papi":
        return papi_report(wanted.year, wanted.subject, actor=request.actor, now=request.now)
    question = ReportAsked(wanted.agency, wanted.periods, request.actor, request.now)
    return write_report(wanted.kind, question)


def _wanted(request: EdgeRequest, kind: str) -> Wanted:
    """The question of the address; raises ``NotFound`` for what cannot be asked."""
    if kind not in KINDS:
        raise NotFound
    own = usual_agency(kind, request.actor)
    years = papi_years(actor=request.actor)
    year = request.GET.get("year", "")
    return Wanted(
        kind=kind,
        agency=request.GET.get("agency", "").replace("\x00", "")[:30] or own,
        periods=_periods(request, kind),
        year=int(year) if year.isdecimal() and len(year) == 4 else (years[0] if years else 0),
        subject=request.GET.get("subject", "P38")[:20],
    )


def _periods(request: EdgeRequest, kind: str) -> tuple[Period, ...]:
    usual = usual_periods(kind, local_day(request.now))
    found = []
    for number in ("", "2"):
        first, last = (_day(request.GET.get(f"{name}{number}", "")) for name in ("from", "to"))
        if first and last:
            if last < first:
                raise NotFound
            found.append(Period(first, last))
    return tuple(found) or usual


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotFound from None


def shown_part(part: Part, number: int, language: str) -> dict[str, object]:
    """A chapter as ``board/_parts.html`` takes it; ``wordy`` where the table holds sentences."""
    table = part.table
    cells = [cell for row in table.rows for cell in row[1:]] if table else []
    return {
        "wordy": bool(cells) and not any(isinstance(cell, int | Decimal) for cell in cells),
        "title": part.title,
        "sentences": part.sentences,
        "chart": _chart(part, number, language),
        "caption": table.caption if table else None,
        "head": table.head if table else (),
        "rows": rows_text(table, language) if table else (),
    }


def _chart(part: Part, number: int, language: str) -> Chart | None:
    if all(bar.rate is None for bar in part.bars):
        return None
    return draw(
        id=f"chart-{number}",
        title=part.title.to(language),
        description=_("Bars from 0 to 100 per cent; longer is better. The table below has the same figures."),
        bars=[Bar(bar.label.to(language), bar.rate, bar.figure.to(language)) for bar in part.bars],
        own_first=False,
    )
