"""Petitions (PAKN): states, who may do what in which, and their clocks by Decision 766, 5.2."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from motcua.core.refusals import Refusal
from motcua.core.texts import Text

LEAST_WORDS, MOST_TITLE, MOST_WORDS, MOST_ANSWER = 10, 200, 5000, 10_000


class Kind(StrEnum):
    """The classes of 766, 5.1."""

    REGULATION = "regulation"  # a rule, a policy, a procedure
    CONDUCT = "conduct"  # of officials


class State(StrEnum):
    """Where a petition stands; refused, answered, published and withdrawn are settled."""

    RECEIVED = "received"
    MORE_ASKED = "more_asked"
    REFUSED = "refused"
    ANSWERED = "answered"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What is done to a petition."""

    REFUSE = "refuse"
    ASK_MORE = "ask_more"
    FORWARD = "forward"
    ANSWER = "answer"
    PUBLISH = "publish"
    GIVE_MORE = "give_more"
    WITHDRAW = "withdraw"


KINDS = {
    Kind.REGULATION: Text("Quy định, chính sách, thủ tục hành chính", "A rule, a policy, a procedure"),
    Kind.CONDUCT: Text("Hành vi của cán bộ, công chức", "The conduct of officials"),
}
STATES = {
    State.RECEIVED: Text("Đang xử lý", "Being handled"),
    State.MORE_ASKED: Text("Chờ người gửi bổ sung", "Waits for its author"),
    State.REFUSED: Text("Không tiếp nhận", "Not taken in"),
    State.ANSWERED: Text("Đã trả lời", "Answered"),
    State.PUBLISHED: Text("Đã trả lời, công khai", "Answered and published"),
    State.WITHDRAWN: Text("Đã rút", "Withdrawn"),
}
SETTLED = frozenset({State.REFUSED, State.ANSWERED, State.PUBLISHED})  # an answer was given
OFFICERS = (Act.REFUSE, Act.ASK_MORE, Act.FORWARD, Act.ANSWER, Act.PUBLISH)
AUTHORS = (Act.GIVE_MORE, Act.WITHDRAW)
AFTER: Mapping[tuple[State, Act], State] = {
    (State.RECEIVED, Act.REFUSE): State.REFUSED,
    (State.RECEIVED, Act.ASK_MORE): State.MORE_ASKED,
    (State.RECEIVED, Act.FORWARD): State.RECEIVED,
    (State.RECEIVED, Act.ANSWER): State.ANSWERED,
    (State.RECEIVED, Act.WITHDRAW): State.WITHDRAWN,
    (State.MORE_ASKED, Act.GIVE_MORE): State.RECEIVED,
    (State.MORE_ASKED, Act.ANSWER): State.ANSWERED,
    (State.MORE_ASKED, Act.WITHDRAW): State.WITHDRAWN,
    (State.ANSWERED, Act.PUBLISH): State.PUBLISHED,
}


class ActRefused(Refusal):
    """The petition stands where this cannot be done."""

    code = "petition_act_refused"
    cause = Text("Phản ánh ở trạng thái “{state}”: {why}.", "The petition is “{state}”: {why}.")
    next_step = Text(
        "Tải lại trang để xem trạng thái hiện tại.", "Load the page again to see where it stands."
    )

    def __init__(self, state: Text, why: Text) -> None:
        said = type(self).cause
        self.cause = Text(
            said.vi.format(state=state.vi, why=why.vi), said.en.format(state=state.en, why=why.en)
        )
        super().__init__()


class WordsNeeded(Refusal):
    """Nothing, too little or too much was written."""

    code = "words_needed"
    cause = Text(
        "Nội dung cần từ {least} đến {most} ký tự.", "The text needs between {least} and {most} characters."
    )
    next_step = Text("Viết rõ việc gì, ở đâu, khi nào.", "Write what happened, where and when.")
    status = 422


class KindUnknown(Refusal):
    """It is none of the classes."""

    code = "petition_kind_unknown"
    cause = Text("Chưa chọn phản ánh về việc gì.", "It does not say what it is about.")
    next_step = Text("Chọn regulation hoặc conduct.", "Choose regulation or conduct.")
    status = 422


@dataclass(frozen=True, slots=True)
class Terms:
    """Working days for each step, as in force on a day."""

    since: date
    source: str
    refuse_days: int
    ask_days: int
    answer_days: int
    publish_days: int


def kind_of(text: str) -> Kind:
    """The class of a petition; raises ``KindUnknown``."""
    try:
        return Kind(text)
    except ValueError:
        raise KindUnknown from None


def after(state: str, act: Act, *, consent: bool, asked: bool) -> State:
    """The state after an act. More is asked for once; only what its author let be published is published.

    Raises ``ActRefused``.
    """
    here = State(state)
    why = None
    if (here, act) not in AFTER:
        why = Text("việc này không còn làm được", "this cannot be done any more")
    elif act is Act.ASK_MORE and asked:
        why = Text("đã yêu cầu bổ sung một lần", "more was asked for once already")
    elif act is Act.PUBLISH and not consent:
        why = Text("người gửi không đồng ý công khai", "its author did not agree to publication")
    if why is not None:
        raise ActRefused(STATES[here], why)
    return AFTER[here, act]


def possible(state: str, *, consent: bool, asked: bool) -> tuple[Act, ...]:
    """What can be done now, by whoever may."""
    found = []
    for act in Act:
        try:
            after(state, act, consent=consent, asked=asked)
        except ActRefused:
            continue
        found.append(act)
    return tuple(found)


def written(text: str, *, least: int = LEAST_WORDS, most: int = MOST_WORDS) -> str:
    """A text without blank ends; raises ``WordsNeeded``."""
    kept = text.replace("\x00", "").strip()
    if not least <= len(kept) <= most:
        raise WordsNeeded(least=least, most=most)
    return kept


@dataclass(frozen=True, slots=True)
class Course:
    """The moments of a petition that its clocks compare."""

    state: State
    refuse_due_at: datetime
    ask_due_at: datetime
    answer_due_at: datetime
    publish_due_at: datetime | None
    asked_at: datetime | None
    ended_at: datetime | None
    published_at: datetime | None


def deadline(course: Course) -> datetime | None:
    """The next moment at which it turns late if nothing is done; None when nothing is owed."""
    if course.state is State.RECEIVED:
        return course.answer_due_at
    if course.state is State.ANSWERED:
        return course.publish_due_at
    return None


def on_time(course: Course, end: datetime) -> bool:
    """766, 5.2: each step that was taken was in time, and what is open is not overdue at ``end``."""
    taken = [
        (course.asked_at, course.ask_due_at),
        (course.ended_at if course.state is State.REFUSED else None, course.refuse_due_at),
        (
            course.ended_at if course.state in {State.ANSWERED, State.PUBLISHED} else None,
            course.answer_due_at,
        ),
        (course.published_at, course.publish_due_at),
    ]
    if any(at is not None and due is not None and at > due for at, due in taken):
        return False
    owed = deadline(course)
    return owed is None or owed >= end
