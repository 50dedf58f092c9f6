"""The whole agency's dossiers, whoever has them; and finding one by name, reference or personal number."""

from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers import queries
from motcua.dossiers.queries import Whole
from motcua.people.queries import index_of_number
from motcua.web.desk.came_from import SEARCH, WHOLE, Came
from motcua.web.desk.guards import officers_only
from motcua.web.desk.lines import shown
from motcua.web.requests import EdgeRequest

MOST_SHOWN = 999  # counts beyond it are shown as "999+"
LATE_LANES = ("overdue", "late_step")
SALT, HOURS = "desk.search", 12
LONGEST = 60


def names() -> dict[str, str]:
    """The lanes of a whole agency, as people call them."""
    return {
        "open": _("All open"),
        "overdue": _("Past the date promised"),
        "today": _("Promised for today"),
        "late_step": _("Step overdue"),
        "new": _("Newly filed"),
        "citizen": _("Waiting for the applicant"),
        "asked": _("Asked elsewhere"),
        "return": _("To hand over"),
    }


def meanings() -> dict[str, str]:
    """What a lane counts, in a sentence."""
    return {
        "open": _("Every dossier that is not over yet, by the date promised; new ones first."),
        "overdue": _("The date promised has passed and nothing is decided yet; paused ones are not counted."),
        "today": _("The date promised is still to come today."),
        "late_step": _("The step that is open now is beyond its own time, whatever the date promised."),
        "new": _("Filed, and received by nobody yet."),
        "citizen": _("A supplement or an agreement to the draft is awaited."),
        "asked": _("Another agency has been asked and has not answered; the row says who and by when."),
        "return": _("The result is there and has not been handed over."),
    }


def _tabs(found: Whole) -> list[dict[str, object]]:
    return [
        {
            "label": name,
            "href": f"?lane={lane}",
            "current": lane == found.lane,
            "count": f"{MOST_SHOWN}+" if (n := found.counts[lane]) > MOST_SHOWN else str(n),
            "late": lane in LATE_LANES and n > 0,
        }
        for lane, name in names().items()
    ]


@require_safe
@never_cache
@officers_only
def whole(request: EdgeRequest) -> HttpResponse:
    """One lane of all dossiers of the officer's agencies, fifty lines at a time."""
    after, lane = request.GET.get("after", "")[:200], request.GET.get("lane", "open")
    found = queries.whole_agency(actor=request.actor, lane=lane, after=after or None, now=request.now)
    places = {x.code: Came(WHOLE, found.lane, at=queries.place_of(x)).record for x in found.items}
    here = queries.books_of(request.actor)
    context = {
        "found": found,
        "lines": shown(found.items, places),
        "agencies": [a.name for a in here],
        "tabs": _tabs(found),
        "lane_name": names()[found.lane],
        "meaning": meanings()[found.lane],
        "next_url": f"?{urlencode({'lane': found.lane, 'after': found.next})}" if found.next else "",
        "first_url": f"?lane={found.lane}" if after else "",
    }
    return render(request, "desk/whole.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@officers_only
def find(request: EdgeRequest) -> HttpResponse:
    """Find a dossier. What is typed comes by POST: a personal number never stands in an address."""
    if request.method == "POST":
        return redirect(_address(request.POST.get("q", "").replace("\x00", "").strip()[:LONGEST]))
    text, signed = request.GET.get("q", "").replace("\x00", "")[:LONGEST], request.GET.get("so", "")[:300]
    index = _index(signed)
    before = request.GET.get("before", "")[:18]
    found = queries.find_dossiers(
        text, number_index=index, actor=request.actor, now=request.now,
        before=int(before) if before.isascii() and before.isdigit() else None,
    )  # fmt: skip
    same = {"so": signed} if signed else {"q": text}
    here = Came(SEARCH, sought=tuple((same | ({"before": before} if before else {})).items())).record
    context: dict[str, Any] = {
        "q": text,
        "lines": shown(found.items, {x.code: here for x in found.items}),
        "by": found.by,
        "unreadable": bool(signed) and not index,
        "next_url": f"?{urlencode({**same, 'before': found.next})}" if found.next else "",
        "first_url": f"?{urlencode(same)}" if before else "",
    }
    return render(request, "desk/find.html", context)


def _address(text: str) -> str:
    """Where the search is: a number as its blind index, signed and for half a day; else the text."""
    index = index_of_number(text)
    asked = {"so": signing.dumps(index, salt=SALT)} if index else {"q": text}
    return f"{reverse('desk:find')}?{urlencode(asked)}"


def _index(signed: str) -> str:
    if not signed:
        return ""
    try:
        return str(signing.loads(signed, salt=SALT, max_age=HOURS * 3600))
    except signing.BadSignature:
        return ""
