"""Callers of the API on the small commune of the dossiers' tests."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.dossiers.conftest import Commune, act, commune, file

__all__ = ["Commune", "act", "commune", "file"]
Call = Callable[..., Any]
NAMES = {
    "citizen": "dan", "other": "dankhac", "desk": "motcua", "specialist": "chuyenvien",
    "signatory": "nguoiky", "asked": "phuonghai", "leader": "lanhdao",
}  # fmt: skip


@pytest.fixture
def tokens(commune: Commune, now: datetime) -> dict[str, str]:
    """A bearer token for each person of the commune; it is in force today."""
    from django.utils import timezone

    from motcua.core.actor import SYSTEM
    from motcua.people.operations.tokens import issue_token

    return {
        who: issue_token(username=name, scopes=("all",), days=2, actor=SYSTEM, now=timezone.now())
        for who, name in NAMES.items()
    }


@pytest.fixture
def call(tokens: dict[str, str]) -> Call:
    """``call("desk", "get", "/worklist")`` answers the response; JSON bodies by ``body=``."""

    def sent(who: str | None, method: str, path: str, body: Any = None, **headers: str) -> Any:
        if who:
            headers["authorization"] = f"Bearer {tokens[who]}"
        send = getattr(Client(headers=headers), method)
        if body is None:
            return send(f"/api/v1{path}")
        return send(f"/api/v1{path}", data=json.dumps(body), content_type="application/json")

    return sent
