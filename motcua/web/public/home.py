"""The front page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.web.requests import EdgeRequest

# What brings people here, and the words that the search is asked with (Vietnamese, as people say it).
LIFE_EVENTS = (
    (_("Getting married"), "kết hôn", _("Marriage-status certificate, marriage registration")),
    (_("Having a child"), "khai sinh", _("Birth registration, extracts, health insurance")),
    (_("Moving house"), "cư trú", _("Permanent and temporary residence, absence, stay notice")),
    (_("Losing someone"), "khai tử", _("Death registration, inheritance, support")),
    (_("Land and houses"), "đất đai", _("Certificates, transfer, building permits")),
    (_("Starting a business"), "đăng ký kinh doanh", _("Household business, companies, permits")),
)


@require_safe
def home(request: EdgeRequest) -> HttpResponse:
    """Search box, life events, what this is."""
    events = [{"title": title, "query": query, "about": about} for title, query, about in LIFE_EVENTS]
    return render(request, "public/home.html", {"events": events})
