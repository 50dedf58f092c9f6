"""The officer's work, by deadline."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.core.actor import Role
from motcua.dossiers import queries
from motcua.dossiers.queries import Worklist
from motcua.web.desk.guards import officers_only
from motcua.web.requests import EdgeRequest

MOST_SHOWN = 999  # counts beyond it are shown as "999+"
LATE_LANE = "overdue"


def _names() -> dict[str, str]:
    return {
        "all": _("All open"),
        "overdue": _("Overdue"),
        "today": _("Due today"),
        "mine": _("Assigned to me"),
        "supplement_in": _("Supplement in"),
        "waiting": _("Waiting for others"),
    }


def _empty(lane: str) -> str:
    if lane == "all":
        return _("Nothing waits for you. A dossier appears here as soon as its step is yours.")
    return _("This lane is empty. See “All open” for everything that waits for you.")


def address(lane: str, after: str | None = None) -> str:
    """The address of a lane at a place of its list."""
    return "?" + urlencode({k: v for k, v in {"lane": lane, "after": after or ""}.items() if v})


def tabs(found: Worklist) -> list[dict[str, object]]:
    """The lanes with their counts, for ``components/_tabs.html``."""
    return [
        {
            "label": name,
            "href": address(lane),
            "current": lane == found.lane,
            "count": f"{MOST_SHOWN}+" if (n := found.counts.get(lane, 0)) > MOST_SHOWN else str(n),
            "late": lane == LATE_LANE and found.counts.get(lane, 0) > 0,
        }
        for lane, name in _names().items()
    ]


@require_safe
@never_cache
@officers_only
def work_list(request: EdgeRequest) -> HttpResponse:
    """One lane of the officer's work, fifty lines at a time."""
    after = request.GET.get("after", "")[:200]
    lane = request.GET.get("lane", "all")
    found = queries.worklist(actor=request.actor, lane=lane, after=after or None, now=request.now)
    return render(
        request,
        "desk/worklist.html",
        {
            "found": found,
            "at_counter": request.actor.has_role(Role.DESK),
            "tabs": tabs(found),
            "lane_name": _names()[found.lane],
            "empty": _empty(found.lane),
            "gives_recovery": request.actor.has_role(Role.DESK) or request.actor.has_role(Role.OPERATOR),
            "next_url": address(found.lane, found.next) if found.next else "",
            "first_url": address(found.lane) if after else "",
        },
    )
