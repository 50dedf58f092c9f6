"""The officer's work, by deadline."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.catalogue.queries import offered_at
from motcua.core.actor import Actor, Role
from motcua.core.periods import local_day
from motcua.dossiers import queries
from motcua.dossiers.queries import Narrowing, Worklist, WorklistItem
from motcua.dossiers.rules.bulk import KINDS
from motcua.web import words
from motcua.web.desk.came_from import OWN, Came
from motcua.web.desk.guards import officers_only
from motcua.web.desk.narrowing import address, fields_of, narrowing_of
from motcua.web.requests import EdgeRequest

MOST_SHOWN = 999  # counts beyond it are shown as "999+"
LATE_LANE = "overdue"
LANE_KINDS = {"new": ("intake",), "return": ("return",)}  # lanes of one kind of step only
WORKING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)


def _names() -> dict[str, str]:
    return {
        "all": _("All open"),
        "overdue": _("Overdue"),
        "today": _("Due today"),
        "new": _("Newly filed"),
        "return": _("To hand over"),
        "supplement_in": _("Supplement in"),
        "waiting": _("Waiting for others"),
    }


def _empty(lane: str, by: Narrowing, actor: Actor) -> str:
    if by.any:
        return _("Nothing in this lane fits your filter. Take the filter away to see the rest.")
    if lane == "all" and by.whose == "nobody":
        return _("Everything at your post is given to somebody.")
    if lane == "all" and not actor.agency_ids(*WORKING):
        return _("You handle no dossiers yourself. See “The whole agency” for all of its dossiers.")
    if lane == "all":
        return _("Nothing is assigned to you. What nobody has taken yet stands under “Assigned to nobody”.")
    return _("This lane is empty. See “All open” for everything that waits for you.")


def tabs(found: Worklist, by: Narrowing) -> list[dict[str, object]]:
    """The lanes with their counts, for ``components/_tabs.html``; the filter goes with one."""
    return [
        {
            "label": name,
            "href": address(lane, by),
            "current": lane == found.lane,
            "count": _count(found.counts.get(lane, 0)),
            "late": lane == LATE_LANE and found.counts.get(lane, 0) > 0,
        }
        for lane, name in _names().items()
    ]


Row = tuple[WorklistItem, str, str, str]


def _rows(found: Worklist, by: Narrowing) -> list[Row]:
    """Each line with the address of its dossier, how late the step is, and how late the whole."""
    rows = []
    for item in found.items:
        came = Came(OWN, found.lane, by, queries.work_place(item))
        late = words.late_words(item.late_minutes, item.unit) if item.late else ""
        whole = words.late_words(item.dossier_late_minutes, item.unit) if item.dossier_late else ""
        rows.append((item, reverse("desk:dossier", args=[item.code]) + came.query, late, whole))
    return rows


def _verbs(actor: Actor, found: Worklist) -> list[dict[str, str]]:
    """What this officer may do to many at once."""
    verbs = [
        ("receive", (Role.DESK,), _("Receive")),
        ("assign", (Role.SPECIALIST,), _("Assign")),
        ("sign", (Role.SIGNATORY,), _("Sign")),
        ("transfer", (Role.DESK, Role.SPECIALIST), _("To another agency")),
    ]
    if not found.items or found.lane == "waiting":
        return []
    return [
        {"action": action, "label": label}
        for action, roles, label in verbs
        if any(map(actor.has_role, roles))
        and set(KINDS[action]) & set(LANE_KINDS.get(found.lane, KINDS[action]))
    ]


WHOSE = {"mine": "mine", "unassigned": "nobody"}  # lane of the API: whose work the page calls it


def _whose(request: EdgeRequest, by: Narrowing) -> str:
    """Whose work is shown: as the address says; a colleague's where one is named; else what waits."""
    asked = WHOSE.get(request.GET.get("lane", ""), by.whose)
    if asked in {*WHOSE.values(), "all"}:
        return asked
    return "all" if by.assignee else queries.whose_work(actor=request.actor, now=request.now)


def _count(n: int) -> str:
    return f"{MOST_SHOWN}+" if n > MOST_SHOWN else str(n)


@require_safe
@never_cache
@officers_only
def work_list(request: EdgeRequest) -> HttpResponse:
    """One lane of the officer's work, fifty lines at a time."""
    after, by = request.GET.get("after", "")[:200], narrowing_of(request.GET)
    lane, actor = request.GET.get("lane", "all"), request.actor
    by, lane = replace(by, whose=_whose(request, by)), "all" if lane in WHOSE else lane
    found = queries.worklist(actor=actor, lane=lane, by=by, after=after or None, now=request.now)
    own = offered_at(actor.agency_ids(), on=local_day(request.now))
    named = [(code, name.to(request.LANGUAGE_CODE)) for code, name in own]
    context = {
        **_list(actor, found, by),
        "at_counter": actor.has_role(Role.DESK),
        "gives_recovery": actor.has_role(Role.DESK) or actor.has_role(Role.OPERATOR),
        "fields": fields_of(by, named, actor),
        "first_url": address(found.lane, by) if after else "",
        "all_ticked": (ticked := request.GET.get("chon") == "het"),
        "tick_url": address(found.lane, by, after, **({} if ticked else {"chon": "het"})),
    }
    return render(request, "desk/worklist.html", context)


def _list(actor: Actor, found: Worklist, by: Narrowing) -> dict[str, Any]:
    """What the page shows of a lane."""
    return {
        "found": found,
        "rows": _rows(found, by),
        "tabs": tabs(found, by),
        "own": {whose: _count(found.counts[lane]) for lane, whose in WHOSE.items()},
        "lane_name": _names()[found.lane],
        "empty": _empty(found.lane, by, actor),
        "by": by,
        "plain_url": address(found.lane, Narrowing(whose=by.whose)),
        "verbs": _verbs(actor, found),
        "kept": Came(OWN, found.lane, by).record,
        "whole_lane": address(found.lane, by, tu=OWN, all="1"),
        "shows_holder": by.whose == "all" or len({p.agency_id for p in actor.posts}) > 1,
        "next_url": address(found.lane, by, found.next) if found.next else "",
    }
