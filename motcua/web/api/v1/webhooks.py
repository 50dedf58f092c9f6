"""Systems that listen to what happens to dossiers (Standard Webhooks, CloudEvents 1.0)."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status
from pydantic import Field

from motcua.notices import operations, queries
from motcua.notices.queries import HookView
from motcua.web.api.v1 import webhook_schemas as schemas
from motcua.web.api.v1.auth import WEBHOOKS, acting
from motcua.web.api.v1.dossiers import PROBLEMS
from motcua.web.requests import EdgeRequest

router = Router(tags=["webhooks"])


def _record(view: HookView) -> dict[str, Any]:
    return {
        "id": view.id, "url": view.url, "agency": view.agency or None, "added_at": view.added_at,
        "ended_at": view.ended_at, "end_reason": view.end_reason,
    }  # fmt: skip


@router.post("/webhooks", auth=WEBHOOKS, response={201: schemas.NewWebhookOut, **PROBLEMS})
def add_webhook(request: EdgeRequest, body: schemas.WebhookIn) -> Status[dict[str, Any]]:
    """Let an address listen; the key that signs what it is sent is shown this once."""
    actor = acting(request)
    view, secret = operations.add_hook(
        url=body.url, agency_code=body.agency or "", actor=actor, now=request.now
    )
    return Status(201, {**_record(view), "secret": secret})


@router.get("/webhooks", auth=WEBHOOKS, response={200: schemas.WebhookPage, **PROBLEMS})
def my_webhooks(request: EdgeRequest) -> dict[str, Any]:
    """Addresses of mine that listen, or did."""
    views = queries.hooks(actor=acting(request))
    return {"items": [_record(view) for view in views], "next": None}


@router.delete("/webhooks/{hook_id}", auth=WEBHOOKS, response={204: None, **PROBLEMS})
def end_webhook(request: EdgeRequest, hook_id: UUID) -> HttpResponse:
    """Nobody listens there any more; what waits is not sent."""
    operations.end_hook(hook_id=hook_id, actor=acting(request), now=request.now)
    return HttpResponse(status=204)


@router.get(
    "/webhooks/{hook_id}/deliveries", auth=WEBHOOKS, response={200: schemas.WebhookDeliveryPage, **PROBLEMS}
)
def webhook_deliveries(
    request: EdgeRequest, hook_id: UUID, after: Annotated[str | None, Field(max_length=20)] = None
) -> dict[str, Any]:
    """What was sent, what waits, and what the address answered."""
    page = queries.hook_deliveries(hook_id, actor=acting(request), after=after)
    items = [
        {"event": d.event_id, "state": d.state, "tries": d.tries, "queued_at": d.queued_at,
         "sent_at": d.sent_at, "answer": d.answer}
        for d in page.items
    ]  # fmt: skip
    return {"items": items, "next": page.next}


@router.post("/webhooks/{hook_id}/replay", auth=WEBHOOKS, response={202: schemas.ReplayOut, **PROBLEMS})
def replay_webhook(request: EdgeRequest, hook_id: UUID, body: schemas.ReplayIn) -> Status[dict[str, Any]]:
    """Send again what followed an event, in the same words under the same ids."""
    count = operations.replay(hook_id=hook_id, after=body.after, actor=acting(request), now=request.now)
    return Status(202, {"queued": count})
