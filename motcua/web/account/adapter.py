"""Sign-in rules of the site: accounts are given, failures are counted where they come from."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from motcua.web.limits import forget, used_up
from motcua.web.middleware import network_address

MOST_FAILURES = 5  # of one name from one address
WINDOW = 5 * 60  # seconds


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

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address that every other limit of the site counts by."""
        return network_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Five failures of one name from one address, then a pause.

        A name tried from elsewhere counts apart, so nobody can lock another person out.
        """
        super().pre_authenticate(request, **credentials)
        if used_up("sign-in", _attempt(request, credentials), most=MOST_FAILURES, seconds=WINDOW):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check the password; a success clears the count of this name from this address."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            forget("sign-in", _attempt(request, credentials))
        return user


def _attempt(request: HttpRequest, credentials: dict[str, Any]) -> str:
    return f"{network_address(request)}|{str(credentials.get('username', '')).lower()}"
