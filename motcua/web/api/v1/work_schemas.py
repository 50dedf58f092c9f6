"""Shapes of the work list."""

from datetime import datetime

from motcua.web.api.v1.schemas import Name, Out


class WorkItemOut(Out):
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


class WorklistOut(Out):
    """A page of the work list with capped counts per lane."""

    items: list[WorkItemOut]
    next: str | None
    counts: dict[str, int]
    lane: str
