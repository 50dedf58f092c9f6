"""A dozen dossiers of the demo, filed and handled through the same operations as everybody's.

They lie a few working days back, so that work lists, late dossiers and rates have something to show.
What is signed is signed at the moment of the demo's making: its certificate is not older.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from motcua.agencies.queries import actor_for, agency, calendar_for
from motcua.core.actor import Actor
from motcua.core.periods import VIETNAM, local_day
from motcua.core.working_time import Calendar
from motcua.demo.operations.accounts import DONG_HAI, PHAN_RANG
from motcua.demo.operations.province import commune_agency
from motcua.dossiers.operations import act, submit
from motcua.people.queries import account_by_username

PROCEDURE = "1.004873"
NOW = -1  # a deed at the moment of the demo's making


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does: minutes of working time after filing (NOW: at the end), action, parameters."""

    after: int
    username: str
    action: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier: who files it, for whom, how many working days ago, and what is then done to it."""

    days_ago: int
    username: str
    applicant: tuple[str, str, str, str]  # name, number, birth date, sex
    deeds: tuple[Deed, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)  # answers that differ
    commune: str = PHAN_RANG
    filed_by: str = "self"
    channel: int = 2


_THU = ("Trần Thị Thử", "999196000001", "1996-03-14", "female")
_MAU = ("Lê Văn Mẫu", "999090000002", "1990-09-02", "male")
_CU = ("Ngô Văn Cũ", "999055000011", "1955-02-03", "male")
_BA = ("Bùi Thị Ba", "999171000012", "1971-12-30", "female")
_NAM = ("Kiều Văn Năm", "999094000013", "1994-05-19", "male")
_TAM = ("Đàng Thị Tám", "999198000014", "1998-08-08", "female")

_MARRIAGE = {"purpose": "marriage", "intended_name": "Võ Văn Giả"}
_DIVORCED = {
    "status": "divorced",
    "divorced_abroad": False,
    "divorce_number": "00/QĐST-HNGĐ",
    "divorce_date": "2019-04-12",
    "divorce_office": "Tòa án nhân dân (mẫu)",
}

_RECEIVE = Deed(60, "desk", "receive")
_FOUND = {"residence_readable": True, "ask_former": False, "found": "Không có đăng ký kết hôn."}
_VERIFY = Deed(300, "specialist", "complete_step", {"step": "verify", "findings": _FOUND})
_DRAFT = Deed(480, "specialist", "complete_step", {"step": "draft", "findings": {"agrees": True}})
_SIGN = Deed(NOW, "signatory", "sign")
_MISSING = {"component": "", "reason": "Ảnh mờ", "text": "Chụp lại cho rõ bản án ly hôn."}
_LATE = {"reason": "Chưa có trả lời của nơi thường trú trước đây."}

CASES = (
    Case(0, "citizen", _THU, more=_MARRIAGE),
    Case(1, "citizen2", _MAU, commune=DONG_HAI),
    Case(1, "helper", _CU, (_RECEIVE,), filed_by="helped"),
    Case(2, "citizen", _THU, (_RECEIVE, Deed(90, "specialist", "assign"), _VERIFY)),
    Case(2, "citizen2", _MAU, (Deed(120, "desk", "request_supplement", {"items": [_MISSING]}),), _DIVORCED),
    Case(2, "citizen", _THU, (Deed(200, "citizen", "withdraw", {"reason": "Không cần nữa."}),)),
    Case(3, "citizen2", _MAU, (_RECEIVE, _VERIFY, _DRAFT)),
    Case(3, "citizen2", _MAU, (Deed(60, "desk", "refuse", {"reason": "Nộp trùng hồ sơ."}),)),
    Case(3, "desk", _BA, (_RECEIVE, _VERIFY, _DRAFT), filed_by="officer", channel=1),
    Case(
        2,
        "desk",
        _NAM,
        (_RECEIVE, _VERIFY, _DRAFT, _SIGN, Deed(NOW, "desk", "return_result", {"how": "desk"})),
        _DIVORCED,
        filed_by="officer",
        channel=1,
    ),
    Case(
        2,
        "citizen",
        _THU,
        (
            _RECEIVE,
            _VERIFY,
            _DRAFT,
            Deed(500, "citizen", "deliver_draft"),
            Deed(510, "citizen", "confirm_draft"),
            _SIGN,
            Deed(NOW, "desk", "return_result", {"how": "online"}),
        ),
    ),
    Case(6, "desk", _TAM, (_RECEIVE, _VERIFY, _DRAFT, _SIGN), filed_by="officer", channel=1),
    Case(7, "desk", _CU, (_RECEIVE,), filed_by="officer", channel=1),
    Case(9, "desk", _BA, (_RECEIVE, Deed(1400, "desk", "apologise", _LATE)), filed_by="officer", channel=1),
)


def _answers(case: Case) -> dict[str, Any]:
    name, number, birth_on, sex = case.applicant
    return {
        "wanted": "status",
        "citizen": True,
        "purpose": "other",
        "purpose_text": "Vay vốn ngân hàng",
        "copies": 1,
        "relation": "self",
        "applicant_name": name,
        "applicant_birth": birth_on,
        "applicant_number": number,
        "applicant_residence": "Số 0 phố Mẫu, tỉnh Ninh Thuận",
        "person_sex": sex,
        "person_ethnicity": "Kinh",
        "residence_kind": "permanent",
        "lived_elsewhere": False,
        "status": "never",
        "earlier": "none",
        "exemption": "none",
    } | dict(case.more)


def _working_days_back(calendar: Calendar, now: datetime, days: int) -> datetime:
    """Eight o'clock so many working days before today; for 0, this moment."""
    day = local_day(now)
    for _ in range(days):
        day -= timedelta(days=1)
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
    return datetime.combine(day, time(8, 0), tzinfo=VIETNAM) if days else now


def _actor(username: str, at: datetime) -> Actor:
    found = account_by_username(username)
    if found is None:
        raise RuntimeError(f"the demo has no account {username}")
    return actor_for(found.id, now=at)


def _file(number: int, case: Case, calendar: Calendar, now: datetime) -> None:
    start = _working_days_back(calendar, now, case.days_ago)
    start += timedelta(minutes=7 * number if case.days_ago else 0)  # they come one after another
    receipt = submit(
        procedure=PROCEDURE,
        agency=commune_agency(case.commune),
        answers={k: v for k, v in _answers(case).items() if _asked(k, case)},
        filed_by=case.filed_by,
        channel=case.channel,
        key=f"demo-{number}",
        actor=_actor(case.username, start),
        now=start,
    )
    for deed in case.deeds:
        at = now if deed.after == NOW else min(now, calendar.add_minutes(start, deed.after))
        params = dict(deed.params)
        if deed.action == "apologise":
            params["new_due_at"] = calendar.add_minutes(now, 960).isoformat()
        act(code=receipt.code, action=deed.action, params=params, actor=_actor(deed.username, at), now=at)


def _asked(key: str, case: Case) -> bool:
    """Answers of the other purpose are not asked of those who want to marry."""
    return case.more.get("purpose") != "marriage" or key not in {"purpose_text", "copies"}


def file_dossiers(now: datetime) -> None:
    """File the cases, oldest first, as they would have come."""
    calendar = calendar_for(agency(commune_agency(PHAN_RANG)).id, (now.year - 1, now.year, now.year + 1))
    for number, case in sorted(enumerate(CASES), key=lambda pair: -pair[1].days_ago):
        _file(number, case, calendar, now)
