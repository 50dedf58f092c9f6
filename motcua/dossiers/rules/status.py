"""The ten statuses and the one table of transitions between them (domain.md §2 [C])."""

from enum import IntEnum, StrEnum

from motcua.core.refusals import Refusal
from motcua.core.texts import Text


class Status(IntEnum):
    """Codes that handling systems exchange; names from ``status_codes.json``."""

    NEW = 1
    RECEIVED = 2
    REFUSED = 3
    IN_PROCESS = 4
    SUPPLEMENT = 5
    FINANCIAL = 6
    WITHDRAWN = 7
    STOPPED = 8
    PROCESSED = 9
    RETURNED = 10


STATUS_TEXTS: dict[Status, Text] = {
    Status.NEW: Text("Mới nộp, chờ tiếp nhận", "Filed, to be received"),
    Status.RECEIVED: Text("Được tiếp nhận", "Received"),
    Status.REFUSED: Text("Không được tiếp nhận", "Not received"),
    Status.IN_PROCESS: Text("Đang xử lý", "In process"),
    Status.SUPPLEMENT: Text("Yêu cầu bổ sung giấy tờ", "Supplement requested"),
    Status.FINANCIAL: Text("Yêu cầu thực hiện nghĩa vụ tài chính", "Financial obligation requested"),
    Status.WITHDRAWN: Text("Công dân yêu cầu rút hồ sơ", "Withdrawn by the applicant"),
    Status.STOPPED: Text("Dừng xử lý", "Processing stopped"),
    Status.PROCESSED: Text("Đã xử lý xong", "Processed"),
    Status.RETURNED: Text("Đã trả kết quả", "Result returned"),
}

TERMINAL = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED})
DECIDED = TERMINAL | {Status.PROCESSED}  # the clock no longer runs


class Action(StrEnum):
    """Everything that can be done to a dossier (contract.md)."""

    RECEIVE = "receive"
    REFUSE = "refuse"
    REQUEST_SUPPLEMENT = "request_supplement"
    SUPPLEMENT = "supplement"
    ADD_PAPER = "add_paper"
    ASSIGN = "assign"
    COMPLETE_STEP = "complete_step"
    CONSULT = "consult"
    ANSWER_CONSULTATION = "answer_consultation"
    DELIVER_DRAFT = "deliver_draft"
    CONFIRM_DRAFT = "confirm_draft"
    REJECT_DRAFT = "reject_draft"
    SIGN = "sign"
    DECLINE = "decline"
    RETURN_RESULT = "return_result"
    REVOKE_RESULT = "revoke_result"
    CORRECT_RESULT = "correct_result"
    WITHDRAW = "withdraw"
    STOP = "stop"
    APOLOGISE = "apologise"
    TAKE_FEE = "take_fee"
    TRANSFER = "transfer"


_HANDLING = {
    Action.ADD_PAPER: Status.IN_PROCESS,
    Action.ASSIGN: Status.IN_PROCESS,
    Action.COMPLETE_STEP: Status.IN_PROCESS,
    Action.CONSULT: Status.IN_PROCESS,
    Action.ANSWER_CONSULTATION: Status.IN_PROCESS,
    Action.DELIVER_DRAFT: Status.IN_PROCESS,
    Action.CONFIRM_DRAFT: Status.IN_PROCESS,
    Action.REJECT_DRAFT: Status.IN_PROCESS,
    Action.REQUEST_SUPPLEMENT: Status.SUPPLEMENT,
    Action.SIGN: Status.PROCESSED,  # when the last signature is there; IN_PROCESS before
    Action.DECLINE: Status.PROCESSED,
    Action.WITHDRAW: Status.WITHDRAWN,
    Action.STOP: Status.STOPPED,
}

# (status, action) → status after. What is not here is refused. SUPPLEMENT goes back to NEW when the
# dossier had not been received yet.
TRANSITIONS: dict[Status, dict[Action, Status]] = {
    Status.NEW: {
        Action.RECEIVE: Status.RECEIVED,
        Action.REFUSE: Status.REFUSED,
        Action.REQUEST_SUPPLEMENT: Status.SUPPLEMENT,
        Action.WITHDRAW: Status.WITHDRAWN,
        Action.TRANSFER: Status.NEW,
        Action.ADD_PAPER: Status.NEW,
        Action.TAKE_FEE: Status.NEW,
    },
    Status.RECEIVED: {
        **_HANDLING,
        Action.ADD_PAPER: Status.RECEIVED,
        Action.APOLOGISE: Status.RECEIVED,
        Action.TRANSFER: Status.RECEIVED,
        Action.TAKE_FEE: Status.RECEIVED,
    },
    Status.IN_PROCESS: {
        **_HANDLING,
        Action.APOLOGISE: Status.IN_PROCESS,
        Action.TRANSFER: Status.IN_PROCESS,
        Action.TAKE_FEE: Status.IN_PROCESS,
    },
    Status.SUPPLEMENT: {
        Action.SUPPLEMENT: Status.IN_PROCESS,
        Action.ANSWER_CONSULTATION: Status.SUPPLEMENT,
        Action.REFUSE: Status.REFUSED,
        Action.WITHDRAW: Status.WITHDRAWN,
        Action.STOP: Status.STOPPED,
        Action.TAKE_FEE: Status.SUPPLEMENT,
    },
    Status.PROCESSED: {
        Action.TAKE_FEE: Status.PROCESSED,
        Action.RETURN_RESULT: Status.RETURNED,
        Action.REVOKE_RESULT: Status.PROCESSED,
        Action.CORRECT_RESULT: Status.PROCESSED,
    },
    Status.RETURNED: {Action.REVOKE_RESULT: Status.RETURNED, Action.CORRECT_RESULT: Status.RETURNED},
    Status.REFUSED: {},
    Status.WITHDRAWN: {},
    Status.STOPPED: {},
    Status.FINANCIAL: {},  # entered with payments
}


class NotInThisStatus(Refusal):
    """The action does not exist in the dossier's status."""

    code = "not_in_this_status"
    cause = Text(
        "Hồ sơ đang ở trạng thái “{status_vi}” nên không thực hiện được việc này.",
        "The dossier is in status “{status_en}”, in which this cannot be done.",
    )
    next_step = Text(
        "Xem các việc được phép trong trang hồ sơ.", "See the allowed actions on the dossier's page."
    )

    def __init__(self, status: Status) -> None:
        words = STATUS_TEXTS[status]
        super().__init__(status_vi=words.vi, status_en=words.en)


def after(status: Status, action: Action) -> Status:
    """The status that an action leads to; raises ``NotInThisStatus``."""
    try:
        return TRANSITIONS[status][action]
    except KeyError:
        raise NotInThisStatus(status) from None
