"""Proposals that a procedure go online: made, voted for, answered by a procedure controller."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from motcua.catalogue.queries import all_services
from motcua.catalogue.queries import procedure as known_procedure
from motcua.core.actor import SYSTEM, Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.events.operations import append
from motcua.voice.access import answers_proposals
from motcua.voice.models import Proposal, ProposalVote
from motcua.voice.operations.clocks import new_code
from motcua.voice.rules.petitions import written
from motcua.voice.rules.proposals import AlreadyFull, ProposalClosed, ProposalState, ProposedAlready


def propose(*, procedure: str, words: str, actor: Actor, now: datetime) -> str:
    """Propose that a procedure go (further) online; its author's vote is the first. Returns the code.

    Raises ``NotFound``, ``AlreadyFull``, ``ProposedAlready``, ``WordsNeeded``.
    """
    if actor.user_id is None:
        raise NotFound
    known_procedure(procedure, on=local_day(now), actor=actor)
    if _is_full(procedure, now):
        raise AlreadyFull
    try:
        with transaction.atomic():
            row = Proposal.objects.create(
                code=new_code("DX", now), procedure=procedure, words=written(words, most=2000),
                author_id=actor.user_id, state=ProposalState.OPEN, proposed_at=now, votes=1,
            )  # fmt: skip
            ProposalVote.objects.create(proposal=row, user_id=actor.user_id, at=now)
            _log(row, "made", actor, now)
    except IntegrityError:
        raise ProposedAlready from None
    return row.code


def _is_full(procedure: str, now: datetime) -> bool:
    services = all_services(local_day(now), actor=SYSTEM)
    return any(s.procedure_code == procedure and s.level == "full" for s in services)


def vote(*, code: str, actor: Actor, now: datetime) -> None:
    """One vote for an account; again changes nothing. Raises ``NotFound``, ``ProposalClosed``."""
    with transaction.atomic():
        row = Proposal.objects.select_for_update().filter(code=code).first()
        if row is None or actor.user_id is None:
            raise NotFound
        if row.state != ProposalState.OPEN:
            raise ProposalClosed
        _, made = ProposalVote.objects.get_or_create(
            proposal=row, user_id=actor.user_id, defaults={"at": now}
        )
        if made:
            Proposal.objects.filter(pk=row.pk).update(votes=F("votes") + 1)
            _log(row, "voted", actor, now)


@transaction.atomic
def withdraw_vote(*, code: str, actor: Actor, now: datetime) -> None:
    """Take one's own vote back while votes are collected; without a vote nothing changes.

    Raises ``NotFound``, ``ProposalClosed``.
    """
    row = Proposal.objects.select_for_update().filter(code=code).first()
    if row is None or actor.user_id is None:
        raise NotFound
    if row.state != ProposalState.OPEN:
        raise ProposalClosed
    gone, _ = ProposalVote.objects.filter(proposal=row, user_id=actor.user_id).delete()
    if gone:
        Proposal.objects.filter(pk=row.pk).update(votes=F("votes") - 1)
        _log(row, "vote_withdrawn", actor, now)


@transaction.atomic
def answer_proposal(*, code: str, accept: bool, words: str, actor: Actor, now: datetime) -> None:
    """A procedure controller takes it on or not, with words.

    Raises ``NotFound``, ``ProposalClosed``, ``WordsNeeded``.
    """
    row = Proposal.objects.select_for_update().filter(code=code).first()
    if row is None or not answers_proposals(actor):
        raise NotFound
    if row.state != ProposalState.OPEN:
        raise ProposalClosed
    row.state = ProposalState.ACCEPTED if accept else ProposalState.REFUSED
    row.answer, row.answered_at = written(words, most=2000), now
    row.save(update_fields=["state", "answer", "answered_at"])
    _log(row, row.state, actor, now)


def _log(row: Proposal, what: str, actor: Actor, now: datetime) -> None:
    data = {"code": row.code, "procedure": row.procedure}
    append(stream=f"proposal:{row.code}", kind=f"proposal.{what}", data=data, actor=actor, now=now)
