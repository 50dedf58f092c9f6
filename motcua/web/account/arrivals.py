"""Somebody whom the provider has named and whom no account is known for: kept sealed in the session."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from motcua.core.sealing import SealBroken, seal, unseal
from motcua.people.rules.identity import Arrival

KEY = "provider_arrival"
ROW = "session:arrival"
LASTS = 15 * 60  # seconds until the provider has to be asked again
FRESH = 5 * 60  # seconds for which a password or second step counts as just given
METHOD = "provider"
OWN_PROOF = {"password", "mfa"}


def keep(session: SessionBase, arrival: Arrival, now: datetime) -> None:
    """Put an arrival into the session; its personal number is never there in plain text."""
    record = {**asdict(arrival), "birth_on": arrival.birth_on and arrival.birth_on.isoformat()}
    plain = json.dumps({"at": now.timestamp(), **record}).encode()
    session[KEY] = b64encode(seal(plain, key=settings.KEYS.personal, row=ROW)).decode()


def kept(session: SessionBase, now: datetime) -> Arrival | None:
    """The arrival that waits in this session; None when there is none or it is too old."""
    try:
        plain = unseal(b64decode(session.get(KEY, "")), key=settings.KEYS.personal, row=ROW)
    except (SealBroken, ValueError):
        return None
    record: dict[str, Any] = json.loads(plain)
    if not 0 <= now.timestamp() - record.pop("at") < LASTS:
        return None
    birth = record.pop("birth_on")
    return Arrival(birth_on=date.fromisoformat(birth) if birth else None, **record)


def drop(session: SessionBase) -> None:
    """Forget the arrival."""
    session.pop(KEY, None)


def assurance(request: HttpRequest) -> int:
    """The level that a provider vouched for in this session, for the account signed in; 0 without one."""
    records = get_authentication_records(request, request.user)
    return max((int(r.get("level", 0)) for r in records if r["method"] == METHOD), default=0)


def freshly_proven(request: HttpRequest, now: datetime) -> bool:
    """True when the account's own password or second step was given in the last five minutes."""
    records = get_authentication_records(request, request.user)
    return any(r["method"] in OWN_PROOF and now.timestamp() - r["at"] < FRESH for r in records)
