"""What readers of a dossier get: frozen values, never rows."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from motcua.agencies.queries import AgencyRef
from motcua.catalogue.rules.form import AnswerLine
from motcua.catalogue.rules.pack_model import Reason
from motcua.core.texts import Text
from motcua.dossiers.queries.slip_views import SlipView
from motcua.dossiers.rules.status import Status
from motcua.process.rules.definition import FindingDef

BLANK = Text("", "")


@dataclass(frozen=True, slots=True)
class PauseView:
    """An interval in which the clock stood still; open while ``until_at`` is None."""

    from_at: datetime
    until_at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """The legal clock. ``left_minutes`` is counted time, negative when late."""

    started_at: datetime
    amount: int
    unit: str
    due_at: datetime
    paused: bool
    stopped: bool
    left_minutes: int
    late: bool
    pauses: tuple[PauseView, ...]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper of the dossier; ``id`` is None when it was only shown or handed in."""

    id: str | None
    component: str
    label: Text
    name: str
    state: str
    copy_kind: int


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened; ``by`` is a role or an agency, never a private name."""

    at: datetime
    kind: str
    title: Text
    detail: Text
    by: Text


@dataclass(frozen=True, slots=True)
class StepView:
    """One step with its names."""

    id: int
    key: str
    round: int
    name: Text
    kind: str
    role: str
    agency: AgencyRef
    state: str
    opened_at: datetime
    due_at: datetime
    delivered_at: datetime | None
    closed_at: datetime | None
    assignee: str
    findings: dict[str, Any]
    question: str
    outcome: str
    late: bool
    findings_defs: tuple[FindingDef, ...]
    drafts: bool = False  # whoever completes it vouches for the draft: it goes to be confirmed or signed
    closed_late: bool = False
    back: Text = BLANK  # where the step goes back to when what it attests is not so


@dataclass(frozen=True, slots=True)
class ActionOffer:
    """An action that exists now; ``why_not`` says what stands against it."""

    name: str
    label: Text
    allowed: bool
    why_not: Text
    code: str
    step_key: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeeTakenView:
    """Money taken at the desk: whole đồng, number of the receipt, when, and which desk took it."""

    amount: int
    receipt: str
    at: datetime
    agency: str
    moment: int  # 1 at intake, 2 at a supplement, 4 at the return (domain.md §2)


@dataclass(frozen=True, slots=True)
class FeeView:
    """What is owed, in whole đồng (None: not known, never free), and paid; not ``sure``: to be confirmed."""

    amount: int | None
    note: Text
    taken: int = 0
    receipts: tuple[FeeTakenView, ...] = ()
    sure: bool = True

    @property
    def left(self) -> int | None:
        """What is still owed; None where the fee is not known."""
        return None if self.amount is None else max(0, self.amount - self.taken)


@dataclass(frozen=True, slots=True)
class ResultView:
    """The issued result and how it stands today."""

    token: str
    number: str
    title: Text
    verify_url: str
    issued_at: datetime
    valid_until_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class SupplementItem:
    """One thing that the desk asks for."""

    component: str
    label: Text
    reason: str
    text: str
    basis: str = ""  # by what the procedure asks for this paper
    why: Text = BLANK  # the pack's own reason; the general ones have words of the pages


@dataclass(frozen=True, slots=True)
class SupplementView:
    """One supplement request and its answer."""

    items: tuple[SupplementItem, ...]
    requested_at: datetime
    answered_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A written decision."""

    kind: str
    reason: str
    clause: str
    at: datetime
    by: str
    new_due_at: datetime | None
    complaint: tuple[Text, ...] = ()  # how one complains against it
    late: bool = False  # an apology that came after the date


@dataclass(frozen=True, slots=True)
class DossierView:
    """The whole dossier, for one who may see it."""

    code: str
    procedure_code: str
    procedure_name: Text
    revision: int
    agency: AgencyRef
    receiving: AgencyRef
    status: int
    status_text: Text
    outcome: str
    outcome_text: Text
    channel: int
    filed_by: str
    applicant_name: str
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    clock: ClockView | None
    fee: FeeView
    speaks: bool  # the applicant, or who filed: may rate, petition and complain
    is_applicant: bool
    components: tuple[tuple[str, Text], ...] = ()  # papers that a supplement may ask for here: key, name
    awaited: tuple[tuple[str, Text], ...] = ()  # papers that may still be handed in: key, name
    answers: tuple[AnswerLine, ...] = ()
    papers: tuple[PaperView, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    steps: tuple[StepView, ...] = ()
    actions: tuple[ActionOffer, ...] = ()
    result: ResultView | None = None
    supplement: SupplementView | None = None
    decisions: tuple[DecisionView, ...] = field(default=())
    by_filing: Text = BLANK  # what its person has done by filing alone
    makes_result: bool = True  # ends in a document; else only in an entry of a database
    grounds: tuple[tuple[str, Text, str], ...] = ()  # published grounds of refusal: key, words, clause
    slips: tuple[SlipView, ...] = ()  # oldest first; those that this reader may open
    filer: str = ""  # the account that filed, where that is not the person asked for
    representative: str = ""  # who stands for the business, and as what
    warnings: tuple[Text, ...] = ()  # what the form warned of, for those who handle it
    bases: dict[str, str] = field(default_factory=dict)  # by what each paper may be asked for
    reasons: dict[str, tuple[Reason, ...]] = field(default_factory=dict)  # the pack's own, by paper
    reachable: bool = False  # the form asks how the applicant is reached: it may be changed
    version: int = 0  # number of its last event: what a page showed, for those who act on it

    @property
    def supplemented(self) -> bool:
        """It came back to the desk with what was asked for, and nobody has looked at it yet."""
        answered = self.supplement is not None and self.supplement.answered_at is not None
        return self.status == Status.NEW and answered

    def action(self, name: str) -> ActionOffer | None:
        """The offer of that name, if it exists now."""
        return next((a for a in self.actions if a.name == name), None)


@dataclass(frozen=True, slots=True)
class DossierItem:
    """A line in a list of one's dossiers."""

    code: str
    procedure_name: Text
    status: int
    status_text: Text
    submitted_at: datetime
    due_at: datetime | None
    agency_name: Text
    todo: str = ""  # what waits for the applicant: a "supplement", or a draft to "confirm"
    supplemented: bool = False  # it came back to the desk with what was asked for
    promised_at: datetime | None = None  # the new date of an apology

    @property
    def asks(self) -> bool:
        """True when it waits for the applicant."""
        return bool(self.todo)


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A line in a list of one's unfiled drafts."""

    id: str
    procedure_code: str
    procedure_name: Text
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an open step: an agency, blank for one that is only asked, or the ``applicant``; no person."""

    step: Text
    agency: Text
    due_at: datetime | None
    applicant: bool


@dataclass(frozen=True, slots=True)
class TrackView:
    """What anyone with code and last four digits may know."""

    code: str
    procedure_code: str
    procedure_name: Text
    status: int
    status_text: Text
    due_at: datetime | None
    submitted_at: datetime  # to prove that something was sent in time
    promised_at: datetime | None = None  # where another day was promised
    paused: bool = False  # the clock stands still
    holders: tuple[Holder, ...] = ()

    @property
    def with_applicant(self) -> bool:
        """Something is asked of the applicant."""
        return any(holder.applicant for holder in self.holders)
