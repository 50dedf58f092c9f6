"""Sign-in rules of the site: accounts are given, failures are counted where they come from."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.agencies.queries import actor_for
from motcua.core.actor import Role
from motcua.web.account.devices import known_device, remember_device
from motcua.web.limits import count, forget, used_up
from motcua.web.middleware import OFFICER, network_address
from motcua.web.requests import EdgeRequest

MOST_FAILURES = 5  # of one name from one address, or from one known device
MOST_OF_A_PLACE = 60  # failures from one address, all names together
GUESSED_AT = 20  # failures of one name from everywhere within an hour: then strangers get one try
WINDOW = 5 * 60  # seconds
AN_HOUR = 60 * 60
AT_WORK = frozenset({Role.DESK, Role.SPECIALIST, Role.SIGNATORY})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed: accounts come from the demo, an operator, or an identity provider."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is wrong. Check both and try again."),
        "too_many_login_attempts": _(
            "Too many failed attempts from your connection. Wait five minutes and try again."
        ),
        "account_inactive": _("This account has been closed."),
        "enter_current_password": _("The current password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "incorrect_code": _("The code is wrong. Wait for the next one and try again."),
        "rate_limited": _("Too many requests from your connection. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always False."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where one who signs in without a wish goes: officers to their work, leaders to the figures."""
        posts = actor_for(int(request.user.pk or 0), now=cast(EdgeRequest, request).now).posts
        if not posts:
            return str(super().get_login_redirect_url(request))
        if any(post.role in AT_WORK for post in posts):
            return reverse("desk:worklist")
        return reverse("board:leaders" if any(p.role == Role.LEADER for p in posts) else "board:home")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address that every other limit of the site counts by."""
        return network_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count this try; when too many have failed, ask to wait. Nobody else's failures keep one out.

        A known device has its own count. Elsewhere each address has one for each name, which shrinks to
        a single try while a name is being guessed at from many places, and one for all names together.
        The answers are the same for names that do not exist.
        """
        super().pre_authenticate(request, **credentials)
        name, place = _name(credentials), network_address(request)
        most = MOST_FAILURES
        if not known_device(request, name):
            if count("sign-in-name", name) >= GUESSED_AT:
                most = 1
            if count("sign-in-place", place) >= MOST_OF_A_PLACE:
                raise self.validation_error("too_many_login_attempts")
        if used_up("sign-in", _attempt(request, name), most=most, seconds=WINDOW):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check the password; a success clears the count of this name from this place."""
        user = super().authenticate(request, **credentials)
        name = _name(credentials)
        if user is not None:
            forget("sign-in", _attempt(request, name))
        elif not known_device(request, name):
            used_up("sign-in-name", name, most=GUESSED_AT, seconds=AN_HOUR)
            used_up("sign-in-place", network_address(request), most=MOST_OF_A_PLACE, seconds=WINDOW)
        return user

    def post_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse:
        """Lead on, and know this device from now on."""
        response: HttpResponse = super().post_login(request, user, **how)
        remember_device(request, response, user.get_username())
        now = cast(EdgeRequest, request).now if hasattr(request, "now") else None
        if now is not None and actor_for(int(user.pk), now=now).is_officer:
            request.session[OFFICER] = True
        return response


def _name(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username", "")).lower()


def _attempt(request: HttpRequest, name: str) -> str:
    return f"{known_device(request, name) or network_address(request)}|{name}"
