"""The words of a dossier's history, by event kind."""

from collections.abc import Mapping
from typing import Any

from motcua.core.texts import Text

TITLES: dict[str, Text] = {
    "dossier.submitted": Text("Đã nộp hồ sơ", "Filed"),
    "dossier.received": Text("Đã tiếp nhận", "Received"),
    "dossier.refused": Text("Không tiếp nhận", "Not received"),
    "dossier.supplement_requested": Text("Yêu cầu bổ sung", "Supplement requested"),
    "dossier.supplemented": Text("Đã nộp bổ sung", "Supplement sent"),
    "dossier.paper_added": Text("Đã nộp thêm giấy tờ", "A paper was handed in later"),
    "dossier.assigned": Text("Đã phân công", "Assigned"),
    "dossier.step_completed": Text("Hoàn thành một bước", "A step was completed"),
    "dossier.step_returned": Text("Trả lại bước trước để sửa", "Sent back to an earlier step to be mended"),
    "dossier.consulted": Text("Lấy ý kiến cơ quan khác", "Another agency was consulted"),
    "dossier.consultation_answered": Text("Cơ quan được hỏi đã trả lời", "The consulted agency answered"),
    "dossier.consultation_reminded": Text("Nhắc cơ quan được hỏi", "The agency asked was reminded"),
    "dossier.consultation_passed": Text(
        "Cơ quan được hỏi không trả lời đúng hạn; việc giải quyết tiếp tục",
        "The agency asked did not answer in time; the handling goes on",
    ),
    "dossier.draft_delivered": Text("Người nộp đã xem bản dự thảo", "The applicant opened the draft"),
    "dossier.draft_confirmed": Text("Bản dự thảo được xác nhận", "The draft was confirmed"),
    "dossier.draft_rejected": Text(
        "Người nộp báo bản dự thảo sai", "The applicant found faults in the draft"
    ),
    "dossier.draft_returned": Text("Người ký trả lại bản dự thảo", "The signatory sent the draft back"),
    "dossier.signed": Text("Đã ký kết quả", "The result was signed"),
    "dossier.declined": Text("Từ chối giải quyết", "Declined"),
    "dossier.stopped": Text("Dừng xử lý", "Processing stopped"),
    "dossier.withdrawn": Text("Đã rút hồ sơ", "Withdrawn"),
    "dossier.transferred": Text("Chuyển cơ quan giải quyết", "Transferred to another agency"),
    "dossier.handed_over": Text("Bàn giao cho người khác", "Handed to another officer"),
    "dossier.contact_changed": Text("Đã đổi cách liên lạc", "Contact details were changed"),
    "dossier.fee_taken": Text("Đã thu phí, lệ phí", "The fee was taken"),
    "dossier.apologised": Text("Xin lỗi và hẹn lại", "Apology and new date"),
    "dossier.due_warned": Text("Đã nhắc cán bộ về ngày hẹn trả", "The officers were reminded of the date"),
    "dossier.slip_corrected": Text("Đã thay phiếu có chỗ sai", "A slip was replaced"),
    "dossier.returned": Text("Đã trả kết quả", "The result was returned"),
    "dossier.result_revoked": Text("Kết quả bị thu hồi", "The result was revoked"),
    "dossier.result_corrected": Text("Kết quả được đính chính", "The result was corrected"),
}

OUTCOMES: dict[str, Text] = {
    "granted": Text("Đã giải quyết", "Granted"),
    "declined": Text("Từ chối giải quyết", "Declined"),
    "refused": Text("Từ chối tiếp nhận", "Refused at intake"),
    "withdrawn": Text("Đã rút", "Withdrawn"),
    "stopped": Text("Dừng xử lý", "Stopped"),
}

_HOW = {
    "online": Text("Trực tuyến", "Online"),
    "desk": Text("Tại quầy", "At the desk"),
    "post": Text("Qua bưu chính công ích", "By public post"),
}
_BY = {
    "applicant": Text("Người nộp xác nhận", "Confirmed by the applicant"),
    "silence": Text("Không phản hồi trong thời hạn, coi là đồng ý", "No answer in time counts as agreement"),
}


def detail_of(kind: str, data: Mapping[str, Any], step: Text | None) -> Text:
    """The second line of an entry: which step, how, by whom."""
    if kind == "dossier.returned":
        return _HOW.get(str(data.get("how")), Text("", ""))
    if kind == "dossier.fee_taken":
        money = f"{int(data['amount']):,}"
        vi = f"{money.replace(',', '.')} đồng, biên lai số {data['receipt']}"
        return Text(vi, f"{money} đồng, receipt no. {data['receipt']}")
    if kind in {"dossier.apologised", "dossier.slip_corrected", "dossier.result_corrected"}:
        return _slip_words(kind, data)
    if kind == "dossier.transferred":
        return Text(*(f"{data.get('from')} → {data.get('to')}",) * 2)
    if kind == "dossier.draft_confirmed":
        return _BY.get(str(data.get("by")), Text("", ""))
    if kind == "dossier.signed" and data.get("number"):
        return Text(f"Số {data['number']}", f"No. {data['number']}")
    return step or Text("", "")


def _slip_words(kind: str, data: Mapping[str, Any]) -> Text:
    number = str(data.get("slip_number") or data.get("number", ""))
    if kind != "dossier.apologised":
        old = data.get("corrects")
        return Text(f"Số {old} → số {number}", f"No. {old} → no. {number}")
    if data.get("late"):
        return Text("Lập sau ngày hẹn trả", "Made after the date that was promised")
    return Text("", "")


def who(actor: Mapping[str, Any], names: Mapping[str, Text]) -> Text:
    """Who acted, as a role: agencies by name (``names`` by identifier), people never by name.

    Of an officer with posts elsewhere too, only those at the dossier's own agencies are told.
    """
    if actor.get("kind") == "system":
        return Text("Hệ thống", "The platform")
    posts = actor.get("posts") or []
    if posts:
        here = [names[p] for p in posts if p in names] or [Text(p, p) for p in posts]
        vi, en = (", ".join(dict.fromkeys(n.to(language) for n in here)) for language in ("vi", "en"))
        return Text(f"Cán bộ {vi}", f"Officer of {en}")
    return Text("Người nộp hồ sơ", "The applicant")
