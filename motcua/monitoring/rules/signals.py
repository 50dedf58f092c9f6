"""Signals that an online share may be inflated: questions to an agency, with the dossiers behind them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.core.periods import local_day
from motcua.core.texts import Text


class SignalKind(StrEnum):
    """What was seen."""

    TYPED = "typed_online"
    BURST = "burst"
    PLACE = "burst_place"
    AFTER = "after_decision"


NAMES = {
    SignalKind.TYPED: Text("Cán bộ nhập nhưng ghi là trực tuyến", "Marked online, typed in by an officer"),
    SignalKind.BURST: Text("Nộp dồn dập từ một tài khoản", "A burst from one account"),
    SignalKind.PLACE: Text("Nộp dồn dập từ một địa chỉ mạng", "A burst from one network address"),
    SignalKind.AFTER: Text("Nộp sau khi đã có kết quả", "Filed after the decision"),
}
WHY = {
    SignalKind.TYPED: Text(
        "{count} hồ sơ trong tháng ghi kênh trực tuyến nhưng do cán bộ nhập. Người dân có thể đã đến quầy.",
        "{count} dossiers of the month are marked online but were typed in by an officer; people may have "
        "come to the desk.",
    ),
    SignalKind.BURST: Text(
        "{count} hồ sơ do cùng một tài khoản, không phải người giúp đã đăng ký, nộp trong thời gian ngắn.",
        "{count} dossiers were filed within a short time by one account that is no registered helper.",
    ),
    SignalKind.PLACE: Text(
        "{count} hồ sơ do nhiều tài khoản cùng nộp từ một địa chỉ mạng trong thời gian ngắn; không tính "
        "người giúp đã đăng ký. Có thể là máy dùng chung, cũng có thể là một người nộp thay nhiều người.",
        "{count} dossiers were filed by several accounts from one network address within a short time; "
        "registered helpers are not counted. It may be a shared computer, or one person filing for many.",
    ),
    SignalKind.AFTER: Text(
        "{count} hồ sơ có thời điểm nộp sau thời điểm giải quyết xong.",
        "{count} dossiers were received after they had been decided.",
    ),
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on something is a signal."""

    since: date
    source: str
    typed_online_a_month: int
    burst_dossiers: int
    burst_minutes: int
    place_dossiers: int
    place_accounts: int
    place_minutes: int
    kept_days: int


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing by an account itself."""

    account: int
    agency_id: int
    at: datetime
    code: str
    place: str = ""  # hash of the network address, where it is kept


@dataclass(frozen=True, slots=True)
class Found:
    """One signal; ``key`` is the same however often it is found."""

    kind: SignalKind
    agency_id: int
    key: str
    first: date
    last: date
    codes: tuple[str, ...]


def bursts(filings: Iterable[Filing], limits: Thresholds) -> list[Found]:
    """Filings of one account at one agency of which enough lie within the time, wherever it begins."""
    groups: dict[tuple[int, int], list[Filing]] = {}
    for filing in sorted(filings, key=lambda f: (f.at, f.code)):
        groups.setdefault((filing.account, filing.agency_id), []).append(filing)
    within = timedelta(minutes=limits.burst_minutes)
    return [
        _found(SignalKind.BURST, agency_id, f"burst:{agency_id}:{account}:{run[0].code}", run)
        for (account, agency_id), mine in groups.items()
        for run in _runs(mine, within, enough=limits.burst_dossiers)
    ]


def bursts_of_places(filings: Iterable[Filing], limits: Thresholds) -> list[Found]:
    """Filings by several accounts from one place at one agency of which enough lie within the time.

    Many by one account are a burst of that account, which is told by itself. The place is in no key.
    """
    groups: dict[tuple[str, int], list[Filing]] = {}
    for filing in sorted(filings, key=lambda f: (f.at, f.code)):
        if filing.place:
            groups.setdefault((filing.place, filing.agency_id), []).append(filing)
    within = timedelta(minutes=limits.place_minutes)
    return [
        _found(SignalKind.PLACE, agency_id, f"place:{agency_id}:{run[0].code}", run)
        for (_, agency_id), mine in groups.items()
        for run in _runs(mine, within, enough=limits.place_dossiers, accounts=limits.place_accounts)
    ]


def _found(kind: SignalKind, agency_id: int, key: str, run: list[Filing]) -> Found:
    """A signal with the days in Viet Nam of its first and last filing."""
    codes = tuple(filing.code for filing in run)
    return Found(kind, agency_id, key, local_day(run[0].at), local_day(run[-1].at), codes)


def _runs(filings: list[Filing], within: timedelta, *, enough: int, accounts: int = 1) -> list[list[Filing]]:
    """Runs of filings (in order of time) in which enough, by enough accounts, lie within a time.

    A window slides over them; windows that have enough and share a filing are one run, which may so be
    longer than the time. What is filed later never changes where a run begins.
    """
    spans: list[tuple[int, int]] = []
    inside: Counter[int] = Counter()
    start = 0
    for end, filing in enumerate(filings):
        inside[filing.account] += 1
        while filing.at - filings[start].at > within:
            gone = filings[start].account
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            start += 1
        if end - start + 1 < enough or len(inside) < accounts:
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return [filings[first : last + 1] for first, last in spans]
