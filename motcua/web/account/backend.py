"""Who is signed in, found by a statement that is made once a process: every page asks for it."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from motcua.core.kept import Kept

_FOUND = Kept(lambda pk: get_user_model()._default_manager.filter(pk=pk), int)


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """As allauth's; only the look-up by the session is another."""

    def get_user(self, user_id: Any) -> Any:
        """The account of a session; None when it is closed or gone."""
        found = _FOUND.objects(int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None
