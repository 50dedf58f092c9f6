"""Who is signed in, found by a statement that is made once a process: every page asks for it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from motcua.people.queries import account_row


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """As allauth's; only the look-up by the session is another."""

    def get_user(self, user_id: Any) -> Any:
        """The account of a session; None when it is closed or gone."""
        found = account_row(int(user_id))
        return found if found is not None and self.user_can_authenticate(found) else None
