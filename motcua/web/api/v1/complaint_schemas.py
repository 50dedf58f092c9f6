"""Shapes of complaints and proposals."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from motcua.web.api.v1.schemas import Name, Out
from motcua.web.api.v1.voice_schemas import AttachmentOut, Handles, Words


class ComplaintIn(Out):
    """A complaint about a dossier of one's own; ``wanted`` is what should be done."""

    dossier: Annotated[str, Field(max_length=60)]
    against: Annotated[str, Field(pattern="^(refuse|decline|result|delay|conduct)$")]
    words: Words
    wanted: Annotated[str, Field(max_length=2000)] = ""
    attachments: Handles = []


class ComplaintSentOut(Out):
    """The acknowledgement, and until when it is said whether it is accepted."""

    code: str
    accept_due_at: datetime
    url: str


class ComplaintOut(Out):
    """One complaint; ``actions`` are what the caller may do now."""

    code: str
    dossier: str
    agency: str
    against: Name
    words: str
    wanted: str
    state: str
    state_name: Name
    filed_at: datetime
    accept_due_at: datetime
    decide_due_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None
    late: bool
    decision: str
    attachments: list[AttachmentOut]
    actions: list[str]


class ComplaintPage(Out):
    """A page of complaints."""

    items: list[ComplaintOut]
    next: str | None


class ComplaintActIn(Out):
    """What is done; every decision but the acceptance has words."""

    action: Annotated[str, Field(pattern="^(accept|dismiss|uphold|reject|withdraw)$")]
    words: Annotated[str, Field(max_length=10_000)] = ""


class ProposalIn(Out):
    """A procedure that should go (further) online, and why."""

    procedure: Annotated[str, Field(max_length=20)]
    words: Annotated[str, Field(min_length=10, max_length=2000)]


class ProposalSentOut(Out):
    """The new proposal, with its author's vote."""

    code: str
    votes: int


class ProposalOut(Out):
    """One proposal; ``actions`` are what the caller may do now."""

    code: str
    procedure: str
    procedure_name: Name
    words: str
    state: str
    state_name: Name
    proposed_at: datetime
    votes: int
    voted: bool
    answer: str
    actions: list[str]


class ProposalPage(Out):
    """A page of proposals; ``next`` continues it."""

    items: list[ProposalOut]
    next: str | None


class ProposalActIn(Out):
    """A vote, or the answer of a procedure controller with its words."""

    action: Annotated[str, Field(pattern="^(vote|unvote|accept|refuse)$")]
    words: Annotated[str, Field(max_length=2000)] = ""


class ProposalVotedOut(Out):
    """What was done."""

    code: str
    done: str
