"""What stands against an action, each with its code, cause and next step."""

from motcua.core.refusals import Refusal
from motcua.core.texts import Text


class NotYours(Refusal):
    """The actor's posts do not give this right."""

    code = "not_your_task"
    cause = Text("Việc này thuộc về người khác: {who_vi}.", "This belongs to somebody else: {who_en}.")
    next_step = Text(
        "Chuyển cho người có trách nhiệm hoặc nhờ lãnh đạo phân công.",
        "Hand it to the person responsible or ask the head to assign it.",
    )
    status = 409


class NoSuchStep(Refusal):
    """No step of that kind is open."""

    code = "no_open_step"
    cause = Text("Không có bước nào đang chờ việc này.", "No step is waiting for this.")
    next_step = Text("Xem các bước đang mở trong trang hồ sơ.", "See the open steps on the dossier's page.")


class SupplementUsed(Refusal):
    """A supplement may be asked for once only."""

    code = "supplement_already_requested"
    cause = Text(
        "Hồ sơ này đã được yêu cầu bổ sung một lần; không được yêu cầu thêm lần nữa.",
        "A supplement was already requested for this dossier; it may be requested once only.",
    )
    next_step = Text(
        "Giải quyết với giấy tờ đang có, lấy thông tin từ cơ quan khác, hoặc từ chối bằng văn bản.",
        "Decide on what is there, ask another agency, or decline in writing.",
    )


class FourEyes(Refusal):
    """The one who made the draft may not sign it."""

    code = "four_eyes"
    cause = Text(
        "Người đã xử lý hồ sơ không được tự ký kết quả.",
        "The person who handled the dossier may not sign its result.",
    )
    next_step = Text("Chuyển cho người ký khác.", "Hand it to another signatory.")


class ApologyUsed(Refusal):
    """A new appointment may be given once."""

    code = "apology_already_given"
    cause = Text(
        "Hồ sơ này đã được xin lỗi và hẹn lại một lần.",
        "An apology with a new date was already given for this dossier.",
    )
    next_step = Text("Giải quyết hồ sơ ngay.", "Decide the dossier now.")


class NothingOwed(Refusal):
    """Nothing is owed any more."""

    code = "nothing_owed"
    cause = Text("Hồ sơ này không còn phải nộp phí, lệ phí.", "Nothing is owed for this dossier any more.")
    next_step = Text("Không thu thêm tiền của người nộp hồ sơ.", "Take no more money from the applicant.")


class NothingToRevoke(Refusal):
    """There is no valid result."""

    code = "no_result_to_revoke"
    cause = Text(
        "Không có kết quả còn hiệu lực để thu hồi hoặc đính chính.",
        "There is no result in force to revoke or to correct.",
    )


class NoPaperAwaited(Refusal):
    """Every paper is there, or none of them may follow later."""

    code = "no_paper_awaited"
    cause = Text(
        "Hồ sơ này không còn giấy tờ nào được nộp sau.", "No paper of this dossier is still to be handed in."
    )
    next_step = Text(
        "Chờ cơ quan xử lý; nếu thiếu, cơ quan sẽ yêu cầu bổ sung.",
        "Wait for the agency; if something is missing, it asks you.",
    )


class OwnRequest(Refusal):
    """Nobody decides about a request of their own."""

    code = "own_request"
    cause = Text(
        "Đây là hồ sơ của chính bạn hoặc do bạn nộp: bạn không được giải quyết hồ sơ này.",
        "This request is your own, or you filed it: you may not decide about it.",
    )
    next_step = Text("Chuyển cho đồng nghiệp.", "Hand it to a colleague.")
