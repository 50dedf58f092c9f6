"""What a desk should look at before it takes a request in; notices, never refusals."""

from dataclasses import dataclass

from motcua.core.folding import fold
from motcua.core.texts import Text

ELSEWHERE = Text(
    "Nơi cư trú đã khai ({declared}) ngoài địa bàn của {agency}. Xem lại thẩm quyền; "
    "chuyển hồ sơ nếu thuộc nơi khác.",
    "The declared residence ({declared}) is outside the area of {agency}. Check who is competent; "
    "transfer it if it belongs elsewhere.",
)
OTHER_NAME = Text(
    "Số định danh này đang gắn với một họ tên khác trong dữ liệu. Đối chiếu giấy tờ trước khi tiếp nhận.",
    "This personal number is held here under another name. Compare the paper before you receive it.",
)
STILL_OPEN = Text(
    "Người này đang có hồ sơ cùng thủ tục chưa xong: {codes}. Hỏi xem có nộp trùng không.",
    "This person has a request for the same procedure not finished: {codes}. Ask if it was filed twice.",
)


@dataclass(frozen=True, slots=True)
class AtIntake:
    """Facts of a new request. Codes are "" where they are not known; ``held_name`` of the number's person."""

    declared_code: str  # unit of residence that was declared
    declared_name: str
    served_code: str  # unit that the deciding agency serves
    agency: Text
    name: str
    held_name: str
    open_codes: tuple[str, ...] = ()


def notices(facts: AtIntake) -> tuple[Text, ...]:
    """What is unusual about a new request, each with what one can do."""
    found = []
    if facts.declared_code and facts.served_code and facts.declared_code != facts.served_code:
        declared = facts.declared_name or facts.declared_code
        found.append(
            Text(
                ELSEWHERE.vi.format(declared=declared, agency=facts.agency.vi),
                ELSEWHERE.en.format(declared=declared, agency=facts.agency.en),
            )
        )
    if facts.held_name and fold(facts.held_name) != fold(facts.name):
        found.append(OTHER_NAME)
    if facts.open_codes:
        found.append(STILL_OPEN.fill(codes=", ".join(facts.open_codes)))
    return tuple(found)
