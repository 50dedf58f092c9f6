"""Predicates over a dossier's facts: true, false, or not to be known for a named reason."""

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from motcua.core.periods import local_day
from motcua.core.texts import Text
from motcua.monitoring.rules.facts import (
    DONE,
    FULL,
    ONLINE,
    ONLINE_LEVELS,
    REFUSED,
    RETURNED,
    SUPPLEMENT,
    UNKNOWN,
    Facts,
    deadline_of,
    end_of_work,
    is_open,
    paused_of,
)


class Reason(StrEnum):
    """Why a dossier is left out of a figure; an unknown fact is never taken as zero."""

    CHANNEL_UNKNOWN = "channel_unknown"
    LEVEL_UNKNOWN = "level_unknown"
    VISITS_UNKNOWN = "visits_unknown"
    RESULT_UNKNOWN = "result_unknown"
    NO_PROMISED_DATE = "no_promised_date"
    END_UNKNOWN = "end_unknown"
    FILED_BY_UNKNOWN = "filed_by_unknown"
    FEE_UNKNOWN = "fee_unknown"
    PAYMENT_UNKNOWN = "payment_unknown"
    DIGITISED_UNKNOWN = "digitised_unknown"
    REUSED_UNKNOWN = "reused_unknown"
    STORE_UNKNOWN = "store_unknown"
    IDENTITY_UNKNOWN = "identity_unknown"
    SYNC_UNKNOWN = "sync_unknown"
    STATUS_UNKNOWN = "status_unknown"
    PAUSE_UNKNOWN = "pause_unknown"
    SUPPLEMENTS_UNKNOWN = "supplements_unknown"


