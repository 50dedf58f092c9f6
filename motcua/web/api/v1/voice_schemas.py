"""Shapes of what people say."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from motcua.voice.rules.attachments import MOST_FILES
from motcua.web.api.v1.schemas import Name, Out

Words = Annotated[str, Field(min_length=10, max_length=5000)]


class RatingIn(Out):
    """Satisfaction with one dossier; ``reason`` only where it was not satisfactory."""

    satisfied: bool
    reason: Annotated[str, Field(max_length=20)] = ""
    words: Annotated[str, Field(max_length=1000)] = ""


class RatingOut(Out):
    """What was kept."""

    dossier: str
    satisfied: bool
    given_at: datetime


Handles = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=MOST_FILES)]


class AttachmentKeptOut(Out):
    """A file that waits a day for its petition or complaint: its ``handle`` goes into ``attachments``."""

    handle: str
    name: str
    kind: str
    size: int
    state: str
    changes: list[str]


class AttachmentOut(Out):
    """A file with a petition or complaint, for its author and who handles it."""

    id: str
    name: str
    kind: str
    size: int
    state: str
    changes: list[str]
    url: str


class PetitionIn(Out):
    """A petition. ``kind`` regulation or conduct; ``agency`` an identifier; ``dossier`` one's own."""

    kind: Annotated[str, Field(pattern="^(regulation|conduct)$")]
    title: Annotated[str, Field(min_length=5, max_length=200)]
    words: Words
    agency: Annotated[str, Field(max_length=30)]
    dossier: Annotated[str, Field(max_length=60)] = ""
    consent: bool = False
    name: Annotated[str, Field(max_length=100)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    repeats: Annotated[str, Field(max_length=30)] = ""
    attachments: Handles = []


class PetitionSentOut(Out):
    """The acknowledgement; ``url`` follows it (without an account it is the only way back)."""

    code: str
    state: str
    answer_due_at: datetime
    url: str


class PetitionOut(Out):
    """One petition, as far as the caller may see it; ``actions`` are what the caller may do now."""

    code: str
    kind: Name
    title: str
    words: str
    agency: str
    procedure: str
    dossier: str
    state: str
    state_name: Name
    received_at: datetime
    answer_due_at: datetime
    due_at: datetime | None
    late: bool
    question: str
    more: str
    answer: str
    likes: int
    dislikes: int
    attachments: list[AttachmentOut]
    actions: list[str]


class PetitionItemOut(Out):
    """A line of a list."""

    code: str
    title: str
    agency: str
    state: str
    received_at: datetime
    answer: str
    likes: int
    dislikes: int


class PetitionPage(Out):
    """A page of petitions, newest first."""

    items: list[PetitionItemOut]
    next: str | None


class PetitionActIn(Out):
    """``action`` is one of the petition's ``actions``, or like, dislike; ``to``: who gets it.

    ``attachments``: handles of files that go with ``give_more``.
    """

    action: Annotated[
        str, Field(pattern="^(refuse|ask_more|forward|answer|publish|give_more|withdraw|like|dislike)$")
    ]
    words: Annotated[str, Field(max_length=10_000)] = ""
    to: Annotated[str, Field(max_length=30)] = ""
    attachments: Handles = []
