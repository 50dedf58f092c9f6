"""The blank paper form of a procedure, as PDF."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from motcua.catalogue.queries.procedures import current_revision, revision_pack
from motcua.catalogue.rules.blank_form import blank_fields
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.documents.operations import render_form

TITLE = Text("Tờ khai", "Form")
_TEMPLATE = Path(__file__).resolve().parent.parent / "blank_form.typ"


def blank_form(code: str, *, language: str, on: date, actor: Actor) -> bytes:
    """The paper twin of a procedure's online form; ``NotFound`` where it has no form.

    In Vietnamese, with the words of ``language`` below where that is another one; dated ``on``.
    """
    revision = current_revision(code)
    if not revision.has_pack:
        raise NotFound
    return _made(revision.id, language, on)


@lru_cache(maxsize=64)
def _made(revision_id: int, language: str, on: date) -> bytes:
    pack = revision_pack(revision_id)
    return render_form(
        template=_TEMPLATE.read_text("utf-8"),
        fields=blank_fields(pack, language),
        title=Text(f"{TITLE.vi}: {pack.name.vi}", f"{TITLE.en}: {pack.name.en}"),
        made_on=on,
    )
