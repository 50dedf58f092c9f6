"""Sign-in rules of the site: nobody makes an account by himself through allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed: accounts come from the demo, an operator, or an identity provider."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always False."""
        return False
