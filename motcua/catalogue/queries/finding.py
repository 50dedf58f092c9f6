"""Search of the catalogue by everyday words, with and without diacritics (at most three queries)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When

from motcua.catalogue.models import Procedure, SearchEntry, Service
from motcua.catalogue.queries.bodies import in_title_or_body
from motcua.catalogue.queries.services import RANK, highest
from motcua.catalogue.queries.shelf import SHELF, book_on
from motcua.catalogue.rules.asking import Book, Question, ask
from motcua.catalogue.rules.search import clear_of, score
from motcua.catalogue.rules.titles import Title, Titles
from motcua.core.actor import Actor
from motcua.core.folding import nfc
from motcua.core.pages import Page
from motcua.core.texts import Text

MOST_CANDIDATES = 120  # of which the order is found; who wants more of a vague question has to say more
MOST_FILTERED = 1_000  # where a level takes away most of them
MOST_BODIES = 20  # found by words of which some stand only in the body
COMPARED = 35  # of the proposed titles; their bodies are read as well
MOST_LETTERS = 300
_CODE = re.compile(r"^\d\.\d{0,6}$")


@dataclass(frozen=True, slots=True)
class ProcedureItem:
    """One line of a list of procedures. ``level_declared`` None: nobody declared one."""

    code: str
    name: Text
    agency_name: str
    agency_code: str
    field: str
    level: str
    level_declared: str | None
    related: bool = False  # of a search: far below a sure answer that stands above it


class Row(NamedTuple):
    """What a line needs of a procedure."""

    code: str
    name_vi: str
    name_en: str
    agency_name: str
    agency_code: str
    field: str


@dataclass(frozen=True, slots=True)
class Filters:
    """By what a list is narrowed; empty: not."""

    agency: str = ""
    field: str = ""
    level: str = ""
    audience: str = ""

    def keep(self, title: Title) -> bool:
        """Whether a title passes, its level aside."""
        return (
            self.agency in ("", title.agency)
            and self.field in ("", title.field)
            and (not self.audience or self.audience in title.audience.split())
        )


def search(
    q: str,
    *,
    agency: str = "",
    field: str = "",
    level: str = "",
    audience: str = "",
    limit: int = 20,
    after: str | None = None,
    on: date | None = None,
    actor: Actor,
) -> Page[ProcedureItem]:
    """Procedures that answer ``q``, the best first; without ``q`` all of them by code.

    ``agency`` and ``field`` as published, ``level`` information, partial or full, ``audience`` one of
    ``rules.indexing.AUDIENCES``. ``after`` is the ``next`` of the page before; a cursor that is not ours
    starts anew. ``on``: the day whose synonyms count (None: those without an end).
    """
    limit = max(1, min(limit, 100))
    text = nfc(q.replace("\x00", " ")[:MOST_LETTERS])
    filters = Filters(agency, field, level if level in RANK else "", audience)
    if _CODE.match(text) or not ask(text, Book()).readings:
        return _by_code(text, filters, limit, after)
    ranked, sure = _ranked(text, filters, on)
    start = next((i + 1 for i, code in enumerate(ranked) if code == after), 0)
    codes, weak = ranked[start : start + limit], frozenset(ranked[sure:])
    found = {item.code: item for item in _items(Procedure.objects.filter(code__in=codes))}
    return Page(
        tuple(replace(found[code], related=code in weak) for code in codes if code in found),
        codes[-1] if start + limit < len(ranked) else None,
    )


def _by_code(text: str, filters: Filters, limit: int, after: str | None) -> Page[ProcedureItem]:
    rows = Procedure.objects.filter(_level(filters.level), code__startswith=text)
    rows = rows.filter(agency_code=filters.agency) if filters.agency else rows
    rows = rows.filter(field=filters.field) if filters.field else rows
    rows = rows.filter(audience__contains=filters.audience) if filters.audience else rows
    rows = rows.filter(code__gt=after[:20].replace("\x00", "")) if after else rows
    first = rows.order_by("code").values_list("id", flat=True)[: limit + 1]
    found = _items(Procedure.objects.filter(id__in=list(first)))
    return Page(found[:limit], found[limit - 1].code if len(found) > limit else None)


def _level(level: str) -> Q:
    """Procedures whose best service has this level; no service at all counts as information."""
    if level not in RANK:
        return Q()
    higher = [name for name, rank in RANK.items() if rank > RANK[level]]
    condition = ~Q(pk__in=Service.objects.filter(level__in=higher).values("procedure"))
    if level == "information":
        return condition
    return condition & Q(pk__in=Service.objects.filter(level=level).values("procedure"))


def _ranked(text: str, filters: Filters, on: date | None) -> tuple[list[str], int]:
    """Codes of what answers: by score, then shorter title, then code; far ones as proposed. And how many of
    them are sure, where the first is; else all."""
    question, titles, near, far = _likely(text, filters, on)
    whole = [title.id for title in near]
    if filters.level:
        body = Case(When(id__in=whole, then=F("body")), default=Value(""), output_field=TextField())
        rows = SearchEntry.objects.filter(
            id__in=[*whole, *(title.id for title in far)],
            procedure__in=Procedure.objects.filter(_level(filters.level)),
        ).values_list("id", body)
    else:
        rows = SearchEntry.objects.filter(id__in=whole).values_list("id", "body")
    bodies = dict(rows.order_by("id"))

    def place(title: Title) -> tuple[float, int, str]:
        value = score(question, titles.candidate(title), f" {bodies[title.id]} ")
        return -value, len(title.text), title.code

    first = sorted(place(title) for title in near if title.id in bodies)
    rest = [title for title in far if title.id in bodies] if filters.level else far
    codes = [code for _value, _length, code in first] + [title.code for title in rest]
    return codes, clear_of([-value for value, _length, _code in first]) or len(codes)


def _likely(
    text: str, filters: Filters, on: date | None
) -> tuple[Question, Titles, list[Title], list[Title]]:
    """The question, the titles it is asked of, those of them to compare closely, and the rest."""
    book, titles = book_on(on), SHELF.titles()
    for _ in range(3):  # the catalogue may change in between
        question = ask(text, book, titles.weigh, titles.corrected)
        stamp, bodies = in_title_or_body(question, MOST_BODIES)
        if stamp == titles.stamp:
            break
        titles = SHELF.titles(stamp)
    most = MOST_FILTERED if filters.level else MOST_CANDIDATES
    by_title = titles.propose(question, most, filters.keep if filters != Filters() else None)
    close, met = by_title[:COMPARED], {title.id for title in by_title[:COMPARED]}
    more = [t for t in map(titles.get, bodies) if t is not None and t.id not in met and filters.keep(t)]
    met |= {title.id for title in more}
    return question, titles, [*close, *more], [t for t in by_title[COMPARED:] if t.id not in met]


def items_of(codes: Sequence[str]) -> tuple[ProcedureItem, ...]:
    """Lines of a list for known codes, by code; unknown ones are left out (one query)."""
    return _items(Procedure.objects.filter(code__in=codes))


def _items(procedures: QuerySet[Procedure]) -> tuple[ProcedureItem, ...]:
    """Lines of a list by code, with the best derived and declared level of each (one query)."""
    levels: dict[Row, list[tuple[str, str]]] = {}
    rows = procedures.order_by("code").values_list(
        *Row._fields, "services__level", "services__level_declared"
    )
    for *row, level, declared in rows.distinct():
        levels.setdefault(Row(*row), []).append((level or "", declared or ""))
    return tuple(_item(row, found) for row, found in levels.items())


def _item(row: Row, levels: Sequence[tuple[str, str]]) -> ProcedureItem:
    declared = [d for _, d in levels if d]
    return ProcedureItem(
        code=row.code,
        name=Text(row.name_vi, row.name_en),
        agency_name=row.agency_name,
        agency_code=row.agency_code,
        field=row.field,
        level=highest(level for level, _ in levels if level),
        level_declared=highest(declared) if declared else None,
    )
