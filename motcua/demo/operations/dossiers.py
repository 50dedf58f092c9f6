"""A dozen dossiers of the demo, filed and handled through the same operations as everybody's.

They lie a few working days back, so that work lists, late dossiers and rates have something to show.
What is signed is signed at the moment of the demo's making: its certificate is not older.
"""

from datetime import datetime
from typing import Any

from motcua.agencies.queries import agency, calendar_for
from motcua.demo.operations.cases import NOW, Case, Deed, file_case, start_of
from motcua.demo.operations.province import commune_agency
from motcua.demo.people import DONG_HAI, PHAN_RANG

PROCEDURE = "1.004873"
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


def answers_of(case: Case) -> dict[str, Any]:
    """What is answered for a case, without what is not asked of those who want to marry."""
    return {k: v for k, v in _answers(case).items() if _asked(k, case)}


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


def _asked(key: str, case: Case) -> bool:
    """Answers of the other purpose are not asked of those who want to marry."""
    return case.more.get("purpose") != "marriage" or key not in {"purpose_text", "copies"}


def file_dossiers(now: datetime) -> None:
    """File the cases, oldest first, as they would have come."""
    calendar = calendar_for(agency(commune_agency(PHAN_RANG)).id, (now.year - 1, now.year, now.year + 1))
    for number, case in sorted(enumerate(CASES), key=lambda pair: -pair[1].days_ago):
        file_case(
            str(number), case, procedure=PROCEDURE, agency=commune_agency(case.commune),
            answers=answers_of(case),
            start=start_of(number, case, calendar, now), calendar=calendar, now=now,
        )  # fmt: skip
