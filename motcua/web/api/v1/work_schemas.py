"""Shapes of the work list."""

from datetime import datetime

from ninja import Schema

from motcua.web.api.v1.schemas import Name


class WorkItemOut(Schema):
    """A line of the work list."""

    code: str
    procedure: str
    procedure_name: Name
    applicant_name: str
    step: str
    step_name: Name
    due_at: datetime
    late: bool
    status: int
    channel: int
    assignee: str


class WorklistOut(Schema):
    """A page of the work list with capped counts per lane."""

    items: list[WorkItemOut]
    next: str | None
    counts: dict[str, int]
    lane: str
