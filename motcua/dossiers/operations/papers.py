"""Files that come with a draft or with the answer to a supplement request."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from motcua.core.actor import Actor
from motcua.documents.operations import store_paper
from motcua.documents.queries import PaperRef
from motcua.dossiers.operations.common import hold
from motcua.dossiers.operations.drafts import attach_paper, hold_draft
from motcua.dossiers.operations.intake import add_paper, supplement
from motcua.dossiers.rules.status import Action


@transaction.atomic
def upload_paper(
    *, draft_id: UUID | str, component: str, content: BinaryIO, name: str, actor: Actor, now: datetime
) -> PaperRef:
    """Keep a file and put it with a component of the actor's draft; raises ``PaperRefused``."""
    hold_draft(draft_id, actor)
    kept = store_paper(content=content, name=name, owner_id=actor.user_id, actor=actor, now=now)
    attach_paper(draft_id=draft_id, component=component, paper_id=kept.id, actor=actor, now=now)
    return kept


@transaction.atomic
def supplement_with_files(
    *, code: str, answer: str, files: Sequence[tuple[str, BinaryIO, str]], actor: Actor, now: datetime
) -> None:
    """Answer a supplement request with words and files (component, content, name), all or nothing."""
    hold(code, Action.SUPPLEMENT, actor)
    supplement(code=code, answer=answer, papers=_stored(files, actor, now), actor=actor, now=now)


@transaction.atomic
def add_paper_files(
    *, code: str, files: Sequence[tuple[str, BinaryIO, str]], actor: Actor, now: datetime
) -> None:
    """Hand in papers that were to follow later (component, content, name), all or nothing."""
    hold(code, Action.ADD_PAPER, actor)
    add_paper(code=code, papers=_stored(files, actor, now), actor=actor, now=now)


def _stored(
    files: Sequence[tuple[str, BinaryIO, str]], actor: Actor, now: datetime
) -> list[dict[str, object]]:
    papers: list[dict[str, object]] = []
    for component, content, name in files:
        kept = store_paper(content=content, name=name, owner_id=actor.user_id, actor=actor, now=now)
        papers.append({"component": component, "paper": kept.id, "copy_kind": 2})
    return papers
