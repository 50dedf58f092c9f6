"""Satisfaction as it is asked for, and unhappy ones that wait at the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from motcua.core.actor import SYSTEM, Actor
from motcua.core.links import opened
from motcua.core.pages import Page
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.dossiers.queries import Matter, matter_of, own_matter
from motcua.voice.access import HANDLING
from motcua.voice.models import Rating
from motcua.voice.queries.petitions import codes_complained_of
from motcua.voice.rules.ratings import ENDED, REASONS

LINK = "rating"  # what a token of ``core.links`` is for


@dataclass(frozen=True, slots=True)
class RatingView:
    """What was said of a dossier; ``reason`` in words."""

    dossier: str
    procedure: str
    satisfied: bool
    reason: Text
    words: str
    given_at: datetime
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of satisfaction for one dossier: ``given`` when answered, ``may`` when it can be."""

    matter: Matter
    given: RatingView | None
    may: bool


def asked_by_link(token: str) -> Asked:
    """By the link of the message; raises ``NotFound`` for any other text."""
    code = opened(LINK, token)
    if code is None:
        raise NotFound
    return _asked(matter_of(code, actor=SYSTEM))


def asked_of(code: str, *, actor: Actor) -> Asked:
    """For the applicant or who filed; raises ``NotFound``."""
    return _asked(own_matter(code, actor=actor))


def _asked(matter: Matter) -> Asked:
    given = rating_of(matter.code)
    return Asked(matter, given, given is None and matter.status in ENDED)


def rating_of(code: str) -> RatingView | None:
    """What was said of a dossier; the caller has checked who asks."""
    row = Rating.objects.filter(dossier=code).first()
    return None if row is None else _view(row)


def unhappy_at(actor: Actor, *, limit: int = 50) -> Page[RatingView]:
    """Unhappy ratings at the actor's agencies that nobody answered, the oldest first."""
    here = Rating.objects.filter(agency_id__in=actor.agency_ids(*HANDLING), satisfied=False, answered_at=None)
    return Page(tuple(_view(row) for row in here.order_by("given_at", "pk")[:limit]))


def unhappy_codes(codes: Iterable[str]) -> frozenset[str]:
    """Those of some dossiers whose applicant was not satisfied, or about which there is a petition."""
    wanted = sorted(set(codes))
    rows = Rating.objects.filter(dossier__in=wanted, satisfied=False).order_by("dossier")
    return frozenset(rows.values_list("dossier", flat=True)) | codes_complained_of(wanted)


def _view(row: Rating) -> RatingView:
    reason = REASONS.get(row.reason, Text("", ""))
    return RatingView(
        row.dossier,
        row.procedure,
        row.satisfied,
        reason,
        row.words,
        row.given_at,
        row.answer,
        row.answered_at,
    )
