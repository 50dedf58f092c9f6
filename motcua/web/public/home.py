"""The front page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from motcua.web.requests import EdgeRequest

# What brings people here, and the words that the search is asked with (Vietnamese, as people say it).
LIFE_EVENTS = (
    (
        gettext_noop("Getting married"),
        "kết hôn",
        gettext_noop("Marriage-status certificate, marriage registration"),
    ),
    (
        gettext_noop("Having a child"),
        "khai sinh",
        gettext_noop("Birth registration, extracts, health insurance"),
    ),
    (
        gettext_noop("Moving house"),
        "cư trú",
        gettext_noop("Permanent and temporary residence, absence, stay notice"),
    ),
    (gettext_noop("Losing someone"), "khai tử", gettext_noop("Death registration, inheritance, support")),
    (gettext_noop("Land and houses"), "đất đai", gettext_noop("Certificates, transfer, building permits")),
    (
        gettext_noop("Starting a business"),
        "đăng ký kinh doanh",
        gettext_noop("Household business, companies, permits"),
    ),
)


@require_safe
def home(request: EdgeRequest) -> HttpResponse:
    """Search box, life events, what this is."""
    events = [{"title": title, "query": query, "about": about} for title, query, about in LIFE_EVENTS]
    return render(request, "public/home.html", {"events": events})
