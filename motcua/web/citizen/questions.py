"""Questions of a pack as fields of a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.catalogue.rules import form_raw
from motcua.catalogue.rules.blank_form import if_so
from motcua.catalogue.rules.form import FieldError, Question
from motcua.catalogue.rules.form_values import bounds
from motcua.core.texts import Text
from motcua.web.citizen.widgets import Filling, Raw, fields_of, label_of
from motcua.web.fields import Field

__all__ = ["Filling", "Item", "Raw", "errors_by_field", "fields_of", "item_of", "raw_names", "to_raw"]
FIRST_ROWS, ROWS_ADDED = 1, 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a page: a note, some fields, or the rows of a group."""

    key: str
    note: str = ""
    fields: tuple[Field, ...] = ()
    title: str = ""
    hint: str = ""
    rows: tuple[tuple[Field, ...], ...] = ()
    full: bool = False  # no row can be added
    error: str = ""


def raw_names(post: QueryDict) -> dict[str, list[str]]:
    """A posted form as names with all their values."""
    return {name: post.getlist(name) for name in post}


def to_raw(questions: Iterable[Question], answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Kept answers as a browser would send them."""
    raw: dict[str, list[str]] = {}
    for question in questions:
        raw |= form_raw.to_raw(question, answers.get(question.key))
    return raw


def errors_by_field(errors: Sequence[FieldError], language: str) -> dict[str, str]:
    """Messages by field name; the first of a field counts."""
    return {e.key: e.message.to(language) for e in reversed(errors)}


def _rows(q: Question, fill: Filling) -> Item:
    used = [n.removeprefix(f"{q.key}-").partition("-")[0] for n in fill.raw if n.startswith(f"{q.key}-")]
    last = max((int(n) + 1 for n in used if n.isascii() and n.isdigit() and len(n) < 4), default=0)
    most = bounds(q)[1]
    count = min(max(last + fill.rows_added - (last > 0 and fill.rows_added == FIRST_ROWS), 1), most)
    parts = [part for part in q.questions if part.asked]
    rows = tuple(
        tuple(f for part in parts for f in fields_of(_hinted(part, parts), f"{q.key}-{i}-{part.key}", fill))
        for i in range(count)
    )
    title, hint, error = label_of(q, fill.language), q.hint.to(fill.language), fill.errors.get(q.key, "")
    return Item(q.key, title=title, hint=hint, rows=rows, full=count >= most, error=error)


def _hinted(q: Question, beside: Sequence[Question] = ()) -> Question:
    """A question that belongs to some answers only says so: the page works without scripts."""
    if not q.show_if:
        return q
    vi, en = (words.to(language) for words in [if_so(q.show_if, beside)] for language in ("vi", "en"))
    return replace(q, hint=Text(f"{vi} {q.hint.vi}".strip(), f"{en} {q.hint.en}".strip()))


def item_of(q: Question, fill: Filling, *, depends: bool = False, beside: Sequence[Question] = ()) -> Item:
    """One question of a page as what the page shows; ``depends`` on an answer that stands above it.

    ``beside``: the questions of the page, whose choices the hint names.
    """
    q = _hinted(q, beside) if depends else q
    if q.type == "group":
        return _rows(q, fill)
    if not q.stored:
        words = [q.label.to(fill.language), q.hint.to(fill.language)]
        if q.type == "file":
            words.append(_("You add it on the page “Papers”, before you file."))
        return Item(q.key, note="\n".join(w for w in words if w))
    return Item(q.key, fields=fields_of(q, q.key, fill))
