"""Where a figure is going: twelve months, the pace, the distance to its target."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.refusals import NotFound
from motcua.monitoring.queries import Trajectory, land, scope_name, trend
from motcua.monitoring.queries import definition as find
from motcua.monitoring.rules.definitions import UnknownDefinition
from motcua.web.board.asked import asked
from motcua.web.board.charts import Bar, Chart, draw
from motcua.web.fields import faults_of
from motcua.web.requests import EdgeRequest
from motcua.web.templatetags.motcua import grouped, percent


@require_safe
def course(request: EdgeRequest, definition: str) -> HttpResponse:
    """The months before the end of the period, and what follows from them."""
    wanted = asked(request, usual_split="")
    try:
        found, one = trend(definition, wanted.period, wanted.scope, actor=request.actor), find(definition)
    except UnknownDefinition as unknown:
        raise NotFound from unknown
    language = request.LANGUAGE_CODE
    context = {
        "asked": wanted,
        "found": found,
        "definition": one,
        "where": scope_name(wanted.scope, wanted.period, land()),
        "chart": _chart(found, one.name.to(language)),
        "faults": faults_of(wanted.fields),
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {
                "label": one.name.to(language),
                "href": reverse("board:figure", args=[definition]) + wanted.query(),
            },
            {"label": _("Course"), "href": ""},
        ],
    }
    return render(request, "board/trend.html", context, status=400 if wanted.bad else 200)


def _chart(found: Trajectory, title: str) -> Chart | None:
    if all(month.rate is None for month in found.months):
        return None
    bars = [
        Bar(
            f"{month.first:%m/%Y}",
            month.rate,
            _("not applicable")
            if month.rate is None
            else f"{percent(month.rate)} ({grouped(month.numerator)}/{grouped(month.denominator)})",
        )
        for month in found.months
    ]
    return draw(
        id="course",
        title=title,
        description=_("Bars from 0 to 100 per cent; longer is better. The table below has the same figures."),
        bars=bars,
        target=found.target,
        target_label="" if found.target is None else _("target %(rate)s") % {"rate": percent(found.target)},
        own_first=False,
    )
