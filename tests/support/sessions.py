"""Browsers in which somebody has just signed in: what signing asks for was proven a moment ago."""

import time
from typing import Any

from django.test import Client


def signed_in(user: Any, *, ago: float = 0) -> Client:
    """A client signed in as a user by password, ``ago`` seconds before now."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
