"""What every request passes through: headers, language, who acts and when, refusals in words."""

import logging
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import get_user, logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from motcua.agencies.queries import actor_for
from motcua.core.actor import PUBLIC, Actor
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.reads.operations import log_reads
from motcua.web.account.arrivals import assurance
from motcua.web.requests import EdgeRequest

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
    )
)
SAFETY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
MANDATE = "mandate"  # of a session: the one under which its owner acts
OFFICER = "officer"  # of a session: opened by somebody who held a post
LANGUAGE_COOKIE = "motcua_language"
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
A_YEAR = 365 * 24 * 60 * 60


def is_api(request: HttpRequest) -> bool:
    """True for calls of machines, which speak problem+json and carry no cookie of ours."""
    return request.path.startswith("/api/")


def network_address(request: HttpRequest) -> str:
    """The caller's address, for limits and the keyed hash that is kept of a filing's.

    It believes only as many proxies as the operator has named.
    """
    trusted: int = settings.TRUSTED_PROXIES
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if trusted and len(chain) >= trusted:
        return chain[-trusted]
    return str(request.META.get("REMOTE_ADDR", ""))


class ReadNotKept(Refusal):
    """Who looks at other people's data is written down first; it could not be."""

    code = "read_not_kept"
    cause = Text(
        "Hệ thống chưa ghi được lượt xem này vào nhật ký, nên chưa mở dữ liệu cho bạn.",
        "The system could not write this look into its log, so the data was not opened.",
    )
    next_step = Text(
        "Thử lại sau ít phút; nếu vẫn vậy, báo người quản trị.",
        "Try again in a few minutes; if it stays so, tell the operator.",
    )
    status = 503


class SafetyHeaders:
    """Adds the headers that keep a page to itself; a view may set its own stricter ones first."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add each header that the view has not set."""
        response = self.get_response(request)
        # whoever is sent to an identity provider after a form needs its origin, or browsers stop the way
        policy = " ".join((CONTENT_SECURITY_POLICY, *settings.OIDC_ORIGINS))
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in SAFETY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class ChosenLanguage:
    """Vietnamese unless the cookie says otherwise; ``?lang=en`` sets the cookie and leads back."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose the language, answer in it, and say so in the headers."""
        if request.method in {"GET", "HEAD"} and "lang" in request.GET and not is_api(request):
            return self._remember(request)
        language = request.COOKIES.get(LANGUAGE_COOKIE, "")
        language = language if language in LANGUAGES else settings.LANGUAGE_CODE
        cast(EdgeRequest, request).LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not is_api(request):
            patch_vary_headers(response, ("Cookie",))
        return response

    def _remember(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET["lang"]
        rest = request.GET.copy()
        del rest["lang"]
        # Relative on purpose: a path such as //elsewhere.example must not become an address.
        response = HttpResponseRedirect(
            f"?{rest.urlencode()}" if rest else request.path.rpartition("/")[2] or "."
        )
        if chosen in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, chosen, max_age=A_YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True
            )
        return response


class ActorAtTheEdge:
    """Fixes ``request.now`` once and finds ``request.actor`` when it is first asked for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set ``now`` and a lazy ``actor``."""
        edge = cast(EdgeRequest, request)
        edge.now, edge.readings = timezone.now(), []
        edge.actor = cast(Actor, SimpleLazyObject(lambda: _actor_of(edge)))
        return self.get_response(request)


def _actor_of(request: EdgeRequest) -> Actor:
    user = get_user(request) if not hasattr(request, "user") else request.user
    if user.pk is None:
        return PUBLIC
    level = assurance(request)
    actor = actor_for(
        int(user.pk), now=request.now, address=network_address(request), assurance=level,
        mandate_id=request.session.get(MANDATE), readings=request.readings,
    )  # fmt: skip
    if request.session.get(OFFICER) and not actor.is_officer:  # the last post has ended since
        logout(request)
        return PUBLIC
    return actor


class ReadsLogged:
    """What an answer shows of other people is kept before the answer leaves; else it does not leave."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or 503 in words when the reads cannot be kept."""
        response = self.get_response(request)
        edge = cast(EdgeRequest, request)
        if not edge.readings:
            return response
        match = request.resolver_match
        via = f"{request.method} {match.view_name if match else request.path}"
        try:
            log_reads(actor=edge.actor, readings=edge.readings, via=via, now=edge.now)
        except DatabaseError:
            logger.exception("reads could not be kept, so %s was not answered", via)
            return refused(request, ReadNotKept())
        return response


class RefusalsInWords:
    """A refusal that a view did not handle becomes a page with its cause and the next step."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; an address with a NUL names nothing, and no database may be asked for it."""
        if "\x00" in request.path_info and not is_api(request):
            return render(request, "errors/404.html", status=404)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a ``Refusal`` with a page; leave everything else, and the API's, to others."""
        if not isinstance(exception, Refusal) or is_api(request):
            return None
        return refused(request, exception)


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal; the API's middleware makes a problem of it where a machine asked."""
    if is_api(request):
        return HttpResponse(status=refusal.status)
    context = {"cause": refusal.cause, "next_step": refusal.next_step, "code": refusal.code}
    template = "errors/404.html" if refusal.status == 404 else "errors/refusal.html"
    return render(request, template, context, status=refusal.status)
