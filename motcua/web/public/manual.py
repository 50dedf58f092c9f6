"""The pages of the manuals."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.web.manuals import manuals


@require_safe
def manual(request: HttpRequest, manual_name: str) -> HttpResponse:
    """One manual, with its parts listed; 404 for another name."""
    found = next((m for m in manuals() if m.name == manual_name), None)
    if found is None:
        raise Http404
    crumbs = [{"label": _("Help"), "href": reverse("help")}]
    return render(request, "public/manual.html", {"manual": found, "crumbs": crumbs})
