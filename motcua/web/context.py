"""What every template may use."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.actor import PUBLIC, Actor
from motcua.demo.queries import exists as demo_exists
from motcua.web.words import provider_name


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One link of the main menu; ``current`` is the value of ``aria-current``."""

    label: str
    href: str
    current: str


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, trial and demo marks, who acts, the menu, and the other language."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    other = "vi" if language == "en" else "en"
    return {
        "site_name": settings.SITE_NAME,
        "trial": settings.TRIAL,
        "demo": demo_exists(),
        "actor": actor,
        "LANGUAGE_CODE": language,
        "other_language": other,
        "other_language_url": _other_language_url(request, other),
        "provider_name": provider_name() if settings.OIDC_ISSUER else "",
        "sign_in_url": _sign_in_url(request),
        "navigation": _navigation(request.path, actor),
    }


def _other_language_url(request: HttpRequest, other: str) -> str:
    query = request.GET.copy()
    query["lang"] = other
    return f"?{query.urlencode()}"


def _sign_in_url(request: HttpRequest) -> str:
    address = reverse(settings.LOGIN_URL)
    if request.method != "GET" or request.path == "/" or request.path.startswith(address):
        return address
    return f"{address}?{urlencode({'next': request.get_full_path()})}"


def _navigation(path: str, actor: Actor) -> tuple[NavigationItem, ...]:
    links = [(_("Find a procedure"), reverse("search"))]
    if actor.is_person:
        links += [(_("My dossiers"), reverse("citizen:mine")), (_("Messages"), reverse("citizen:inbox"))]
    if actor.is_officer:
        links.append((_("One-stop desk"), reverse("desk:worklist")))
    links += [(_("Track a dossier"), reverse("track")), (_("Figures"), reverse("board:home"))]
    return tuple(NavigationItem(label, href, _current(path, href)) for label, href in links)


def _current(path: str, href: str) -> str:
    if path == href:
        return "page"
    return "true" if path.startswith(href) else ""
