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
from motcua.web.citizen.rows import used_rows
from motcua.web.citizen.widgets import Filling, Raw, fields_of, label_of
from motcua.web.fields import Field

__all__ = ["Filling", "Item", "Raw", "Row", "errors_by_field", "fields_of", "item_of", "raw_names", "to_raw"]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a group; ``key`` names it to the button that takes it out."""

    key: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on a page: a note, some fields, or the rows of a group."""

    key: str
    note: str = ""
    fields: tuple[Field, ...] = ()
    title: str = ""
    hint: str = ""
    rows: tuple[Row, ...] = ()
    full: bool = False  # no row can be added
    add: str = ""  # the words of the button that adds one
    error: str = ""

    @property
    def every_field(self) -> tuple[Field, ...]:
        """Its own fields, or those of its rows."""
        return (*self.fields, *(field for row in self.rows for field in row.fields))


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
    most = bounds(q)[1]
    count = min(max(used_rows(fill.raw, q.key) + (fill.added == q.key), 1), most)
    title, hint, error = label_of(q, fill.language), q.hint.to(fill.language), fill.errors.get(q.key, "")
    rows = tuple(_row(q, number, fill) for number in range(count))
    more = q.add.to(fill.language)
    return Item(q.key, title=title, hint=hint, rows=rows, full=count >= most, error=error, add=more)


def _row(q: Question, number: int, fill: Filling) -> Row:
    """One entry; what is wrong in it says of which entry it is."""
    title = f"{q.label.to(fill.language)} {number + 1}"
    parts = [part for part in q.questions if part.asked]
    fields = [f for p in parts for f in fields_of(_hinted(p, parts), f"{q.key}-{number}-{p.key}", fill)]
    fields = [replace(f, error=f"{title}: {f.error}") if f.error else f for f in fields]
    if fields and fill.looked_at == (q.key, number):
        fields[0] = replace(fields[0], autofocus=True)
    return Row(f"{q.key}-{number}", title, tuple(fields))


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
