"""Pages of words: help, accessibility, privacy, and what robots may read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from motcua.core.periods import local_day
from motcua.dossiers.queries import origin_days
from motcua.web.manuals import manuals
from motcua.web.requests import EdgeRequest
from motcua.web.words import limit_words

ROBOTS = """User-agent: *
Disallow: /tai-khoan/
Disallow: /ho-so/
Disallow: /ho-so-nhap/
Disallow: /hop-thu/
Disallow: /mot-cua/
Disallow: /nop/
Disallow: /tra-cuu/
Disallow: /verify/
Disallow: /api/
"""


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to find, file, follow and get help; the manuals."""
    return render(request, "public/help.html", {"manuals": manuals()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "public/accessibility.html")


@require_safe
def privacy(request: EdgeRequest) -> HttpResponse:
    """The privacy notice."""
    kept = limit_words(origin_days(local_day(request.now)), "days")
    return render(request, "public/privacy.html", {"kept": kept})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers and programs that ask for the old name get the picture that pages name."""
    return redirect(static("img/door.svg"), permanent=False)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Pages about one person or one dossier are not for search engines."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
