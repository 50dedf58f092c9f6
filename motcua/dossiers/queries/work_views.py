"""A work list and its lines: frozen values, never rows."""

from dataclasses import dataclass
from datetime import datetime

from motcua.core.texts import Text


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """A line of the work list: one step of one dossier."""

    code: str
    procedure_code: str
    procedure_name: Text
    applicant_name: str
    step_key: str
    step_name: Text
    kind: str
    due_at: datetime
    late: bool
    status: int
    status_text: Text
    channel: int
    agency_name: Text
    assignee: str
    waiting: bool
    owes_apology: bool = False  # its date nears or has passed, and no new one was promised
    id: int = 0  # of the step: its place in the list, with ``due_at``
    unit: str = "working_hours"  # what the minutes below are counted by
    late_minutes: int | None = None  # counted time beyond the step's date; None: not late, or not known
    submitted_at: datetime | None = None
    dossier_due_at: datetime | None = None
    dossier_late: bool = False  # the date of the whole has passed while its clock ran
    dossier_late_minutes: int | None = None
    promised_at: datetime | None = None  # the new date of an apology
    promise_missed: bool = False  # that date has passed too while the clock ran
    role: str = ""  # of the step, held at the agency below
    agency_id: int = 0
    deciding_id: int = 0  # the agency that decides, and the ministry or province that it is under
    deciding_root: str = ""
    sent_back: bool = False  # a later step sent it back: it is to be mended


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of an officer's work, by deadline; counts are capped (999+)."""

    items: tuple[WorklistItem, ...]
    next: str | None
    counts: dict[str, int]
    lane: str
