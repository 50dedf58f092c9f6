"""Pages of the demo's identity provider that are not allauth's."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


def words(request: HttpRequest) -> dict[str, Any]:
    """What its templates may use: the language, the other one, and that this is the demonstration."""
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    other = "vi" if language == "en" else "en"
    query = request.GET.copy()
    query["lang"] = other
    return {
        "LANGUAGE_CODE": language,
        "other_language": other,
        "other_language_url": f"?{query.urlencode()}",
        "demo": True,
    }


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the way back to the portal."""
    return render(request, "idp/home.html", {"portals": settings.OIDC_ORIGINS[:1], "signed_in": request.user})


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """Answers while the process lives."""
    return HttpResponse("ok\n", content_type="text/plain")
