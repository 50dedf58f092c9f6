"""Services that reach their target, miss it, or have no dossiers: by unit, by level, down to the service."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.refusals import NotFound
from motcua.documents.queries import FORMS
from motcua.monitoring.queries import REACHES, Reach, Reached, Unit, reached, written_reach
from motcua.web.board.asked import Asked, asked
from motcua.web.board.exporting import answer_with
from motcua.web.board.sections import sections_of
from motcua.web.fields import faults_of
from motcua.web.requests import EdgeRequest

DEFINITIONS = ("online_emc", "online_2022")


def _wanted(request: EdgeRequest) -> tuple[Asked, str, str]:
    definition = request.GET.get("definition", "")
    state = request.GET.get("state", "")
    return (
        asked(request, usual_split=""),
        definition if definition in DEFINITIONS else DEFINITIONS[0],
        state if state in set(Reach) else "",
    )


@require_safe
def reach(request: EdgeRequest) -> HttpResponse:
    """The tables, and the services of the chosen state."""
    wanted, definition, state = _wanted(request)
    found = reached(definition, wanted.period, wanted.scope, state, actor=request.actor)
    query = wanted.query(definition=definition)
    context = {
        **_tables(found, wanted), "found": found, "asked": wanted,
        "state": REACHES[Reach(state)] if state else None, "faults": faults_of(wanted.fields),
        "sections": sections_of("reach"), "tabs": _tabs(wanted, definition),
        "files": [(f.upper(), reverse("board:reach_file", args=[f]) + query) for f in FORMS],
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": _("Services"), "href": ""},
        ],
    }  # fmt: skip
    return render(request, "board/reach.html", context, status=400 if wanted.bad else 200)


def _tables(found: Reached, wanted: Asked) -> dict[str, object]:
    always = {Reach.REACHING, Reach.MISSING, Reach.WITHOUT}
    shown = [r for r in Reach if found.whole.counts[r] or r in always]

    def href(scope: str, **changes: str) -> str:
        return wanted.query(definition=found.definition.identifier, scope=scope, **changes)

    def cells(unit: Unit, scope: str) -> list[tuple[int, str]]:
        counts = [(r, unit.counts[r]) for r in shown]
        return [(n, href(scope, state=r.value) + "#services" if n else "") for r, n in counts]

    return {
        "heads": [REACHES[r] for r in shown],
        "units": [(u, href(u.scope), cells(u, u.scope)) for u in found.units],
        "whole": cells(found.whole, _own(found)),
        "levels": [(u, [u.counts[r] for r in shown]) for u in found.levels],
    }


def _own(found: Reached) -> str:
    return "" if found.scope == "national" else found.scope


def _tabs(wanted: Asked, current: str) -> list[dict[str, object]]:
    names = {"online_emc": _("Fully online dossiers (EMC)"), "online_2022": _("Online dossiers (2022 form)")}
    return [
        {"label": names[d], "href": wanted.query(definition=d), "current": d == current} for d in DEFINITIONS
    ]


@require_safe
def reach_file(request: EdgeRequest, form: str) -> HttpResponse:
    """The tables as a file."""
    wanted, definition, state = _wanted(request)
    if wanted.bad:
        raise NotFound
    found = reached(definition, wanted.period, wanted.scope, state, actor=request.actor)
    return answer_with(written_reach(found, wanted.period), form, f"dich-vu-{found.scope.replace(':', '-')}")
