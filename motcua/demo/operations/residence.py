"""Residence dossiers of the demo, with the police of one ward."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from motcua.agencies.queries import agency, calendar_for
from motcua.core.periods import local_day
from motcua.demo.operations.cases import NOW, Case, Deed, file_case, start_of
from motcua.demo.operations.province import commune_agency
from motcua.demo.people import DONG_HAI, PHAN_RANG

_MAU = ("Lê Văn Mẫu", "999090000002", "1990-09-02", "male")
_NAM = ("Kiều Văn Năm", "999094000013", "1994-05-19", "male")
_THU = ("Trần Thị Thử", "999196000001", "1996-03-14", "female")

_RECEIVE = Deed(20, "police", "receive")
_SIGN, _RETURN = Deed(NOW, "police2", "sign"), Deed(NOW, "police", "return_result", {"how": "online"})


def _step(after: int, key: str, **findings: Any) -> Deed:
    return Deed(after, "police", "complete_step", {"step": key, "findings": findings})


def _fee(amount: int, number: int) -> Deed:
    return Deed(25, "police", "take_fee", {"amount": amount, "receipt": f"BẢN THỬ {number:07d}"})


_VERIFY = _step(200, "verify", place_readable=True, inspect=False, found="Khớp dữ liệu.")
_RECORD = _step(400, "record", entered=True)
_ABSENCE = _step(120, "verify", entered=True, found="Khớp dữ liệu.")

_HANDED = Deed(40, "police", "return_result", {"how": "online"})

# procedure and its case
CASES = (
    ("1.004194", Case(1, "citizen2", _MAU, (_RECEIVE, _fee(7_000, 1)))),
    (
        "1.004194",
        Case(
            2, "police", _NAM, (_RECEIVE, _fee(15_000, 2), _VERIFY, _RECORD, _SIGN, _RETURN),
            filed_by="officer", channel=1,
        ),
    ),
    ("1.002755", Case(0, "citizen2", _MAU)),
    ("1.003677", Case(0, "citizen", _THU, (_RECEIVE, _ABSENCE, _SIGN, _RETURN))),
    ("2.001159", Case(0, "citizen", _THU)),
    (
        "2.001159",
        Case(1, "citizen", _THU, (_RECEIVE, _step(30, "record", entered=True), _HANDED)),
    ),
)  # fmt: skip


def _person(case: Case) -> dict[str, Any]:
    name, number, birth_on, sex = case.applicant
    return {
        "applicant_name": name, "applicant_number": number, "applicant_birth": birth_on,
        "applicant_sex": sex, "stay_commune": PHAN_RANG, "stay_address": "Số 0 đường Mẫu",
    }  # fmt: skip


def _register(case: Case, on: date) -> dict[str, Any]:
    return _person(case) | {
        "wanted": "register", "citizen": "yes", "place_kind": "rented", "place_in_data": True,
        "filing": "self", "during": _days(on, 364), "permanent_commune": DONG_HAI,
        "owner_name": "Ngô Văn Chủ", "owner_number": None, "owner_consent": "contract", "exemption": "none",
    }  # fmt: skip


def _renew(case: Case, on: date) -> dict[str, Any]:
    return _person(case) | {
        "wanted": "renew", "barracks": False, "ends_on": _day(on, 9), "until": _day(on, 370),
        "filing": "self", "owner_consent": "here", "owner_name": "Ngô Văn Chủ", "exemption": "none",
    }  # fmt: skip


def _away(case: Case, on: date) -> dict[str, Any]:
    return {k: v for k, v in _person(case).items() if k.startswith("applicant") and k != "applicant_sex"} | {
        "kind": "other", "registered_there": False, "home_commune": PHAN_RANG,
        "home_address": "Số 0 phố Mẫu", "who": "self", "reason": "Đi học", "during": _days(on, 370),
        "destination_commune": None, "destination": "Ký túc xá Mẫu",
    }  # fmt: skip


def _stay(case: Case, on: date) -> dict[str, Any]:
    guest = {"name": "Võ Thị Khách", "paper": "number", "number": "999199000021"}
    return {k: v for k, v in _person(case).items() if k not in {"applicant_birth", "applicant_sex"}} | {
        "stays": "short", "place_kind": "home", "phone": "0199999001", "during": _days(on, 2),
        "arrival": "before", "reason": "Thăm người thân", "guests": [guest],
    }  # fmt: skip


ANSWERS: Mapping[str, Callable[[Case, date], dict[str, Any]]] = {
    "1.004194": _register, "1.002755": _renew, "1.003677": _away, "2.001159": _stay,
}  # fmt: skip


def _day(on: date, later: int) -> str:
    return (on + timedelta(days=later)).isoformat()


def _days(on: date, length: int) -> dict[str, str]:
    return {"from": on.isoformat(), "to": _day(on, length)}


def file_residence(now: datetime) -> None:
    """File the cases, oldest first, as they would have come."""
    police = agency(commune_agency(PHAN_RANG).replace("H43.", "G01.43."))
    calendar = calendar_for(police.id, (now.year - 1, now.year, now.year + 1))
    for number, (procedure, case) in sorted(enumerate(CASES), key=lambda pair: -pair[1][1].days_ago):
        start = start_of(number, case, calendar, now)
        file_case(
            f"residence-{number}", case, procedure=procedure, agency=police.identifier,
            answers=ANSWERS[procedure](case, local_day(start)), start=start, calendar=calendar, now=now,
        )  # fmt: skip
