"""What people say: Decision 766, group 5."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from motcua.core.periods import local_day
from motcua.core.texts import Text
from motcua.monitoring.rules.definition import Counted, Definition, share_of
from motcua.monitoring.rules.definitions_handling import ON_TIME_766
from motcua.monitoring.rules.definitions_online import DECISION_766, RECEIVED
from motcua.monitoring.rules.facts import Facts
from motcua.monitoring.rules.predicates import Finding, Predicate, late_on, on_time, received
from motcua.voice.rules.petitions import SETTLED
from motcua.voice.rules.petitions import on_time as settled_on_time

PETITIONS = Text("phản ánh, kiến nghị tiếp nhận trong kỳ", "petitions received in the period")
JUDGED = Text(
    "phản ánh, kiến nghị tiếp nhận trong kỳ đã giải quyết hoặc đã quá hạn",
    "petitions received in the period that are settled or overdue",
)


def petition_on_time(facts: Facts, end: datetime) -> Finding:
    """Each step in time, and nothing overdue at the period's end."""
    return facts.petition is not None and settled_on_time(facts.petition.course, end)


def petition_judged(facts: Facts, end: datetime) -> Finding:
    """Handled already, or late without it: one that is open and in time is not known to be either."""
    side = facts.petition
    return side is not None and (side.course.state in SETTLED or not settled_on_time(side.course, end))


def petition_satisfied(facts: Facts, end: datetime) -> Finding:
    """Not more dislikes than likes, not late, not repeated."""
    side = facts.petition
    if side is None or side.disliked or side.repeated:
        return False
    return petition_on_time(facts, end)


def about_conduct(facts: Facts, end: datetime) -> Finding:
    """Of the class that is about the conduct of officials."""
    return facts.petition is not None and facts.petition.conduct


def petition_late_on(facts: Facts) -> date | None:
    """The first last-day of a period at whose end an open petition is late."""
    owed = facts.petition.owed_at if facts.petition else None
    return local_day(owed) if owed else None


def satisfied(facts: Facts, end: datetime) -> Finding:
    """766 5.4: not late, and neither an unhappy rating nor a petition about it."""
    return False if facts.unhappy else on_time(facts, end)


def _of_petitions(
    number: str, identifier: str, name: Text, above: Text, numerator: Predicate, *notes: Text,
    formula: Text | None = None,
) -> Definition:  # fmt: skip
    return Definition(
        identifier=identifier,
        revision=1,
        name=name,
        source=DECISION_766.fill(n=number),
        formula=formula or share_of(above, PETITIONS),
        above=above,
        below=PETITIONS,
        counts=Counted.PETITIONS,
        numerator=numerator,
        denominator=received,
        changes_on=petition_late_on,
        notes=notes,
    )


_STEPS = Text(
    "Từ chối trong 2, yêu cầu bổ sung trong 5, trả lời trong 15, công khai trong 2 ngày làm việc; thời "
    "gian chờ người gửi bổ sung không tính. Đã rút thì không tính.",
    "Refused within 2, more asked for within 5, answered within 15, published within 2 working days; the "
    "wait for its author is not counted. Withdrawn ones are not counted.",
)
PETITIONS_ON_TIME_766_ALL = _of_petitions(
    "5.2",
    "petitions_on_time_766@1",
    Text("Tỷ lệ phản ánh, kiến nghị xử lý đúng hạn", "Petitions settled on time"),
    Text("phản ánh, kiến nghị đúng hạn ở mọi bước", "petitions in time at every step"),
    petition_on_time,
    _STEPS,
    Text(
        "Phản ánh chưa trả lời được coi là quá hạn khi ngày cuối kỳ kết thúc mà hạn đã qua; chưa đến hạn "
        "thì tính là đúng hạn.",
        "An open one is late where its date has passed when the last day of the period ends; before that "
        "it counts as on time.",
    ),
)
PETITIONS_ON_TIME_766 = replace(
    PETITIONS_ON_TIME_766_ALL,
    identifier="petitions_on_time_766",
    revision=2,
    below=JUDGED,
    formula=share_of(PETITIONS_ON_TIME_766_ALL.above, JUDGED),
    denominator=petition_judged,
    notes=(
        _STEPS,
        Text(
            "Phản ánh chưa trả lời mà chưa đến hạn thì chưa tính: công thức chia cho số phản ánh đã tiếp "
            "nhận và đã xử lý. Khi ngày cuối kỳ kết thúc mà hạn đã qua thì tính là quá hạn.",
            "An open one that is not due yet is not counted: the formula divides by what was received and "
            "handled. Where its date has passed when the last day of the period ends, it is late.",
        ),
    ),
)
PETITIONS_SATISFIED_766 = _of_petitions(
    "5.3",
    "petitions_satisfied_766",
    Text("Tỷ lệ hài lòng trong xử lý phản ánh, kiến nghị", "Satisfaction with how petitions are settled"),
    Text(
        "phản ánh, kiến nghị không quá hạn, không bị gửi lại, lượt không thích không nhiều hơn lượt thích",
        "petitions that are not late, not repeated, and not more disliked than liked",
    ),
    petition_satisfied,
    formula=Text(
        "(Số phản ánh, kiến nghị tiếp nhận trong kỳ − số quá hạn, bị gửi lại hoặc lượt không thích nhiều hơn "
        "lượt thích) ÷ số tiếp nhận × 100. Phản ánh chưa trả lời mà chưa đến hạn vẫn được tính là hài lòng.",
        "(Petitions received in the period − those late, repeated or more disliked than liked) ÷ received "
        "× 100. One without an answer that is not due yet counts as satisfied.",
    ),
)
PETITIONS_CONDUCT_766 = _of_petitions(
    "5.1",
    "petitions_conduct_766",
    Text("Tỷ lệ phản ánh về hành vi của cán bộ", "Petitions about the conduct of officials"),
    Text("phản ánh về hành vi của cán bộ, công chức", "petitions about the conduct of officials"),
    about_conduct,
    Text(
        "Phần còn lại là phản ánh về quy định, chính sách, thủ tục.",
        "The rest is about rules and procedures.",
    ),
)
SATISFIED_766 = Definition(
    identifier="satisfied_766",
    revision=1,
    name=Text("Tỷ lệ hài lòng trong giải quyết thủ tục", "Satisfaction with how dossiers are handled"),
    source=DECISION_766.fill(n="5.4"),
    formula=Text(
        "100 % − tỷ lệ hồ sơ quá hạn hoặc có phản ánh, không hài lòng. Hồ sơ có phản ánh bị trừ ngay khi "
        "phản ánh được gửi, không chờ kết luận đúng hay sai.",
        "100 % − the share of dossiers that are late or have a petition or an unhappy rating. A petition "
        "takes its dossier off from when it is sent, without waiting for a finding of right or wrong.",
    ),
    above=Text(
        "hồ sơ đúng hạn, không có phản ánh và không có đánh giá không hài lòng",
        "dossiers on time, without a petition and without an unhappy rating",
    ),
    below=RECEIVED,
    counts=Counted.DOSSIERS,
    numerator=satisfied,
    denominator=received,
    changes_on=late_on,
    exclusions=ON_TIME_766.exclusions,
    threshold=Decimal(90),
    notes=(
        Text(
            "Hồ sơ vừa quá hạn vừa có phản ánh được trừ một lần, để số hồ sơ mở ra được; công thức gốc cộng "
            "hai tỷ lệ nên trừ hai lần.",
            "A dossier that is late and complained of is taken off once, so that the count opens into "
            "dossiers; the text adds the two rates and takes it off twice.",
        ),
    ),
)
