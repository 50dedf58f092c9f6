"""Sessions in the database, found by a statement that is made once a process: every page asks for one."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from motcua.core.kept import Kept

_FOUND = Kept(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), str, datetime)


class SessionStore(DatabaseStore):
    """As Django's own; only the look-up is another."""

    def _get_session_from_db(self) -> Any:
        found = _FOUND.objects(str(self.session_key), timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
        return found[0] if found else None
