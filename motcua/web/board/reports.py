"""Reports that the system writes: a list, a page each, and files."""

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.periods import local_day
from motcua.core.written import Part, Written, rows_text
from motcua.documents.queries import FORMS
from motcua.monitoring.queries import (
    ReportAsked,
    papi_report,
    write_report,
)
from motcua.web.board.charts import Bar, Chart, draw
from motcua.web.board.exporting import answer_with
from motcua.web.board.report_asked import KINDS, PAPI, Wanted, wanted
from motcua.web.desk.guards import officers_only
from motcua.web.fields import faults_of
from motcua.web.requests import EdgeRequest


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
    asked, language = wanted(request, kind), request.LANGUAGE_CODE
    written = _write(request, asked)
    context = {
        "written": written,
        "parts": [shown_part(part, number, language) for number, part in enumerate(written.parts)],
        "fields": asked.fields,
        "faults": faults_of(asked.fields),
        "files": [
            (form.upper(), reverse("board:report_file", args=[kind, form]) + asked.query()) for form in FORMS
        ],
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": _("Reports"), "href": reverse("board:reports")},
            {"label": _titles()[kind][0], "href": ""},
        ],
    }
    return render(request, "board/report.html", context)


@require_safe
@never_cache
@officers_only
def report_file(request: EdgeRequest, kind: str, form: str) -> HttpResponse:
    """The same report as a file."""
    return answer_with(
        _write(request, wanted(request, kind)), form, f"bao-cao-{kind}-{local_day(request.now):%Y%m%d}"
    )


def _write(request: EdgeRequest, asked: Wanted) -> Written:
    if asked.kind == PAPI:
        return papi_report(asked.year, asked.subject, actor=request.actor, now=request.now)
    question = ReportAsked(asked.agency, asked.periods, request.actor, request.now)
    return write_report(asked.kind, question)


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
