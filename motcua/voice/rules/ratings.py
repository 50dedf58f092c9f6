"""Satisfaction after a result: two taps, a reason, a few words; once for each dossier."""

from motcua.core.refusals import Refusal
from motcua.core.texts import Text

MOST_WORDS = 1000
ENDED = frozenset({9, 10})  # processed, returned (domain.md §2)
REASONS = {
    "slow": Text("Chậm so với hẹn", "Later than promised"),
    "asked_again": Text("Bị yêu cầu giấy tờ ngoài quy định hoặc nhiều lần", "Asked for more, or asked twice"),
    "unclear": Text("Hướng dẫn khó hiểu", "Hard to understand"),
    "conduct": Text("Thái độ phục vụ", "How I was treated"),
    "visit": Text("Vẫn phải đến trực tiếp", "I had to come all the same"),
    "other": Text("Lý do khác", "Something else"),
}


class RatedAlready(Refusal):
    """Each dossier is rated once."""

    code = "rated_already"
    cause = Text("Hồ sơ này đã được đánh giá.", "This dossier has been rated already.")
    next_step = Text(
        "Nếu còn việc cần nói, hãy gửi phản ánh, kiến nghị.", "If there is more to say, send a petition."
    )


class NotEnded(Refusal):
    """There is nothing to rate before the end."""

    code = "not_ended"
    cause = Text("Hồ sơ chưa giải quyết xong.", "The dossier has not ended yet.")
    next_step = Text("Đánh giá sau khi có kết quả.", "Rate it when there is a result.")


class ReasonUnknown(Refusal):
    """The reason is none of those offered."""

    code = "reason_unknown"
    cause = Text("Không có lý do “{reason}”.", "There is no reason “{reason}”.")
    next_step = Text("Chọn một trong: {known}.", "Choose one of: {known}.")
    status = 422


def check(*, status: int, given: bool, reason: str) -> None:
    """Raise ``RatedAlready``, ``NotEnded`` or ``ReasonUnknown``."""
    if given:
        raise RatedAlready
    if status not in ENDED:
        raise NotEnded
    if reason and reason not in REASONS:
        raise ReasonUnknown(reason=reason[:20], known=", ".join(REASONS))