REASONS: dict[Reason, Text] = {
    Reason.CHANNEL_UNKNOWN: Text("không rõ kênh nộp", "the channel is not known"),
    Reason.LEVEL_UNKNOWN: Text("không rõ mức độ dịch vụ", "the level of the service is not known"),
    Reason.VISITS_UNKNOWN: Text("không rõ có phải đến trực tiếp hay không", "visits are not known"),
    Reason.RESULT_UNKNOWN: Text("không rõ kết quả điện tử", "the electronic result is not known"),
    Reason.NO_PROMISED_DATE: Text(
        "không có ngày hẹn trả và thời hạn giải quyết", "no promised date and no time limit"
    ),
    Reason.END_UNKNOWN: Text("không rõ thời điểm kết thúc", "the time of its end is not known"),
    Reason.FILED_BY_UNKNOWN: Text("không rõ ai nộp", "who filed is not known"),
    Reason.FEE_UNKNOWN: Text("không rõ phí, lệ phí", "the fee is not known"),
    Reason.PAYMENT_UNKNOWN: Text("không rõ cách thanh toán", "how it was paid is not known"),
    Reason.DIGITISED_UNKNOWN: Text("không rõ đã số hóa hay chưa", "digitising is not known"),
    Reason.REUSED_UNKNOWN: Text("không rõ có khai thác lại hay không", "reuse is not known"),
    Reason.STORE_UNKNOWN: Text(
        "không rõ có lấy từ kho dữ liệu hay không", "whether a paper came from the store is not known"
    ),
    Reason.IDENTITY_UNKNOWN: Text(
        "không rõ tài khoản định danh", "whether the account had a verified identity is not known"
    ),
    Reason.SYNC_UNKNOWN: Text("không rõ đã đồng bộ hay chưa", "whether it was synchronised is not known"),
    Reason.STATUS_UNKNOWN: Text("không rõ trạng thái", "the status is not known"),
    Reason.PAUSE_UNKNOWN: Text("không rõ thời gian chờ bổ sung", "the time of supplements is not known"),
    Reason.SUPPLEMENTS_UNKNOWN: Text("không rõ số lần bổ sung", "the number of supplements is not known"),
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
    if facts.status == SUPPLEMENT:
        if facts.supplements is None:
            return Reason.SUPPLEMENTS_UNKNOWN
        if facts.supplements > 1:
            return False
    deadline = deadline_of(facts)
    ended = end if is_open(facts) else end_of_work(facts)
    if deadline is None:
        return Reason.NO_PROMISED_DATE
    if ended is None:
        return Reason.STATUS_UNKNOWN if facts.status == UNKNOWN else Reason.END_UNKNOWN
    if facts.status != SUPPLEMENT and paused_of(facts) is None:
        return Reason.PAUSE_UNKNOWN  # leaving out the late ones alone would flatter the rate
    return ended <= deadline


def on_time_asked_once(facts: Facts, end: datetime) -> Finding:
    """The wider rule of 766 2.1: whoever was asked twice for a supplement was not served on time."""
    if facts.supplements is None:
        return Reason.SUPPLEMENTS_UNKNOWN
    return False if facts.supplements > 1 else on_time(facts, end)


def filed_in_any_way(facts: Facts, end: datetime) -> Finding:
    """For the shares of who filed: every received dossier of which that is known."""
    if facts.channel is None:
        return Reason.CHANNEL_UNKNOWN
    return True if facts.filed_by else Reason.FILED_BY_UNKNOWN


def filed_online_by(who: str) -> Predicate:
    """Channel 2, filed by the person, with help, or typed in by an officer."""

    def filed(facts: Facts, end: datetime) -> Finding:
        return facts.channel == ONLINE and facts.filed_by == who

    return filed


def of_an_online_service(facts: Facts, end: datetime) -> Finding:
    """Provincial form: of a procedure that has an online service; status 3 (not received) left out."""
    if facts.status == REFUSED:
        return False
    if facts.status == UNKNOWN:
        return Reason.STATUS_UNKNOWN
    return facts.level in ONLINE_LEVELS if facts.level else Reason.LEVEL_UNKNOWN


def of_a_full_service(facts: Facts, end: datetime) -> Finding:
    """766 group 3: of a service that was full when the dossier was filed."""
    return facts.level == FULL if facts.level else Reason.LEVEL_UNKNOWN


def with_a_fee(facts: Facts, end: datetime) -> Finding:
    """766 3.6: of a fee-bearing procedure, and not a dossier whose whole fee list is zero."""
    if facts.fee is not None:
        return facts.fee > 0
    if facts.fee_bearing is False:
        return False
    return True if facts.paid_online else Reason.FEE_UNKNOWN


def with_a_paper_result(facts: Facts, end: datetime) -> Finding:
    """766 4.1: of a procedure that ends in a paper or written result."""
    return Reason.RESULT_UNKNOWN if facts.paper_result is None else facts.paper_result


def known(fact: str, reason: Reason) -> Predicate:
    """True where the fact is so, the reason where it is not known."""

    def asked(facts: Facts, end: datetime) -> Finding:
        value = getattr(facts, fact)
        return reason if value is None else bool(value)

    return asked


paid_online = known("paid_online", Reason.PAYMENT_UNKNOWN)
has_e_result = known("e_result", Reason.RESULT_UNKNOWN)
reused = known("reused", Reason.REUSED_UNKNOWN)
shared = known("from_store", Reason.STORE_UNKNOWN)
verified_identity = known("vneid", Reason.IDENTITY_UNKNOWN)
synchronised = known("synced", Reason.SYNC_UNKNOWN)


def digitised_with_result(facts: Facts, end: datetime) -> Finding:
    """766 4.2: files attached to its papers, and an electronic result attached."""
    return all_of(
        Reason.DIGITISED_UNKNOWN if facts.digitised is None else facts.digitised, has_e_result(facts, end)
    )


def processed(facts: Facts, end: datetime) -> Finding:
    """766 2.2: finished (9 or 10), with the time of its end known."""
    if facts.status == UNKNOWN:
        return Reason.STATUS_UNKNOWN
    if facts.status not in {DONE, RETURNED}:
        return False
    if end_of_work(facts) is None:
        return Reason.END_UNKNOWN
    return Reason.PAUSE_UNKNOWN if paused_of(facts) is None else True


def late_on(facts: Facts) -> date | None:
    """The first last-day of a period at whose end an open dossier is late; None when nothing will change."""
    deadline = deadline_of(facts)
    if deadline is None or not is_open(facts) or paused_of(facts) is None:
        return None
    return local_day(deadline)


def never(facts: Facts) -> date | None:
    """For definitions whose answer does not depend on the end of the period."""
    return None
