"""Petitions: sent in, handled by the agency they are addressed to, settled and published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from motcua.agencies.queries import agency
from motcua.core.actor import Actor
from motcua.core.links import sign
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.dossiers.queries import own_matter
from motcua.events.operations import append
from motcua.voice.gateways import petition_terms
from motcua.voice.models import Petition, Reaction
from motcua.voice.operations.attachments import take_along
from motcua.voice.operations.clocks import calendar_of, new_code, working_days_later
from motcua.voice.queries.authors import LINK, is_author
from motcua.voice.rules.petitions import MOST_TITLE, Act, State, after, kind_of, written


@dataclass(frozen=True, slots=True)
class PetitionSent:
    """What the author gets: the code, the promised day of the answer, and a token that opens it."""

    code: str
    token: str
    answer_due_at: datetime


@dataclass(frozen=True, slots=True)
class PetitionForm:
    """What an author writes. ``agency`` is an identifier; ``dossier`` a code of their own, or ""."""

    kind: str
    title: str
    words: str
    agency: str
    dossier: str = ""
    consent: bool = False
    name: str = ""
    email: str = ""
    locale: str = "vi"
    repeats: str = ""
    attachments: Sequence[str] = ()  # handles of files that were kept for it


@transaction.atomic
def send_petition(*, form: PetitionForm, actor: Actor, now: datetime) -> PetitionSent:
    """Take a petition in with its files; its clocks start at once.

    Raises ``WordsNeeded``, ``NotFound`` (an agency, a dossier or a petition to repeat that is not theirs),
    ``TooManyFiles``, ``AttachmentGone``.
    """
    row = _taken_in(form, actor, now)
    take_along(form.attachments, actor=actor, petition=row)
    told(row, "received", actor, now)
    if row.repeats is not None:
        told(row.repeats, "repeated", actor, now)
    return PetitionSent(row.code, sign(LINK, row.code), row.answer_due_at)


def _taken_in(form: PetitionForm, actor: Actor, now: datetime) -> Petition:
    to = agency(form.agency)
    procedure = own_matter(form.dossier, actor=actor).procedure if form.dossier else ""
    terms, calendar = petition_terms(local_day(now)), calendar_of(to.id, now)
    return Petition.objects.create(
        code=new_code("PA", now),
        kind=kind_of(form.kind),
        title=written(form.title, least=5, most=MOST_TITLE),
        words=written(form.words),
        agency_id=to.id,
        procedure=procedure,
        dossier=form.dossier,
        author_id=actor.user_id,
        name=form.name.strip()[:100],
        email="" if actor.user_id else form.email.strip()[:254],
        locale=form.locale[:2],
        consent=form.consent,
        repeats=_repeated(form.repeats, actor),
        state=State.RECEIVED,
        received_at=now,
        refuse_due_at=working_days_later(calendar, now, terms.refuse_days),
        ask_due_at=working_days_later(calendar, now, terms.ask_days),
        answer_due_at=working_days_later(calendar, now, terms.answer_days),
    )


def _repeated(code: str, actor: Actor) -> Petition | None:
    """The author's own settled petition that this one repeats."""
    if not code:
        return None
    row = Petition.objects.filter(code=code, author_id=actor.user_id).exclude(author=None).first()
    if row is None or row.state not in {State.REFUSED, State.ANSWERED, State.PUBLISHED}:
        raise NotFound
    return row


def told(row: Petition, what: str, actor: Actor, now: datetime) -> None:
    """Append what happened to the log, without words or names."""
    data = {"code": row.code, "dossier": row.dossier, "state": row.state}
    append(stream=f"petition:{row.code}", kind=f"petition.{what}", data=data, actor=actor, now=now)


@transaction.atomic
def answer_question(
    *, code: str, words: str, attachments: Sequence[str] = (), actor: Actor, token: str = "", now: datetime
) -> None:
    """The author says more, with files if they like; the clock goes on from there.

    Raises ``NotFound``, ``ActRefused``, ``WordsNeeded``, ``TooManyFiles``, ``AttachmentGone``.
    """
    row = _own(code, actor, token)
    state = after(row.state, Act.GIVE_MORE, consent=row.consent, asked=True)
    calendar = calendar_of(row.agency_id, now)
    waited = calendar.minutes_between(row.asked_at, now) if row.asked_at else 0
    terms = petition_terms(local_day(row.received_at))
    row.more, row.given_at, row.state = written(words), now, state
    row.answer_due_at = working_days_later(calendar, row.received_at, terms.answer_days, waited)
    row.save(update_fields=["more", "given_at", "state", "answer_due_at"])
    take_along(attachments, actor=actor, petition=row)
    told(row, "more_given", actor, now)


@transaction.atomic
def withdraw_petition(*, code: str, actor: Actor, token: str = "", now: datetime) -> None:
    """Its author takes it back. Raises ``NotFound``, ``ActRefused``."""
    row = _own(code, actor, token)
    row.state = after(row.state, Act.WITHDRAW, consent=row.consent, asked=bool(row.asked_at))
    row.ended_at = now
    row.save(update_fields=["state", "ended_at"])
    told(row, "withdrawn", actor, now)


def _own(code: str, actor: Actor, token: str) -> Petition:
    row = Petition.objects.select_for_update().filter(code=code).first()
    if row is None or not is_author(row, actor, token):
        raise NotFound
    return row


@transaction.atomic
def react(*, code: str, likes: bool, actor: Actor, now: datetime) -> None:
    """One account's like or dislike of how it was settled; a second one replaces the first.

    Raises ``NotFound`` for whoever has no account, and before it is published (its author: answered).
    """
    row = Petition.objects.select_for_update().filter(code=code).first()
    own = row is not None and row.author_id is not None and row.author_id == actor.user_id
    seen = (
        row is not None
        and row.stripped_at is None
        and (row.state == State.PUBLISHED or (own and row.state == State.ANSWERED))
    )
    if row is None or actor.user_id is None or not seen:
        raise NotFound
    old = Reaction.objects.filter(petition=row, user_id=actor.user_id).first()
    if old is not None and old.likes == likes:
        return
    Reaction.objects.update_or_create(
        petition=row, user_id=actor.user_id, defaults={"likes": likes, "at": now}
    )
    gone, come = ("dislikes", "likes") if likes else ("likes", "dislikes")
    changed = {come: F(come) + 1} | ({gone: F(gone) - 1} if old is not None else {})
    Petition.objects.filter(pk=row.pk).update(**changed)
    told(row, "reacted", actor, now)
