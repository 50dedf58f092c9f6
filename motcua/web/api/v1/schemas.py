"""Shapes of requests and answers, as the description at ``/api/v1/openapi.json`` shows them."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

Code = Annotated[str, Field(max_length=40, examples=["H43.12-260710-0001"])]


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_holds_nul(k) or _holds_nul(v) for k, v in value.items())
    return isinstance(value, list) and any(_holds_nul(v) for v in value)


class Strict(BaseModel):
    """What comes in: an unknown key is a fault, never ignored."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _no_nul(cls, data: Any) -> Any:
        """No text of ours can hold the character NUL; databases refuse it."""
        if _holds_nul(data):
            raise ValueError("the character NUL (U+0000) is not allowed")
        return data


class Out(BaseModel):
    """What goes out. Ninja's own base wraps each value in Python, a tenth of what a list costs."""

    model_config = ConfigDict(from_attributes=True)


class Name(Out):
    """A name in both languages."""

    vi: str
    en: str


class ErrorItem(Out):
    """One fault: where (JSON pointer) and what."""

    pointer: str
    message: str


class Problem(Out):
    """An error (RFC 9457)."""

    type: str
    status: int
    code: str
    title: str
    detail: str
    errors: list[ErrorItem]


class ProcedureItemOut(Out):
    """A line of the catalogue."""

    code: str
    name: Name
    agency: str
    field: str
    level: str
    level_declared: str | None


class ProcedurePage(Out):
    """A page of the catalogue."""

    items: list[ProcedureItemOut]
    next: str | None


class ProcedureOut(ProcedureItemOut):
    """A procedure with all published parts."""

    revision: int
    papers: list[dict[str, Any]]
    methods: list[dict[str, Any]]
    fees: list[dict[str, Any]]
    time_limits: list[dict[str, Any]]
    legal: list[str]
    blockers: list[str]
    steps: str
    subjects: list[str]
    results: list[str]
    conditions: str
    agencies: list[str]
    flags: list[str]
    form: dict[str, Any] | None


class PaperIn(Strict):
    """A paper of a dossier: its component and the uploaded file."""

    component: Annotated[str, Field(max_length=60)]
    paper: Annotated[str | None, Field(max_length=40)] = None
    copy_kind: Annotated[int, Field(ge=0, le=2)] = 2


class DossierIn(Strict):
    """A request to file."""

    procedure: Annotated[str, Field(max_length=20, examples=["1.004873"])]
    agency: Annotated[str, Field(max_length=30, examples=["H43.12"])]
    answers: dict[str, Any]
    papers: Annotated[list[PaperIn], Field(max_length=50)] = []
    filed_by: Annotated[str, Field(pattern="^(self|helped|officer)$")] = "self"
    channel: Annotated[int | None, Field(ge=1, le=3)] = None


class ReceiptOut(Out):
    """The acknowledgement of a filing."""

    code: str
    status: int
    submitted_at: datetime
    track_url: str


class DossierItemOut(Out):
    """A line of one's dossiers."""

    code: str
    procedure: Name
    status: int
    submitted_at: datetime
    due_at: datetime | None


class MandateOut(Out):
    """A business in whose name one may act today, with the header ``Acting-For: <its number>``."""

    business: str
    number: str | None
    capacity: str
    valid_from: date
    valid_to: date | None


class MandateList(Out):
    """One's mandates in force today."""

    items: list[MandateOut]
    next: str | None = None


class DossierPage(Out):
    """A page of one's dossiers."""

    items: list[DossierItemOut]
    next: str | None


class SlipOut(Out):
    """A numbered slip; ``form`` is its layout (01 to 05, CT04, CT06), ``pdf`` where it is fetched.

    ``corrects`` and ``corrected_by`` are numbers of slips that it replaces or is replaced by.
    """

    key: str
    kind: str
    form: str
    title: Name
    number: str
    issued_at: datetime
    corrects: str | None
    corrected_by: str | None
    running: bool
    pdf: str


class AwaitedOut(Out):
    """A component promised for later."""

    component: str
    name: Name


class DossierOut(Out):
    """The whole dossier, for those who may see it."""

    code: str
    procedure: str
    procedure_name: Name
    revision: int
    agency: str
    receiving_agency: str
    channel: int
    filed_by: str
    filer: str
    representative: str
    status: int
    status_name: Name
    outcome: str | None
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    pauses: list[dict[str, Any]]
    clock: dict[str, Any] | None
    timeline: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    actions: list[str]
    actions_refused: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    awaited_papers: list[AwaitedOut]
    fees: list[dict[str, Any]]
    supplement: dict[str, Any] | None
    decisions: list[dict[str, Any]]
    warnings: list[Name]
    slips: list[SlipOut]
    result: dict[str, Any] | None


Words = Annotated[str | None, Field(max_length=4000)]
Rows = Annotated[list[dict[str, Any]] | None, Field(max_length=50)]


class ActionIn(Strict):
    """An action with its own parameters; the dossier's ``actions`` list which exist now."""

    action: Annotated[str, Field(max_length=40, examples=["receive"])]
    step: Annotated[str | None, Field(max_length=60)] = None
    outcome: Annotated[str | None, Field(max_length=40)] = None
    findings: dict[str, Any] | None = None
    corrections: Annotated[dict[str, Annotated[str, Field(max_length=500)]] | None, Field(max_length=50)] = (
        None
    )
    reason: Words = None
    clause: Annotated[str | None, Field(max_length=300)] = None
    ground: Annotated[str | None, Field(max_length=60)] = None
    items: Rows = None
    answer: Words = None
    papers: Rows = None
    username: Annotated[str | None, Field(max_length=60)] = None
    agency: Annotated[str | None, Field(max_length=30)] = None
    question: Words = None
    days: Annotated[int | None, Field(ge=0, le=30)] = None
    how: Annotated[str | None, Field(max_length=10)] = None
    new_due_at: Annotated[str | None, Field(max_length=40)] = None
    amount: Annotated[int | None, Field(ge=0, le=1_000_000_000)] = None
    receipt: Annotated[str | None, Field(max_length=60)] = None


class PaperOut(Out):
    """An uploaded file: ``sha256`` of what was sent, ``kept_sha256`` and ``size`` of what is kept.

    They differ where a photograph was turned upright, scaled, or lost the place it was taken at
    (``changes``).
    """

    id: str
    kind: str
    sha256: str
    state: str
    name: str
    size: int
    kept_sha256: str
    changes: list[str]


class TrackIn(Strict):
    """A look-up without an account."""

    code: Code
    last4: Annotated[str, Field(max_length=4, examples=["0123"])]


class TrackOut(Out):
    """What anyone with reference and digits may know."""

    code: str
    procedure: str
    status: int
    due_at: datetime | None
