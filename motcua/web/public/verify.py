"""Is this paper real: what the QR code of a result leads to."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import queries
from motcua.documents.queries import Verification
from motcua.web.fields import Field, faults_of
from motcua.web.requests import EdgeRequest

LONGEST_CODE = 2_000
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


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify_code(request: EdgeRequest) -> HttpResponse:
    """What a QR code says by itself, the keys to check it by, and a form that checks its text."""
    text = request.POST.get("code", "")[:LONGEST_CODE] if request.method == "POST" else None
    field = _code_field(text)
    wrong = faults_of((field,))
    read = queries.read_code(text) if text is not None and not wrong else None
    context = {
        "field": field,
        "faults": wrong,
        "read": read,
        "keys": queries.published_keys(),
        "trial": queries.trial(),
    }
    return render(request, "public/verify_code.html", context, status=422 if wrong else 200)


@require_safe
def keys(request: EdgeRequest) -> JsonResponse:
    """The public keys of the QR codes of this site, to be kept by those who check without network."""
    found = [
        {"id": name, "algorithm": "Ed25519", "public_key": key}
        for name, key in queries.published_keys().items()
    ]
    return JsonResponse({"keys": found, "trial": queries.trial()})


def _code_field(text: str | None) -> Field:
    error = (
        "" if text is None or text.strip() else _("Paste what the scanner shows, from https:// to its end")
    )
    return Field(
        "textarea",
        "code",
        _("Text of the QR code"),
        hint=_("A scanner shows it as an address with a long part after #."),
        value=text or "",
        error=error,
        rows=4,
        spellcheck=False,
        autocomplete="off",
    )


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
        "replaced_by": found.replaced_by or None,
    }
