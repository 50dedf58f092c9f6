"""Is this paper real: what the QR code of a result leads to."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.documents import queries
from motcua.documents.queries import Verification
from motcua.web.requests import EdgeRequest

TONES = {"valid": "good", "expired": "warning", "revoked": "danger", "unknown": "neutral"}


@require_safe
@never_cache
def verify(request: EdgeRequest, token: str) -> HttpResponse:
    """The state of an issued document, as a page or, asked for by ``Accept``, as JSON."""
    found = queries.verification(token, now=request.now)
    status = 404 if found.state == "unknown" else 200
    response: HttpResponse
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response = JsonResponse(_record(found), status=status)
    else:
        context = {"found": found, "state": str(found.state), "tone": TONES.get(found.state, "neutral")}
        response = render(request, "public/verify.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ("Accept",))
    return response


def _record(found: Verification) -> dict[str, Any]:
    return {
        "state": found.state,
        "trial": found.trial,
        "number": found.number,
        "title": {"vi": found.title.vi, "en": found.title.en},
        "agency": {"vi": found.agency_name.vi, "en": found.agency_name.en},
        "issued_on": found.issued_on,
        "valid_until_on": found.valid_until_on,
        "revoked_on": found.revoked_on,
    }
