"""Complaints against a decision: states and the clock of the Law on Complaints 2011 [M: data/terms.toml]."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from motcua.core.refusals import Refusal
from motcua.core.texts import Text


class ComplaintState(StrEnum):
    """Where a complaint stands."""

    FILED = "filed"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ComplaintAct(StrEnum):
    """What is done to a complaint."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    UPHOLD = "uphold"
    REJECT = "reject"
    WITHDRAW = "withdraw"


DELAY = "delay"
AGAINST = {
    "refuse": Text("Quyết định không tiếp nhận hồ sơ", "The refusal to take the dossier in"),
    "decline": Text("Quyết định từ chối giải quyết", "The decision to decline"),
    "result": Text("Nội dung kết quả", "The result"),
    "delay": Text("Chậm giải quyết", "The delay"),
    "conduct": Text("Hành vi của cán bộ, công chức", "The conduct of an official"),
}
STATES = {
    ComplaintState.FILED: Text("Chờ thụ lý", "Waits to be accepted"),
    ComplaintState.ACCEPTED: Text("Đã thụ lý, đang giải quyết", "Accepted, being settled"),
    ComplaintState.NOT_ACCEPTED: Text("Không thụ lý", "Not accepted"),
    ComplaintState.UPHELD: Text("Khiếu nại đúng", "Upheld"),
    ComplaintState.REJECTED: Text("Khiếu nại sai", "Rejected"),
    ComplaintState.WITHDRAWN: Text("Đã rút", "Withdrawn"),
}
AFTER: Mapping[tuple[ComplaintState, ComplaintAct], ComplaintState] = {
    (ComplaintState.FILED, ComplaintAct.ACCEPT): ComplaintState.ACCEPTED,
    (ComplaintState.FILED, ComplaintAct.DISMISS): ComplaintState.NOT_ACCEPTED,
    (ComplaintState.FILED, ComplaintAct.WITHDRAW): ComplaintState.WITHDRAWN,
    (ComplaintState.ACCEPTED, ComplaintAct.UPHOLD): ComplaintState.UPHELD,
    (ComplaintState.ACCEPTED, ComplaintAct.REJECT): ComplaintState.REJECTED,
    (ComplaintState.ACCEPTED, ComplaintAct.WITHDRAW): ComplaintState.WITHDRAWN,
}


class ComplaintActRefused(Refusal):
    """The complaint stands where this cannot be done."""

    code = "complaint_act_refused"
    cause = Text(
        "Khiếu nại đã qua bước này, không làm lại được.",
        "The complaint is past this step; it cannot be done.",
    )
    next_step = Text(
        "Tải lại trang để xem trạng thái hiện tại.", "Load the page again to see where it stands."
    )


class AgainstUnknown(Refusal):
    """It does not say against what."""

    code = "against_unknown"
    cause = Text("Chưa chọn khiếu nại về việc gì.", "It does not say against what it is.")
    next_step = Text("Chọn một trong: {known}.", "Choose one of: {known}.")
    status = 422


@dataclass(frozen=True, slots=True)
class ComplaintTerms:
    """Calendar days, as in force on a day."""

    since: date
    source: str
    accept_days: int
    decide_days: int


def in_time(due_at: datetime | None, ended_at: datetime | None, now: datetime) -> bool:
    """True where the date promised is known and was kept, or has not come yet: there is no delay."""
    return due_at is not None and (ended_at or now) <= due_at


def after(state: str, act: ComplaintAct) -> ComplaintState:
    """The state after an act; raises ``ComplaintActRefused``."""
    found = AFTER.get((ComplaintState(state), act))
    if found is None:
        raise ComplaintActRefused
    return found


def possible(state: str) -> tuple[ComplaintAct, ...]:
    """What can be done now, by whoever may."""
    return tuple(act for act in ComplaintAct if (ComplaintState(state), act) in AFTER)
