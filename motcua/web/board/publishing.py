"""The publication tracker: decisions on procedures, whether they came and became public in time."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalogue.queries import publication_alerts, tracked
from motcua.core.periods import local_day
from motcua.web.board.asked import Asked, asked
from motcua.web.board.sections import sections_of
from motcua.web.fields import faults_of
from motcua.web.requests import EdgeRequest


def _address(wanted: Asked, **more: str) -> str:
    days = {"from": wanted.period.first.isoformat(), "to": wanted.period.last.isoformat()}
    return "?" + urlencode({**days, **{name: value for name, value in more.items() if value}})


@require_safe
def publishing(request: EdgeRequest) -> HttpResponse:
    """Decisions of a period, newest first; all of them or only the late ones."""
    wanted, late = asked(request, usual_split=""), request.GET.get("chi-cham") == "1"
    after = request.GET.get("after", "")[:9]
    first, last = wanted.period.first, wanted.period.last
    page = tracked(first, last, late_only=late, after=after or None, actor=request.actor)
    kinds = {"new": _("new"), "amended": _("amended"), "abolished": _("abolished")}
    only = {"chi-cham": "1" if late else ""}
    context = {
        "asked": wanted,
        "items": [(item, kinds[item.kind]) for item in page.items],
        "alerts": publication_alerts(local_day(request.now), actor=request.actor),
        "sections": sections_of("publishing"),
        "tabs": [
            {"label": _("All"), "href": _address(wanted), "current": not late},
            {"label": _("Late ones only"), "href": _address(wanted, **{"chi-cham": "1"}), "current": late},
        ],
        "rates": [
            (name, reverse("board:figure", args=[key]) + _address(wanted, by="agency"))
            for key, name in (
                ("published_on_time_766", _("Published on time (766 1.1)")),
                ("public_on_time_766", _("Public on time (766 1.2)")),
                ("complete_766", _("Published with all parts (766 1.3)")),
            )
        ],
        "faults": faults_of(wanted.fields),
        "next_url": _address(wanted, after=page.next, **only) if page.next else "",
        "first_url": _address(wanted, **only) if after else "",
        "crumbs": [
            {"label": _("Figures"), "href": reverse("board:home")},
            {"label": _("Publication"), "href": ""},
        ],
    }
    return render(request, "board/publishing.html", context, status=400 if wanted.bad else 200)
