"""Proposals that a procedure go online, with votes."""

from enum import StrEnum

from motcua.core.refusals import Refusal
from motcua.core.texts import Text


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


STATES = {
    ProposalState.OPEN: Text("Đang lấy ý kiến", "Collecting votes"),
    ProposalState.ACCEPTED: Text("Đã nhận, sẽ làm", "Accepted, to be done"),
    ProposalState.REFUSED: Text("Không nhận", "Not accepted"),
}


class AlreadyFull(Refusal):
    """The procedure is fully online already."""

    code = "already_full"
    cause = Text("Thủ tục này đã là dịch vụ công toàn trình.", "This procedure is fully online already.")
    next_step = Text("Nộp hồ sơ trực tuyến ngay.", "File it online now.")


class ProposedAlready(Refusal):
    """There is an open proposal for it."""

    code = "proposed_already"
    cause = Text("Đã có đề xuất cho thủ tục này.", "There is a proposal for this procedure already.")
    next_step = Text("Ủng hộ đề xuất đó.", "Vote for that one.")


class ProposalClosed(Refusal):
    """It has been answered."""

    code = "proposal_closed"
    cause = Text("Đề xuất này đã có trả lời.", "This proposal has been answered.")
    next_step = Text("Xem trả lời ở danh sách.", "Read the answer in the list.")
