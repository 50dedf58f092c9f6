"""The front page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.catalogue import queries
from motcua.core.periods import local_day
from motcua.dossiers.queries import waiting_for
from motcua.web.requests import EdgeRequest

# What brings most people here; all the others are one link away.
FIRST = ("ket-hon", "sinh-con", "thue-nha", "chuyen-cho-o", "mat-nguoi-than", "khoi-nghiep")


@require_safe
def home(request: EdgeRequest) -> HttpResponse:
    """Search box, what waits for who is signed in, life events, what this is."""
    shown = {event.slug: event for event in queries.life_events(local_day(request.now))}
    first = [shown[slug] for slug in FIRST if slug in shown]
    events = [
        {"title": event.name, "about": event.about, "href": reverse("life_event", args=[event.slug])}
        for event in first
    ]
    waiting = len(waiting_for(request.actor)) if request.actor.is_person else 0
    return render(request, "public/home.html", {"events": events, "waiting": waiting})
