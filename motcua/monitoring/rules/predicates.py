"""Predicates over a dossier's facts: true, false, or not to be known for a named reason."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from motcua.core.periods import local_day
from motcua.core.texts import Text
from motcua.monitoring.rules.facts import FULL, ONLINE, SUPPLEMENT, Facts, deadline_of, end_of_work, is_open


class Reason(StrEnum):
    """Why a dossier is left out of a figure; an unknown fact is never taken as zero."""

    CHANNEL_UNKNOWN = "channel_unknown"
    LEVEL_UNKNOWN = "level_unknown"
    VISITS_UNKNOWN = "visits_unknown"
    RESULT_UNKNOWN = "result_unknown"
    NO_PROMISED_DATE = "no_promised_date"
    END_UNKNOWN = "end_unknown"


REASONS: dict[Reason, Text] = {
    Reason.CHANNEL_UNKNOWN: Text("không rõ kênh nộp", "the channel is not known"),
    Reason.LEVEL_UNKNOWN: Text("không rõ mức độ dịch vụ", "the level of the service is not known"),
    Reason.VISITS_UNKNOWN: Text("không rõ có phải đến trực tiếp hay không", "visits are not known"),
    Reason.RESULT_UNKNOWN: Text("không rõ kết quả điện tử", "the electronic result is not known"),
    Reason.NO_PROMISED_DATE: Text(
        "không có ngày hẹn trả và thời hạn giải quyết", "no promised date and no time limit"
    ),
    Reason.END_UNKNOWN: Text("không rõ thời điểm kết thúc", "the time of its end is not known"),
}

Finding = bool | Reason
Predicate = Callable[[Facts, datetime], Finding]  # facts, end of the period (first moment after it)


def all_of(*findings: Finding) -> Finding:
    """False wins over unknown, unknown over true."""
    if any(f is False for f in findings):
        return False
    return next((f for f in findings if isinstance(f, Reason)), True)


def received(facts: Facts, end: datetime) -> Finding:
    """Every dossier that was received; a dossier never received is not counted anywhere."""
    return facts.received_at is not None


def filed_online(facts: Facts, end: datetime) -> Finding:
    """Channel 2."""
    return Reason.CHANNEL_UNKNOWN if facts.channel is None else facts.channel == ONLINE


def online_with_result(facts: Facts, end: datetime) -> Finding:
    """766 3.3: channel 2 (none means direct), and an e-result where a paper result exists."""
    if facts.channel != ONLINE:
        return False
    if facts.paper_result is False:
        return True
    if facts.paper_result is None:
        return True if facts.e_result else Reason.RESULT_UNKNOWN
    return Reason.RESULT_UNKNOWN if facts.e_result is None else facts.e_result


def fully_online(facts: Facts, end: datetime) -> Finding:
    """EMC: channel 2, a full service, no visit recorded, an electronic result."""
    return all_of(
        filed_online(facts, end),
        facts.level == FULL if facts.level else Reason.LEVEL_UNKNOWN,
        Reason.VISITS_UNKNOWN if facts.visits is None else facts.visits == 0,
        Reason.RESULT_UNKNOWN if facts.e_result is None else facts.e_result,
    )


def on_time(facts: Facts, end: datetime) -> Finding:
    """766 2.1: the end of work is not after the deadline; see domain.md §4."""
    if facts.status == SUPPLEMENT and facts.supplements > 1:
        return False
    deadline = deadline_of(facts)
    ended = end if is_open(facts) else end_of_work(facts)
    if deadline is None:
        return Reason.NO_PROMISED_DATE
    return Reason.END_UNKNOWN if ended is None else ended <= deadline


def late_on(facts: Facts) -> date | None:
    """The first last-day of a period at whose end an open dossier is late; None when nothing will change."""
    deadline = deadline_of(facts)
    return local_day(deadline) if deadline is not None and is_open(facts) else None


def never(facts: Facts) -> date | None:
    """For definitions whose answer does not depend on the end of the period."""
    return None
