"""Filings that a check of honest figures looks at: codes and times only; for the platform itself."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.db.models import F

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.dossiers.models import Dossier, Origin, Record


def self_filed(since: datetime, *, actor: Actor) -> Iterator[tuple[int, int, datetime, str]]:
    """(account, deciding agency, moment, code) of online filings by people themselves, without helpers."""
    _only(actor)
    rows = Dossier.objects.filter(
        submitted_at__gte=since, channel=2, filed_by="self", filed_by_user__is_helper=False
    ).order_by("submitted_at", "pk")
    found = rows.values_list("filed_by_user_id", "agency_id", "submitted_at", "code")
    return ((account, agency, at, code) for account, agency, at, code in found.iterator() if account)


def filed_from(since: datetime, *, actor: Actor) -> Iterator[tuple[str, int, int, datetime, str]]:
    """(place as a hash, account, deciding agency, moment, code) of the same filings, where it is kept."""
    _only(actor)
    rows = Origin.objects.filter(
        at__gte=since, dossier__filed_by="self", dossier__filed_by_user__is_helper=False
    ).order_by("at", "pk")
    found = rows.values_list(
        "place", "dossier__filed_by_user_id", "dossier__agency_id", "at", "dossier__code"
    )
    return ((place, who, agency, at, code) for place, who, agency, at, code in found.iterator() if who)


def decided_before_filed(since: datetime, *, actor: Actor) -> Iterator[tuple[int, datetime, str]]:
    """(agency, moment, code) of other systems' dossiers that were received after they had ended."""
    _only(actor)
    rows = Record.objects.filter(received_at__gte=since, finished_at__lt=F("received_at"))
    found = rows.order_by("received_at", "pk").values_list("agency_id", "received_at", "code")
    return ((agency, at, code) for agency, at, code in found.iterator() if at is not None)


def _only(actor: Actor) -> None:
    if actor.kind != "system":
        raise NotFound


def origin_days(on: date) -> int:
    """For how many days it is kept from where one filed, by the rule of a day (before them: the first)."""
    rows = _rules()
    return next((days for since, days in reversed(rows) if since <= on), rows[0][1])


@cache
def _rules() -> tuple[tuple[date, int], ...]:
    path = Path(__file__).resolve().parents[1] / "origins.toml"
    rows = tomllib.loads(path.read_text("utf-8"))["kept"]
    return tuple(sorted((row["from"], row["days"]) for row in rows))
