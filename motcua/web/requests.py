"""The request as the views of this site see it."""

from datetime import datetime

from django.http import HttpRequest

from motcua.core.actor import Actor, Reading


class EdgeRequest(HttpRequest):
    """A request after the middleware: who acts (``actor``) and when (``now``) are known."""

    actor: Actor
    now: datetime
    readings: list[Reading]
    LANGUAGE_CODE: str
