"""Figures whose data is elsewhere, typed in by agency and period with their source."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.periods import local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.monitoring.operations import enter_figure
from motcua.monitoring.queries import (
    OutsideFigure,
    enterable_agencies,
    outside_components,
    outside_figures,
)
from motcua.monitoring.rules.entering import FigureRefused
from motcua.web.desk.guards import officers_only
from motcua.web.fields import DATE_PARTS, Choice, Field, FieldFault, faults_of
from motcua.web.public.saying import typed, words_of
from motcua.web.requests import EdgeRequest

DAYS = ("first", "last", "told_on")
PLAIN = ("component", "agency", "numerator", "denominator", "source")
Values = dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def figures(request: EdgeRequest) -> HttpResponse:
    """What was entered, with what it said before, and the form; kept, it leads back here."""
    items = outside_figures(local_day(request.now), actor=request.actor)
    if request.method != "POST":
        return _page(request, items, _before(request, items), {})
    values = _typed(request)
    try:
        done = enter_figure(typed=values, actor=request.actor, now=request.now)
    except FigureRefused as refusal:
        faults = {name: text.to(request.LANGUAGE_CODE) for name, text in refusal.faults.items()}
        return _page(request, items, values, faults, status=refusal.status)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(request, items, values, {"": words_of(refusal, request.LANGUAGE_CODE)}, status=409)
    messages.success(request, _said(done))
    return redirect("board:outside_figures")


def _said(done: str) -> str:
    return {
        "new": _("The figure was saved."),
        "changed": _("The figure was saved; what it said before is kept."),
    }.get(done, _("Nothing was changed: the figure says this already."))


def _typed(request: EdgeRequest) -> Values:
    """The form as it was sent; days also as one value."""
    values = {name: typed(request, name, 1000) for name in PLAIN}
    values |= {f"{name}-{part}": typed(request, f"{name}-{part}", 10) for name in DAYS for part in DATE_PARTS}
    return values | {name: _day(values, name) for name in DAYS}


def _day(values: Values, name: str) -> str:
    """A day of three boxes as 2026-06-30, or what is none."""
    day, month, year = (values[f"{name}-{part}"].strip() for part in DATE_PARTS)
    return f"{year}-{month:0>2}-{day:0>2}"


def _before(request: EdgeRequest, items: tuple[OutsideFigure, ...]) -> Values:
    """The form filled from a figure that is to be changed."""
    wanted = request.GET.get("sua", "")[:18]
    found = next((one for one in items if str(one.id) == wanted), None)
    if found is None:
        return {}
    days = {"first": found.first, "last": found.last, "told_on": found.value.told_on}
    return {
        "component": found.component, "agency": found.agency.identifier,
        "numerator": str(found.value.numerator), "denominator": str(found.value.denominator),
        "source": found.value.source,
        **{name: value for key, day in days.items() for name, value in _boxes(key, day).items()},
    }  # fmt: skip


def _boxes(name: str, day: date | None) -> Values:
    return {f"{name}-{part}": str(getattr(day, part)) for part in DATE_PARTS} if day else {}


def _page(
    request: EdgeRequest, items: tuple[OutsideFigure, ...], values: Values, faults: Values, status: int = 200
) -> HttpResponse:
    fields = _fields(request, values, faults)
    told = [*faults_of(fields), *([FieldFault("", faults[""])] if "" in faults else [])]
    context = {
        "items": items, "fields": fields, "faults": told,
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": _("Index 766"), "href": reverse("board:index")},
            {"label": _("Figures from elsewhere"), "href": ""},
        ],
    }  # fmt: skip
    return render(request, "board/outside_figures.html", context, status=status)


def _fields(request: EdgeRequest, values: Values, faults: Values) -> tuple[Field, ...]:
    language, choose = request.LANGUAGE_CODE, Choice("", _("Choose"))
    parts = outside_components(local_day(request.now))
    components = tuple(Choice(one.key, f"{one.key} {one.name.to(language)}") for one in parts)
    agencies = tuple(
        Choice(one.identifier, f"{one.identifier} {one.name.to(language)}")
        for one in enterable_agencies(request.actor)
    )

    def asked(kind: str, name: str, label: str, hint: str = "", width: str = "", **more: object) -> Field:
        parts_ = {part: values.get(f"{name}-{part}", "") for part in DATE_PARTS} if kind == "date" else {}
        return Field(
            kind, name, label, hint=hint, value=values.get(name, ""), error=faults.get(name, ""),
            parts=parts_, width=width, rows=3, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    return (
        asked("select", "component", _("Component"), options=(choose, *components)),
        asked("select", "agency", _("Agency"), options=(choose, *agencies)),
        asked("date", "first", _("First day of the period"), _("The index takes it for exactly these days.")),
        asked("date", "last", _("Last day of the period")),
        asked("text", "numerator", _("Numerator"), _("How many fulfil it"), "10", inputmode="numeric"),
        asked("text", "denominator", _("Denominator"), _("Of how many"), "10", inputmode="numeric"),
        asked("textarea", "source", _("Source"), _("The report or system it is from, with its number")),
        asked("date", "told_on", _("Day of the source")),
    )
