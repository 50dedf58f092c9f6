"""Search of the catalogue by everyday words, with and without diacritics (at most three queries)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection
from django.db.models import Q, QuerySet

from motcua.catalogue.models import Procedure, SearchEntry, Service
from motcua.catalogue.queries.services import RANK, highest
from motcua.catalogue.rules.search import Candidate, Question, Synonym, ask, asked_for, score
from motcua.core.actor import Actor
from motcua.core.folding import nfc
from motcua.core.pages import Page
from motcua.core.texts import Text

MOST_CANDIDATES = 160  # of which the order is found; who wants more of a vague question has to say more
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


def search(
    q: str,
    *,
    agency: str = "",
    field: str = "",
    level: str = "",
    limit: int = 20,
    after: str | None = None,
    actor: Actor,
) -> Page[ProcedureItem]:
    """Procedures that answer ``q``, the best first; without ``q`` all of them by code.

    ``agency`` and ``field`` as published, ``level`` information, partial or full. ``after`` is the
    ``next`` of the page before; a cursor that is not ours starts anew.
    """
    limit = max(1, min(limit, 100))
    text = nfc(q.replace("\x00", " ")[:MOST_LETTERS])
    question = ask(text, synonyms())
    if not question.readings or _CODE.match(text):
        return _by_code(text, agency, field, level, limit, after)
    ranked = _ranked(question, agency, field, level)
    start = next((i + 1 for i, code in enumerate(ranked) if code == after), 0)
    codes = ranked[start : start + limit]
    items = _items(Procedure.objects.filter(code__in=codes).defer("sources").order_by("code"))
    order = {code: i for i, code in enumerate(codes)}
    shown = tuple(sorted(items, key=lambda item: order[item.code]))
    return Page(shown, codes[-1] if start + limit < len(ranked) else None)


def _by_code(
    text: str, agency: str, field: str, level: str, limit: int, after: str | None
) -> Page[ProcedureItem]:
    rows = Procedure.objects.filter(_level(level), code__startswith=text).defer("sources")
    rows = rows.filter(agency_code=agency) if agency else rows
    rows = rows.filter(field=field) if field else rows
    rows = rows.filter(code__gt=after[:20].replace("\x00", "")) if after else rows
    found = _items(rows.order_by("code")[: limit + 1])
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


def _ranked(question: Question, agency: str, field: str, level: str) -> list[str]:
    """Codes of the candidates in their final order: score, then shorter title, then code."""
    rows = _candidates(question)
    rows = rows.filter(procedure__agency_code=agency) if agency else rows
    rows = rows.filter(procedure__field=field) if field else rows
    rows = rows.filter(procedure__in=Procedure.objects.filter(_level(level))) if level in RANK else rows
    found = rows.values_list("procedure__code", "title", "title_marked", "prior")[:MOST_CANDIDATES]
    scored = [(-score(question, Candidate(*row)), len(row[1]), row[0]) for row in found]
    return [code for _, _, code in sorted(scored)]


def _candidates(question: Question) -> QuerySet[SearchEntry]:
    """Entries that hold a word that says something, the likeliest first, by the database's own index.

    Words are letters and digits only, so no operator of either query language can come through.
    """
    terms = asked_for(question)
    if connection.vendor == "postgresql":
        any_of = " | ".join(f"{word}:*" if prefix else word for word, _, prefix in terms)
        ranks = [f"(vector @@ '{w}{':*A' if p else ':A'}'::tsquery)::int * {v:.3f}" for w, v, p in terms]
        rest = [f"(vector @@ '{w}{':*' if p else ''}'::tsquery)::int * {v / 8:.3f}" for w, v, p in terms]
        return SearchEntry.objects.extra(  # noqa: S610
            select={"rank": f"-({' + '.join([*ranks, *rest])})"},
            where=["vector @@ to_tsquery('simple', %s)"],
            params=[any_of],
            order_by=["rank", "title", "id"],
        )
    any_of = " OR ".join(f"{word}*" if prefix else word for word, _, prefix in terms)
    return SearchEntry.objects.extra(
        tables=["catalogue_search"],
        select={"rank": "bm25(catalogue_search, 10.0, 1.0)"},
        where=["catalogue_search MATCH %s", "catalogue_search.rowid = catalogue_searchentry.id"],
        params=[any_of],
        order_by=["rank", "title", "id"],
    )


def _items(rows: QuerySet[Procedure]) -> tuple[ProcedureItem, ...]:
    """Lines of a list, with the best derived and declared level of each (two queries)."""
    found = list(rows)
    levels: dict[int, list[tuple[str, str]]] = {}
    services = Service.objects.filter(procedure__in=[p.pk for p in found]).order_by("id")
    for procedure, level, declared in services.values_list("procedure_id", "level", "level_declared"):
        levels.setdefault(procedure, []).append((level, declared))
    return tuple(_item(p, levels.get(p.pk, [])) for p in found)


def _item(procedure: Procedure, levels: list[tuple[str, str]]) -> ProcedureItem:
    declared = [d for _, d in levels if d]
    return ProcedureItem(
        code=procedure.code,
        name=Text(procedure.name_vi, procedure.name_en),
        agency_name=procedure.agency_name,
        agency_code=procedure.agency_code,
        field=procedure.field,
        level=highest(level for level, _ in levels),
        level_declared=highest(declared) if declared else None,
    )


@cache
def synonyms() -> tuple[Synonym, ...]:
    """Everyday phrases and their official terms (synonyms.toml), read once a process."""
    file = Path(__file__).resolve().parent.parent / "synonyms.toml"
    rows = tomllib.loads(file.read_text("utf-8"))["synonym"]
    return tuple(Synonym(tuple(row["phrases"]), tuple(row["terms"])) for row in rows)
