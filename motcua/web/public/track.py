"""Where is my dossier: by reference and four digits, without an account, never in an address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.core.references import dossier_codes
from motcua.dossiers import queries
from motcua.web.fields import Field, faults_of
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.requests import EdgeRequest

MOST_TRIES = 10
WINDOW = 15 * 60  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def track(request: EdgeRequest) -> HttpResponse:
    """Ask, or answer. A wrong code and wrong digits get the same answer."""
    if request.method != "POST":
        return _page(request, _fields())
    code = request.POST.get("code", "").strip()[:60]
    last4 = request.POST.get("last4", "").strip()[:20]
    fields = _fields(code, last4)
    if faults_of(fields):
        return _page(request, fields, status=422)
    if used_up("track", network_address(request), most=MOST_TRIES, seconds=WINDOW):
        return _page(request, fields, too_many=True, status=429)
    readings = (queries.track(meant, _digits(last4), now=request.now) for meant in dossier_codes(code))
    found = next((view for view in readings if view is not None), None)
    if found is None:
        return _page(request, fields, wrong=True, status=404)
    return render(request, "public/tracked.html", {"found": found})


def _page(
    request: EdgeRequest, fields: tuple[Field, ...], *, status: int = 200, **more: bool
) -> HttpResponse:
    faults = faults_of(fields)
    return render(request, "public/track.html", {"fields": fields, "faults": faults, **more}, status=status)


def _digits(last4: str) -> str:
    """The digits as typed, without blanks and marks between them."""
    return "".join(c for c in last4 if c.isalnum())


def _fields(code: str | None = None, last4: str | None = None) -> tuple[Field, ...]:
    code_error = last4_error = ""
    if code is not None and not dossier_codes(code):
        code_error = _("Enter the reference as it is printed on the receipt, for example H43.12-260710-0001")
    digits = _digits(last4 or "")
    if last4 is not None and not (len(digits) == 4 and digits.isascii() and digits.isdigit()):
        last4_error = _("Enter the last four digits of the applicant's personal number, for example 0123")
    return (
        Field(
            "text",
            "code",
            _("Reference of the dossier"),
            hint=_(
                "It is on the receipt and in our messages, for example H43.12-260710-0001. "
                "Small letters, blanks or no marks are understood too."
            ),
            value=code or "",
            error=code_error,
            width="20",
            autocomplete="off",
            spellcheck=False,
        ),
        Field(
            "text",
            "last4",
            _("Last four digits of the personal number"),
            hint=_(
                "The last four of the 12 digits of the personal number written in the request: of the "
                "applicant; for a business, of the person who filed for it."
            ),
            value=last4 or "",
            error=last4_error,
            width="4",
            inputmode="numeric",
            autocomplete="off",
        ),
    )
