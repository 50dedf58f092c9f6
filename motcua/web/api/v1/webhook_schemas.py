"""Shapes of the calls of systems that listen."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from motcua.web.api.v1.schemas import Out, Strict


class WebhookIn(Strict):
    """An address that wants to listen; ``agency``: to the dossiers of an agency where the caller works."""

    url: Annotated[str, Field(max_length=500, examples=["https://example.org/motcua"])]
    agency: Annotated[str | None, Field(max_length=30, examples=["H43.12"])] = None


class WebhookOut(Out):
    """An address that listens."""

    id: str
    url: str
    agency: str | None
    added_at: datetime
    ended_at: datetime | None
    end_reason: str


class NewWebhookOut(WebhookOut):
    """With the key that signs, shown once: ``whsec_`` and base64."""

    secret: str


class WebhookPage(Out):
    """Addresses that listen."""

    items: list[WebhookOut]
    next: str | None


class WebhookDeliveryOut(Out):
    """One piece of news: queued, sent or failed, and the last answer."""

    event: int
    state: str
    tries: int
    queued_at: datetime
    sent_at: datetime | None
    answer: str


class WebhookDeliveryPage(Out):
    """What was sent to an address, in the order of the log."""

    items: list[WebhookDeliveryOut]
    next: str | None


class ReplayIn(Strict):
    """From where news is sent again: events after this number."""

    after: Annotated[int, Field(ge=0, le=2**62, examples=[0])] = 0


class ReplayOut(Out):
    """How many deliveries were queued again."""

    queued: int
