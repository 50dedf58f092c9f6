"""Proposals for everybody, those with most votes first."""

from dataclasses import dataclass
from datetime import datetime

from motcua.catalogue.queries import items_of
from motcua.core.actor import Actor
from motcua.core.pages import Page
from motcua.core.texts import Text
from motcua.voice.access import answers_proposals
from motcua.voice.models import Proposal, ProposalVote
from motcua.voice.rules.proposals import STATES, ProposalState


@dataclass(frozen=True, slots=True)
class ProposalItem:
    """One proposal; ``voted``: by this reader."""

    code: str
    procedure: str
    procedure_name: Text
    words: str
    state: str
    state_text: Text
    proposed_at: datetime
    votes: int
    answer: str
    voted: bool
    may_vote: bool
    may_answer: bool
    may_unvote: bool


def proposals(
    *, actor: Actor, state: str = ProposalState.OPEN, after: str | None = None, limit: int = 20
) -> Page[ProposalItem]:
    """Proposals of a state, most votes first; ``after`` is ``votes.id`` of the last one shown."""
    rows = Proposal.objects.filter(state=state)
    votes, _, last = (after or "").partition(".")
    if votes.isdecimal() and last.isdecimal() and len(votes + last) < 30:
        more = rows.filter(votes=int(votes), pk__lt=int(last))
        rows = rows.filter(votes__lt=int(votes)) | more
    found = list(rows.order_by("-votes", "-pk")[: limit + 1])
    shown = found[:limit]
    names = {item.code: item.name for item in items_of([row.procedure for row in shown])}
    mine = ProposalVote.objects.filter(proposal__in=shown, user_id=actor.user_id or 0).order_by("pk")
    voted = set(mine.values_list("proposal_id", flat=True))
    items = tuple(_item(row, names, row.pk in voted, actor) for row in shown)
    end = shown[-1] if len(found) > limit else None
    return Page(items, f"{end.votes}.{end.pk}" if end else None)


def _item(row: Proposal, names: dict[str, Text], voted: bool, actor: Actor) -> ProposalItem:
    is_open = row.state == ProposalState.OPEN
    return ProposalItem(
        code=row.code,
        procedure=row.procedure,
        procedure_name=names.get(row.procedure, Text(row.procedure, row.procedure)),
        words=row.words,
        state=row.state,
        state_text=STATES[ProposalState(row.state)],
        proposed_at=row.proposed_at,
        votes=row.votes,
        answer=row.answer,
        voted=voted,
        may_vote=is_open and actor.user_id is not None and not voted,
        may_answer=is_open and answers_proposals(actor),
        may_unvote=is_open and voted,
    )
