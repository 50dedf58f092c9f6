"""What the definitions may know of a dossier or petition: its facts now, without any personal data."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.voice.rules.petitions import Course

UNKNOWN = 0  # a record whose source does not say its status
RECEIVED, REFUSED, HANDLING, SUPPLEMENT, WITHDRAWN, STOPPED, DONE, RETURNED = 2, 3, 4, 5, 7, 8, 9, 10
ONLINE = 2  # channel; 1 direct, 3 public post (domain.md §2)
FULL = "full"
ONLINE_LEVELS = frozenset({"partial", FULL})
ROOT_STEP = 4  # letters of a tree path for its first level


@dataclass(frozen=True, slots=True)
class PetitionSide:
    """What only a petition has."""

    conduct: bool  # about the conduct of officials; else about a rule
    course: Course
    owed_at: datetime | None  # when it turns late if nothing is done
    disliked: bool  # more dislikes than likes
    repeated: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one dossier; with ``petition``, of one petition.

    ``None`` (or an empty level) means unknown, never zero or no.
    """

    code: str
    procedure: str
    agency_id: int  # the agency that decides
    agency: str
    root: str  # tree path of the ministry or province above it
    place: str  # code of the unit that this agency serves; "" where it serves none
    channel: int | None
    filed_by: str
    level: str  # of the service when the dossier was filed
    status: int  # 1–10, domain.md §2
    received_at: datetime | None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    returned_at: datetime | None = None
    supplements: int | None = 0
    supplement_requested_at: datetime | None = None
    paused_minutes: int | None = 0  # elapsed minutes of answered supplement requests
    visits: int | None = 0
    paper_result: bool | None = True
    e_result: bool | None = False
    fee: int | None = None  # owed, whole đồng
    fee_bearing: bool | None = None  # the procedure has a fee
    paid_online: bool | None = False
    digitised: bool | None = False  # papers are attached as files
    reused: bool | None = False  # a paper was taken from what was digitised before
    from_store: bool | None = False  # a paper came from the person's document store
    vneid: bool | None = False  # filed by an account with a verified national identity
    synced: bool | None = None  # the national portal has it; None on a site that is itself the door
    due_moves: bool = True  # due_at already stands later by the pauses: they are not subtracted twice
    unhappy: bool = False  # its applicant was not satisfied, or there is a petition about it
    petition: PetitionSide | None = None
    limit_minutes: int | None = None  # longest time limit, elapsed minutes; used without a due date only


def paused_of(facts: Facts) -> int | None:
    """Elapsed minutes of answered supplement requests; none asked is zero; None: not known."""
    return 0 if facts.paused_minutes is None and facts.supplements == 0 else facts.paused_minutes


def deadline_of(facts: Facts) -> datetime | None:
    """The last moment at which the dossier still ends on time; None where nothing was promised.

    766 2.1 subtracts supplement time from the end; here the same minutes are added to the date, which
    is equal. Our own clock has already moved ``due_at`` by its pauses (``due_moves``).
    """
    paused = timedelta(minutes=paused_of(facts) or 0)
    if facts.due_at is not None:
        return facts.due_at if facts.due_moves else facts.due_at + paused
    if facts.limit_minutes is not None and facts.received_at is not None:
        return facts.received_at + timedelta(minutes=facts.limit_minutes) + paused
    return None


def is_open(facts: Facts) -> bool:
    """True while the agency still works on it (neither ended nor waiting for the applicant)."""
    if facts.status == UNKNOWN:
        return False
    return facts.status not in {REFUSED, SUPPLEMENT, WITHDRAWN, STOPPED, DONE, RETURNED}


def end_of_work(facts: Facts) -> datetime | None:
    """The end of an ended or waiting dossier: 9 before 10 before 8/3/7; a request ends a waiting one.

    None where the record has no such time. Not asked for an open dossier: that one ends with the period.
    """
    if facts.status == SUPPLEMENT:
        return facts.supplement_requested_at
    return facts.finished_at or facts.returned_at


def handling_minutes(facts: Facts) -> int:
    """Elapsed minutes from reception to the end of a processed dossier, without supplement time; else 0."""
    ended = end_of_work(facts)
    paused = paused_of(facts)
    if facts.status not in {DONE, RETURNED}:
        return 0
    if ended is None or facts.received_at is None or paused is None:
        return 0
    return max(0, int((ended - facts.received_at).total_seconds()) // 60 - paused)
