"""Calls that need no account: tracking and rates."""

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from motcua.core.actor import PUBLIC
from motcua.core.periods import Period
from motcua.core.references import dossier_codes
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.dossiers import queries
from motcua.monitoring.queries import DEFINITIONS
from motcua.monitoring.queries import rates as rates_of
from motcua.web.api.v1 import schemas
from motcua.web.api.v1.problems import TooMany
from motcua.web.limits import used_up
from motcua.web.middleware import network_address
from motcua.web.requests import EdgeRequest

router = Router(tags=["public"])
MOST_TRIES = 10
WINDOW = 15 * 60  # seconds


class NotTracked(NotFound):
    """Wrong reference or wrong digits: one answer for both."""

    code = "not_found"
    cause = Text("Không có hồ sơ với mã và bốn số này.", "No dossier has this reference and these digits.")


class BadPeriod(Refusal):
    """The period ends before it begins."""

    code = "bad_period"
    cause = Text("Kỳ kết thúc trước khi bắt đầu.", "The period ends before it begins.")
    next_step = Text("Chọn ngày “từ” không sau ngày “đến”.", "Choose a from that is not later than to.")
    status = 422


@router.post(
    "/track",
    response={200: schemas.TrackOut, **dict.fromkeys((400, 404, 422, 429), schemas.Problem)},
)
def track(request: EdgeRequest, body: schemas.TrackIn) -> dict[str, Any]:
    """Status by reference and last four digits; limited; the same answer for either being wrong."""
    if used_up("track", network_address(request), most=MOST_TRIES, seconds=WINDOW):
        raise TooMany
    readings = (queries.track(code, body.last4, now=request.now) for code in dossier_codes(body.code))
    found = next((view for view in readings if view is not None), None)
    if found is None:
        raise NotTracked
    return {
        "code": found.code,
        "procedure": found.procedure_code,
        "status": found.status,
        "due_at": found.due_at,
    }


@router.get("/rates", response={200: dict[str, Any], 404: schemas.Problem, 422: schemas.Problem})
def rates(
    request: EdgeRequest,
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    definition: Annotated[str, Field(max_length=60)] = "",
    by: Annotated[str | None, Field(pattern="^(block|agency|procedure|place)$")] = None,
) -> dict[str, Any]:
    """A rate over whole days, as ``motcua rates --json``; without ``definition`` all of them, as a list."""
    if last < first:
        raise BadPeriod
    period = Period(first, last)
    if definition:
        return rates_of(definition, period, by, actor=PUBLIC).as_record()
    every = [rates_of(d.identifier, period, by, actor=PUBLIC).as_record() for d in DEFINITIONS]
    return {"items": every, "next": None}
