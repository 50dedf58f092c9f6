"""Answers at rest: one sealed blob a row, under the site's personal key."""

import json
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings

from motcua.core.canonical import canonical
from motcua.core.sealing import blind_index, seal, unseal


def seal_answers(answers: dict[str, Any], row: str) -> bytes:
    """Seal a map of answers to its row (``dossier:<code>`` or ``draft:<id>``)."""
    return seal(canonical(answers), key=settings.KEYS.personal, row=row)


def unseal_answers(sealed: bytes | memoryview, row: str) -> dict[str, Any]:
    """The answers of a row; raises ``SealBroken`` when they were moved or changed."""
    answers = json.loads(unseal(bytes(sealed), key=settings.KEYS.personal, row=row))
    assert isinstance(answers, dict)  # noqa: S101 - sealed by us, nothing else verifies
    return answers


def last4_index(code: str, last4: str) -> str:
    """Blind index by which a dossier is tracked without an account."""
    return blind_index(f"{code}:{last4}", key=settings.KEYS.index, purpose="dossier.track")


def resume_index(resume_code: str) -> str:
    """Blind index of the code by which a draft is found again."""
    return blind_index(resume_code, key=settings.KEYS.index, purpose="draft.resume")


def origin_index(address: str) -> str:
    """Blind index of a network address; of a long one (IPv6) only of the network that one line has."""
    try:
        known = ip_address(address)
    except ValueError:
        named = address
    else:
        known = getattr(known, "ipv4_mapped", None) or known
        named = known.exploded[:19] if isinstance(known, IPv6Address) else str(known)
    return blind_index(named, key=settings.KEYS.index, purpose="dossier.origin")
