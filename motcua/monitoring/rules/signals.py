"""Signals that an online share may be inflated: questions to an agency, with the dossiers behind them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

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
    """Groups of filings of one account at one agency, each within the time of the one before it."""
    groups: dict[tuple[int, int], list[Filing]] = {}
    for filing in sorted(filings, key=lambda f: (f.at, f.code)):
        groups.setdefault((filing.account, filing.agency_id), []).append(filing)
    found = []
    for (account, agency_id), mine in groups.items():
        for run in _runs(mine, timedelta(minutes=limits.burst_minutes)):
            if len(run) >= limits.burst_dossiers:
                key = f"burst:{agency_id}:{account}:{run[0].code}"
                codes = tuple(filing.code for filing in run)
                days = (run[0].at.date(), run[-1].at.date())
                found.append(Found(SignalKind.BURST, agency_id, key, *days, codes))
    return found


def bursts_of_places(filings: Iterable[Filing], limits: Thresholds) -> list[Found]:
    """Groups of filings by several accounts from one place at one agency, within a time.

    Many by one account are a burst of that account, which is told by itself. The place is in no key.
    """
    groups: dict[tuple[str, int], list[Filing]] = {}
    for filing in sorted(filings, key=lambda f: (f.at, f.code)):
        if filing.place:
            groups.setdefault((filing.place, filing.agency_id), []).append(filing)
    found = []
    for (_, agency_id), mine in groups.items():
        for run in _runs(mine, timedelta(minutes=limits.place_minutes)):
            accounts = {filing.account for filing in run}
            if len(run) >= limits.place_dossiers and len(accounts) >= limits.place_accounts:
                codes = tuple(filing.code for filing in run)
                days = (run[0].at.date(), run[-1].at.date())
                found.append(
                    Found(SignalKind.PLACE, agency_id, f"place:{agency_id}:{codes[0]}", *days, codes)
                )
    return found


def _runs(filings: list[Filing], within: timedelta) -> list[list[Filing]]:
    """Runs in which the first and the last lie within a time; each filing stands in one run."""
    runs: list[list[Filing]] = []
    for filing in filings:
        if runs and filing.at - runs[-1][0].at <= within:
            runs[-1].append(filing)
        else:
            runs.append([filing])
    return runs
