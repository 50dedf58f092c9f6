"""Reads of slips; who may see those of a dossier, dossiers decides."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from motcua.core.canonical import canonical
from motcua.core.kept import Kept
from motcua.core.sealing import seal, unseal
from motcua.core.texts import Text
from motcua.documents.models import Slip
from motcua.documents.rules import plain_fields


@dataclass(frozen=True, slots=True)
class SlipRef:
    """A slip without its words. ``key`` names it under its reference; ``form`` is its layout (``CT04``).

    ``corrects`` and ``corrected_by`` are numbers of other slips; ``running`` has no words of its own yet.
    """

    token: str
    reference: str
    key: str
    kind: str
    form: str
    number: str
    title: Text
    agency_id: int
    issued_at: datetime
    corrects: str
    corrected_by: str
    running: bool
    trial: bool
    id: int


def seal_fields(token: str, fields: Mapping[str, object]) -> bytes:
    """What a slip says, sealed to its row: it holds names and addresses."""
    return seal(canonical(plain_fields(fields)), key=settings.KEYS.personal, row=f"slip:{token}")


def slip_fields(token: str, sealed: bytes | memoryview) -> dict[str, Any]:
    """What a slip says; raises ``SealBroken`` when it was moved or changed."""
    fields: dict[str, Any] = json.loads(
        unseal(bytes(sealed), key=settings.KEYS.personal, row=f"slip:{token}")
    )
    return fields


def slips_of(reference: str) -> tuple[SlipRef, ...]:
    """The slips of a dossier, oldest first, in one query; the caller has checked who asks."""
    return tuple(slip_ref(row) for row in _OF.objects(reference))


_OF = Kept(
    lambda reference: (
        Slip.objects.filter(reference=reference).select_related("corrects", "corrected_by").order_by("id")
    ),
    str,
)


def slips_issued(
    *, agency_id: int, kind: str, since: datetime, until: datetime, after: int, limit: int,
    references: "QuerySet[Any, str] | None" = None,
) -> tuple[SlipRef, ...]:  # fmt: skip
    """Slips of a kind that an agency issued from a moment until before another, by number.

    After the slip with the id ``after``, of the references of a query where one is given; the caller has
    checked who asks.
    """
    rows = Slip.objects.filter(
        agency_id=agency_id, kind=kind, issued_at__gte=since, issued_at__lt=until, id__gt=after
    ).select_related("corrects", "corrected_by")
    rows = rows if references is None else rows.filter(reference__in=references)
    return tuple(slip_ref(row) for row in rows.order_by("id")[:limit])


def slip_ref(row: Slip) -> SlipRef:
    """A row as others get it."""
    after = getattr(row, "corrected_by", None)
    return SlipRef(
        row.token, row.reference, row.key, row.kind, row.form, row.number, Text(row.title_vi, row.title_en),
        row.agency_id, row.issued_at, row.corrects.number if row.corrects else "",
        after.number if after else "", row.running, row.trial, row.pk,
    )  # fmt: skip
