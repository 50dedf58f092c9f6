"""One way to queue a message."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

CONTEXT: dict[str, Any] = {
    "code": "H43.12-260710-0001",
    "procedure": "Cấp giấy xác nhận tình trạng hôn nhân",
    "agency": "Ủy ban nhân dân phường Đô Vinh",
    "applicant": "Nguyễn Thị Thử",
    "due_at": None,
    "reason": "",
    "link": "http://localhost:8000/ho-so/H43.12-260710-0001/",
}


@pytest.fixture
def queue(db: None, now: datetime) -> Callable[..., None]:
    from motcua.notices import operations

    def queued(key: str = "event:1", **changes: Any) -> None:
        given: dict[str, Any] = {
            "user_id": None,
            "address": "thu@example.org",
            "template": "received",
            "locale": "vi",
            "context": CONTEXT,
            "reference": CONTEXT["code"],
            "now": now,
        }
        operations.queue(key=key, **(given | changes))

    return queued
