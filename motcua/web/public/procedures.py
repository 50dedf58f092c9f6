"""Finding a procedure and reading what it publishes."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalogue import queries
from motcua.catalogue.rules.facts import LEVELS as GOVERNMENT_LEVELS
from motcua.catalogue.rules.facts import Method
from motcua.catalogue.rules.indexing import AUDIENCES
from motcua.catalogue.rules.level import BLOCKERS, LEVELS
from motcua.core.periods import Period, local_day
from motcua.core.texts import Text
from motcua.monitoring.queries import procedure_figures
from motcua.web import words
from motcua.web.fields import Choice, Field
from motcua.web.requests import EdgeRequest

LONGEST_QUERY = 200
ONLINE = 2  # a channel of the record
TONES = {"full": "good", "partial": "warning", "information": ""}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks for, as it came in the address."""

    q: str
    agency: str
    field: str
    level: str
    audience: str
    after: str

    def url(self, after: str | None) -> str:
        """The address of the same search at another place of the list."""
        parts = {
            "q": self.q,
            "agency": self.agency,
            "field": self.field,
            "level": self.level,
            "audience": self.audience,
            "after": after or "",
        }
        return "?" + urlencode({name: value for name, value in parts.items() if value})


@require_safe
def search(request: EdgeRequest) -> HttpResponse:
    """Procedures that answer the words and the filters, in pages of twenty."""
    asked = _asked(request)
    page = queries.search(
        asked.q,
        agency=asked.agency,
        field=asked.field,
        level=asked.level,
        audience=asked.audience,
        after=asked.after or None,
        on=local_day(request.now),
        actor=request.actor,
    )
    return render(
        request,
        "public/search.html",
        {
            "asked": asked,
            "items": page.items,
            "next_url": asked.url(page.next) if page.next else "",
            "first_url": asked.url(None) if asked.after else "",
            "filters": _filters(asked, request.LANGUAGE_CODE),
            "filtered": bool(asked.agency or asked.field or asked.level or asked.audience),
            "levels": LEVELS,
            "tones": TONES,
        },
    )


def _asked(request: EdgeRequest) -> Asked:
    names = ("q", "agency", "field", "level", "audience", "after")
    values = {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST_QUERY] for name in names}
    if values["level"] not in LEVELS:
        values["level"] = ""
    if values["audience"] not in AUDIENCES:
        values["audience"] = ""
    return Asked(**values)


def _filters(asked: Asked, language: str) -> tuple[Field, ...]:
    agencies = tuple(Choice(a.code, f"{a.name or a.code} ({a.count})") for a in queries.agency_counts())
    fields = tuple(
        Choice(f.field, f"{f.field} ({f.count})") for f in queries.field_counts(agency=asked.agency)
    )
    levels = tuple(Choice(code, name.to(language)) for code, name in LEVELS.items())
    audiences = tuple(Choice(code, name.to(language)) for code, name in AUDIENCES.items())
    every = (Choice("", _("All")),)
    return (
        Field("select", "agency", _("Agency"), value=asked.agency, options=every + agencies),
        Field("select", "field", _("Field"), value=asked.field, options=every + fields),
        Field("select", "level", _("Level of online service"), value=asked.level, options=every + levels),
        Field("select", "audience", _("For whom"), value=asked.audience, options=every + audiences),
    )


@require_safe
def procedure(request: EdgeRequest, code: str) -> HttpResponse:
    """All published parts of one procedure, and where it can be started."""
    today = local_day(request.now)
    page = queries.procedure(code, actor=request.actor, on=today)
    return render(
        request,
        "public/procedure.html",
        {
            "page": page,
            "facts": page.facts,
            "notes": _notes(page.facts.methods),
            "level": LEVELS.get(page.level, LEVELS["information"]),
            "level_declared": LEVELS.get(page.level_declared or ""),
            "tone": TONES.get(page.level, ""),
            "blockers": [BLOCKERS.get(b, BLOCKERS["other"]) for b in page.blockers],
            "performed_at": [GOVERNMENT_LEVELS.get(x, Text(x, x)) for x in page.facts.levels],
            "can_start": page.has_pack and bool(page.services),
            "named_online": not page.services and any(m.channel == ONLINE for m in page.facts.methods),
            "limits": _limits(page),
            "figures": procedure_figures(code, _last_year(today), actor=request.actor),
            "crumbs": [
                {"label": _("Procedures"), "href": reverse("search")},
                {"label": page.code, "href": ""},
            ],
        },
    )


def _limits(page: queries.ProcedurePage) -> list[str]:
    """The time limits by which the service is handled here."""
    if not page.has_pack or page.revision_id is None:
        return []
    rules = queries.revision_pack(page.revision_id).limits
    return list(dict.fromkeys(words.limit_words(r.limit.amount, r.limit.unit) for r in rules))


@require_safe
def revisions(request: EdgeRequest, code: str) -> HttpResponse:
    """The revisions of a procedure: days, state, and what changed."""
    crumbs = [
        {"label": _("Procedures"), "href": reverse("search")},
        {"label": code, "href": reverse("procedure", args=[code])},
        {"label": _("Revisions"), "href": ""},
    ]
    context = {"code": code, "revisions": queries.revisions(code), "crumbs": crumbs}
    return render(request, "public/revisions.html", context)


def _last_year(today: date) -> Period:
    """The 365 days that end today."""
    return Period(today - timedelta(days=364), today)


@dataclass(frozen=True, slots=True)
class MethodNote:
    """A note of the record and the ways of filing that it stands at."""

    ways: tuple[Text, ...]
    note: str


def _notes(methods: tuple[Method, ...]) -> tuple[MethodNote, ...]:
    """Each different note once, in the record's order; records repeat one note at every way."""
    ways: dict[str, dict[Text, None]] = {}
    for method in methods:
        for note in (method.fee.note, method.note):
            if note.strip():
                ways.setdefault(note.strip(), {})[method.name] = None
    return tuple(MethodNote(tuple(names), note) for note, names in ways.items())
