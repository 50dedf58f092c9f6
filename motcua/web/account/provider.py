"""Sign-in by an identity provider: out, back, the question at the first time, linking and unlinking."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from motcua.people.operations.identities import link_identity, note_use, open_account, unlink_identity
from motcua.people.queries.identities import account_of_arrival
from motcua.people.rules.identity import Arrival
from motcua.web.account import arrivals
from motcua.web.account.backend import Backend
from motcua.web.account.oidc import Provider, come_back, refused
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.requests import EdgeRequest
from motcua.web.words import provider_name


def _next(request: EdgeRequest, place: str | None) -> str:
    """``place`` if it lies on this site, else the home page."""
    secure = request.is_secure()
    if place and url_has_allowed_host_and_scheme(place, {request.get_host()}, require_https=secure):
        return place
    return reverse(settings.LOGIN_REDIRECT_URL)


@require_POST
@never_cache
def leave(request: EdgeRequest) -> HttpResponse:
    """Go to the provider. ``process=link`` comes back to the question whether to link."""
    if not settings.OIDC_ISSUER:
        raise Http404
    if used_up("provider", network_address(request), most=30, seconds=60):
        return render(request, "429.html", status=429)
    link = request.POST.get("process") == "link" and request.user.is_authenticated
    place = reverse("account") if link else _next(request, request.POST.get("next"))
    try:
        provider = Provider(request)
        return provider.leave(process="link" if link else "login", next_url=place, fresh=link)
    except (RequestException, OAuth2Error, KeyError, ValueError):
        return refused(request, status=503)


@require_safe
@never_cache
def callback(request: EdgeRequest) -> HttpResponse:
    """Back from the provider: a known identity signs in, an unknown one is asked what to do."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        provider, answer = come_back(request)
    except (RequestException, OAuth2Error, KeyError, ValueError):
        return refused(request, status=503)
    if provider.arrival is None:
        return answer
    link = provider.state.get("process") == "link" and request.user.is_authenticated
    user_id = None if link else account_of_arrival(provider.arrival)
    if user_id is not None:
        return _sign_in(request, user_id, provider.arrival, _next(request, provider.state.get("next")))
    arrivals.keep(request.session, provider.arrival, request.now)
    return redirect("account_provider_link" if request.user.is_authenticated else "account_provider_first")


def _sign_in(request: EdgeRequest, user_id: int, arrival: Arrival, place: str) -> HttpResponse:
    """Sign in to the linked account, through its second step where it has one."""
    user = Backend().get_user(user_id)
    if user is None:
        return refused(request)
    if request.user.is_authenticated and request.user.pk != user_id:
        logout(request)
    note_use(arrival=arrival, now=request.now)
    record_authentication(request, user, arrivals.METHOD, level=arrival.level)
    answer: HttpResponse = perform_login(request, user, email_verification="none", redirect_url=place)
    return answer


@require_safe
@never_cache
def first(request: EdgeRequest) -> HttpResponse:
    """The first time: what the provider said, and the two ways on."""
    arrival = arrivals.kept(request.session, request.now)
    if arrival is None:
        return redirect("account_login")
    if request.user.is_authenticated:
        return redirect("account_provider_link")
    context = {"arrival": arrival, "provider_name": provider_name(), "link_url": _link_url()}
    return render(request, "account/provider_first.html", context)


def _link_url() -> str:
    return f"{reverse('account_login')}?{urlencode({'next': reverse('account_provider_link')})}"


@require_POST
@never_cache
def make(request: EdgeRequest) -> HttpResponse:
    """Make an account with the data that were shown, and sign in to it."""
    arrival = arrivals.kept(request.session, request.now)
    if arrival is None or request.user.is_authenticated:
        return redirect("account_login")
    locale = request.LANGUAGE_CODE
    user_id = open_account(arrival=arrival, locale=locale, actor=request.actor, now=request.now)
    arrivals.drop(request.session)
    return _sign_in(request, user_id, arrival, reverse("account"))


@never_cache
@login_required
def link(request: EdgeRequest) -> HttpResponse:
    """Link the identity that waits to the account signed in, after fresh proof of both."""
    arrival = arrivals.kept(request.session, request.now)
    if arrival is None:
        return redirect("account")
    if not arrivals.freshly_proven(request, request.now):
        return _prove_again(request)
    if request.method != "POST":
        context = {"arrival": arrival, "provider_name": provider_name()}
        return render(request, "account/provider_link.html", context)
    arrivals.drop(request.session)
    if request.POST.get("answer") == "link":
        link_identity(arrival=arrival, actor=request.actor, now=request.now)
        messages.success(request, _("Linked. From now on you can sign in by the identity provider as well."))
    return redirect("account")


def _prove_again(request: EdgeRequest) -> HttpResponseRedirect:
    place = urlencode({"next": reverse("account_provider_link")})
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{place}")


@never_cache
@login_required
def unlink(request: EdgeRequest, identity_id: int) -> HttpResponse:
    """Take an identity off the account; asks first."""
    if request.method != "POST":
        return render(request, "account/provider_unlink.html", {"provider_name": provider_name()})
    unlink_identity(identity_id=identity_id, actor=request.actor, now=request.now)
    messages.success(request, _("The link was removed."))
    return redirect("account")
