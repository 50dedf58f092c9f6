"""The catalogue, for everybody."""

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from motcua.catalogue import queries
from motcua.catalogue.rules.facts import Method
from motcua.catalogue.rules.form import json_schema
from motcua.core.actor import PUBLIC
from motcua.core.periods import local_day
from motcua.web.api.v1 import schemas
from motcua.web.api.v1.records import name_record
from motcua.web.requests import EdgeRequest

router = Router(tags=["catalogue"])
CHANNELS = {1: "direct", 2: "online", 3: "post"}


@router.get("/procedures", response={200: schemas.ProcedurePage, 422: schemas.Problem})
def procedures(
    request: EdgeRequest,
    q: Annotated[str, Field(max_length=300)] = "",
    agency: Annotated[str, Field(max_length=30)] = "",
    field: Annotated[str, Field(max_length=250)] = "",
    level: Annotated[str, Field(pattern="^(|information|partial|full)$")] = "",
    audience: Annotated[str, Field(pattern="^(|citizen|foreigner|business|organisation|official)$")] = "",
    limit: Annotated[int, Field(ge=1, le=100)] = 20,
    after: Annotated[str | None, Field(max_length=200)] = None,
) -> dict[str, Any]:
    """Procedures by everyday words, with and without diacritics; without words all, by code."""
    page = queries.search(
        q, agency=agency, field=field, level=level, audience=audience, limit=limit, after=after,
        on=local_day(request.now), actor=PUBLIC,
    )  # fmt: skip
    items = [
        {
            "code": i.code, "name": name_record(i.name), "agency": i.agency_code, "field": i.field,
            "level": i.level, "level_declared": i.level_declared,
        }
        for i in page.items
    ]  # fmt: skip
    return {"items": items, "next": page.next}


def _method(method: Method) -> dict[str, Any]:
    return {
        "channel": method.channel, "channel_name": CHANNELS.get(method.channel, "other"), "note": method.note,
    }  # fmt: skip


def _time(method: Method) -> dict[str, Any]:
    time = method.time
    amount = None if time.amount is None else float(time.amount)
    return {
        "channel": method.channel, "amount": amount, "unit": time.unit, "published": time.raw,
        "flag": time.flag or None,
    }  # fmt: skip


def _fee(method: Method) -> dict[str, Any]:
    fee = method.fee
    return {
        "channel": method.channel, "amount": fee.amount, "currency": fee.currency, "free": fee.free,
        "note": fee.note, "contradiction": fee.contradiction, "published": fee.raw,
    }  # fmt: skip


@router.get(
    "/procedures/{code}", response={200: schemas.ProcedureOut, 404: schemas.Problem, 422: schemas.Problem}
)
def procedure(request: EdgeRequest, code: Annotated[str, Field(max_length=20)]) -> dict[str, Any]:
    """One procedure with all its published parts, and the form of its answers when it has a pack."""
    page = queries.procedure(code, actor=PUBLIC)
    facts = page.facts
    pack = queries.revision_pack(page.revision_id) if page.has_pack and page.revision_id else None
    return {
        "code": page.code, "name": name_record(page.name), "agency": page.agency_code, "field": page.field,
        "level": page.level, "level_declared": page.level_declared, "revision": page.revision,
        "papers": [
            {"name": p.name, "group": p.group, "originals": p.originals, "copies": p.copies,
             "is_note": p.is_note, "template": p.template}
            for p in facts.papers
        ],
        "methods": [_method(m) for m in facts.methods],
        "fees": [_fee(m) for m in facts.methods],
        "time_limits": [_time(m) for m in facts.methods],
        "legal": list(facts.legal), "blockers": list(page.blockers), "steps": facts.steps,
        "subjects": list(facts.subjects), "results": [r.name for r in facts.results],
        "conditions": facts.conditions, "agencies": [s.agency for s in page.services],
        "flags": list(facts.flags), "form": json_schema(pack.form, "vi") if pack else None,
    }  # fmt: skip
