"""PAPI on the board: a year's ranking, and one province opened down to its sub-dimensions."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.refusals import NotFound
from motcua.monitoring.queries import platform_measures
from motcua.voice.queries import PapiSubject, papi, papi_subject, papi_years
from motcua.web.board.charts import Bar, Chart, draw
from motcua.web.board.sections import sections_of
from motcua.web.requests import EdgeRequest
from motcua.web.templatetags.motcua import decimals

FULL = Decimal(10)  # of a dimension


@dataclass(frozen=True, slots=True)
class PeerLine:
    """One dimension: the name, and the value of each peer."""

    name: str
    values: tuple[str, ...]


@require_safe
def ranking(request: EdgeRequest) -> HttpResponse:
    """All provinces of a year, best first, with the statistics of the middle named."""
    years = papi_years(actor=request.actor)
    year = _year(request.GET.get("year", ""), years)
    found = papi(year, actor=request.actor) if year else None
    context = {
        "found": found,
        "lines": [(row, found.book.subjects[row.subject]) for row in found.rows] if found else [],
        "tabs": _year_tabs(years, year),
        "sections": sections_of("papi"),
        "crumbs": _crumbs(),
    }
    return render(request, "board/papi.html", context)


@require_safe
def province(request: EdgeRequest, subject: str) -> HttpResponse:
    """One province: trend, dimensions, peers, and which sub-dimensions cost it most."""
    years = papi_years(actor=request.actor)
    year = _year(request.GET.get("year", ""), years)
    peers = [code[:20] for code in request.GET.getlist("peer")][:20]
    found = papi_subject(year or 0, subject, peers=peers, actor=request.actor)
    book = found.year.book
    name = book.subjects[subject].name
    language = request.LANGUAGE_CODE
    intervals = found.year.intervals.get(subject, {})
    context = {
        "found": found,
        "subject": book.subjects[subject],
        "dimensions": [(one, book.dimensions[one.code]) for one in found.dimensions],
        "parts": [
            (one, book.parts[one.code].name, book.subjects[one.best_subject].name, intervals.get(one.code))
            for one in found.parts
        ],
        "uncertain": bool(intervals),
        "chart": _chart(found, language),
        "peer_names": [book.subjects[row.subject].name.to(language) for row in (found.row, *found.peers)],
        "peer_lines": _peer_lines(found, language),
        "tabs": _year_tabs(years, year, peer=[row.subject for row in found.peers]),
        "others": [one for one in book.subjects.values() if one.code != subject],
        "beside": platform_measures(name.vi, request.now, actor=request.actor),
        "crumbs": [*_crumbs(reverse("board:papi")), {"label": name.to(language), "href": ""}],
    }
    return render(request, "board/papi_province.html", context)


def _year(text: str, years: tuple[int, ...]) -> int | None:
    """The year asked for, else the newest; raises ``NotFound`` for one that was not imported."""
    if not text:
        return years[0] if years else None
    if not text.isdecimal() or len(text) > 4 or int(text) not in years:
        raise NotFound
    return int(text)


def _year_tabs(years: tuple[int, ...], year: int | None, **kept: list[str]) -> list[dict[str, object]]:
    return [
        {
            "label": str(one),
            "href": "?" + urlencode({"year": one, **kept}, doseq=True),
            "current": one == year,
        }
        for one in years
    ]


def _crumbs(papi_href: str = "") -> list[dict[str, str]]:
    return [{"label": _("Figures"), "href": reverse("board:home")}, {"label": "PAPI", "href": papi_href}]


def _chart(found: PapiSubject, language: str) -> Chart:
    names = list(found.year.book.dimensions.values())
    bars = [
        Bar(
            name.to(language),
            None if one.own is None else one.own / FULL * 100,
            decimals(one.own),
        )
        for name, one in zip(names, found.dimensions, strict=True)
    ]
    return draw(
        id="papi-dimensions",
        title=_("The eight dimensions, from 1 to 10"),
        description=_("Bars from 0 to 10 points; longer is better. The table below has the same figures."),
        bars=bars,
        own_first=False,
    )


def _peer_lines(found: PapiSubject, language: str) -> list[PeerLine]:
    names = [name.to(language) for name in found.year.book.dimensions.values()]
    shown = (found.row, *found.peers)
    lines = [
        PeerLine(name, tuple(decimals(row.dimensions[place]) for row in shown))
        for place, name in enumerate(names)
    ]
    whole = PeerLine(_("Composite"), tuple(decimals(row.composite) for row in shown))
    ranks = PeerLine(_("Rank"), tuple(str(row.rank or "–") for row in shown))
    return [*lines, whole, ranks]
