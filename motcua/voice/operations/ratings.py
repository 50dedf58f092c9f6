"""Satisfaction: given once for a dossier; the desk answers an unhappy one."""

from datetime import datetime

from django.db import IntegrityError, transaction

from motcua.core.actor import SYSTEM, Actor
from motcua.core.links import opened
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.dossiers.queries import Matter, matter_of, own_matter
from motcua.events.operations import append
from motcua.people.queries import contacts_for
from motcua.voice.access import handles
from motcua.voice.models import Rating
from motcua.voice.operations.telling import tell
from motcua.voice.queries.ratings import LINK
from motcua.voice.rules.petitions import written
from motcua.voice.rules.ratings import MOST_WORDS, RatedAlready, check


def rate(
    *, code: str, satisfied: bool, reason: str = "", words: str = "", way: str, actor: Actor, now: datetime
) -> None:
    """The applicant (or who filed) rates a dossier. Raises ``NotFound`` and as ``rules.ratings.check``."""
    _keep(own_matter(code, actor=actor), satisfied, reason, words, way, actor, now)


def rate_by_link(
    *, token: str, satisfied: bool, reason: str = "", words: str = "", actor: Actor, now: datetime
) -> None:
    """The same by the link of the message, without an account."""
    code = opened(LINK, token)
    if code is None:
        raise NotFound
    _keep(matter_of(code, actor=SYSTEM), satisfied, reason, words, "link", actor, now)


def _keep(
    matter: Matter, satisfied: bool, reason: str, words: str, way: str, actor: Actor, now: datetime
) -> None:
    given = Rating.objects.filter(dossier=matter.code).exists()
    check(status=matter.status, given=given, reason=reason)
    try:
        with transaction.atomic():
            Rating.objects.create(
                dossier=matter.code, agency_id=matter.agency.id, procedure=matter.procedure,
                satisfied=satisfied, reason=reason, words=words.replace("\x00", "").strip()[:MOST_WORDS],
                way=way, given_at=now,
            )  # fmt: skip
            data = {"dossier": matter.code, "satisfied": satisfied, "way": way}
            append(stream=f"rating:{matter.code}", kind="rating.given", data=data, actor=actor, now=now)
    except IntegrityError:  # the second tap came first
        raise RatedAlready from None


@transaction.atomic
def answer_rating(*, code: str, words: str, actor: Actor, now: datetime) -> None:
    """The desk answers an unhappy applicant, once. Raises ``NotFound``, ``WordsNeeded``."""
    row = Rating.objects.select_for_update().filter(dossier=code, satisfied=False, answered_at=None).first()
    if row is None or not handles(actor, row.agency_id):
        raise NotFound
    row.answer, row.answered_at, row.answered_by_id = written(words, most=2000), now, actor.user_id
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    append(stream=f"rating:{code}", kind="rating.answered", data={"dossier": code}, actor=actor, now=now)
    news = Text("Cơ quan trả lời ý kiến của bạn", "The agency answers what you said")
    for contact in contacts_for(person_id=matter_of(code, actor=SYSTEM).applicant_id, user_id=None):
        tell(
            key=f"rating:{code}:{contact.user_id}", user_id=contact.user_id, agency_id=row.agency_id,
            code=code, news=news, words=row.answer, path=f"/ho-so/{code}/", now=now,
        )  # fmt: skip
