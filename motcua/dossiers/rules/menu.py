"""The actions as people and callers see them: their words and their parameters."""

from motcua.core.texts import Text
from motcua.dossiers.rules.status import Action

ACTION_LABELS: dict[Action, Text] = {
    Action.RECEIVE: Text("Tiếp nhận", "Receive"),
    Action.REFUSE: Text("Từ chối tiếp nhận", "Refuse at intake"),
    Action.REQUEST_SUPPLEMENT: Text("Yêu cầu bổ sung", "Request a supplement"),
    Action.SUPPLEMENT: Text("Nộp bổ sung", "Send the supplement"),
    Action.ADD_PAPER: Text("Nộp thêm giấy tờ", "Hand in a paper later"),
    Action.ASSIGN: Text("Phân công", "Assign"),
    Action.COMPLETE_STEP: Text("Hoàn thành bước", "Complete the step"),
    Action.CONSULT: Text("Lấy ý kiến cơ quan khác", "Consult another agency"),
    Action.ANSWER_CONSULTATION: Text("Trả lời ý kiến", "Answer the consultation"),
    Action.DELIVER_DRAFT: Text("Xem bản dự thảo", "Open the draft"),
    Action.CONFIRM_DRAFT: Text("Xác nhận bản dự thảo", "Confirm the draft"),
    Action.REJECT_DRAFT: Text("Trả lại bản dự thảo", "Send the draft back"),
    Action.SIGN: Text("Ký kết quả", "Sign the result"),
    Action.DECLINE: Text("Từ chối giải quyết", "Decline"),
    Action.RETURN_RESULT: Text("Trả kết quả", "Return the result"),
    Action.REVOKE_RESULT: Text("Thu hồi kết quả", "Revoke the result"),
    Action.CORRECT_RESULT: Text("Đính chính kết quả", "Correct the result"),
    Action.WITHDRAW: Text("Rút hồ sơ", "Withdraw"),
    Action.STOP: Text("Dừng xử lý", "Stop the processing"),
    Action.TRANSFER: Text("Chuyển cơ quan giải quyết", "Transfer to another agency"),
    Action.APOLOGISE: Text("Xin lỗi và hẹn lại", "Apologise and give a new date"),
    Action.TAKE_FEE: Text("Thu phí, lệ phí tại quầy", "Take the fee at the desk"),
}

# the parameters that each action takes, by name
ACTION_FIELDS: dict[Action, tuple[str, ...]] = {
    Action.RECEIVE: ("findings",),
    Action.REFUSE: ("reason", "ground", "clause"),
    Action.REQUEST_SUPPLEMENT: ("items",),
    Action.SUPPLEMENT: ("answer", "papers"),
    Action.ADD_PAPER: ("papers",),
    Action.ASSIGN: ("username", "step"),
    Action.COMPLETE_STEP: ("step", "outcome", "findings", "reason"),
    Action.CONSULT: ("agency", "question", "days"),
    Action.ANSWER_CONSULTATION: ("answer", "step", "outcome", "findings"),
    Action.DELIVER_DRAFT: (),
    Action.CONFIRM_DRAFT: (),
    Action.REJECT_DRAFT: ("reason",),
    Action.SIGN: (),
    Action.DECLINE: ("reason", "ground", "clause"),
    Action.RETURN_RESULT: ("how",),
    Action.REVOKE_RESULT: ("reason",),
    Action.CORRECT_RESULT: ("corrections", "reason"),
    Action.WITHDRAW: ("reason",),
    Action.STOP: ("reason", "clause"),
    Action.TRANSFER: ("agency", "reason"),
    Action.APOLOGISE: ("reason", "new_due_at"),
    Action.TAKE_FEE: ("amount", "receipt"),
}
