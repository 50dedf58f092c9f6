"""A busy morning at the main desk of the demo: what came in over the last days and is still open."""

from datetime import datetime

from motcua.agencies.queries import agency, calendar_for
from motcua.demo.operations.cases import Case, Deed, file_case, start_of
from motcua.demo.operations.dossiers import PROCEDURE, answers_of
from motcua.demo.operations.province import commune_agency
from motcua.demo.people import DONG_HAI, PHAN_RANG

Person = tuple[str, str, str, str]


def _person(name: str, end: int, birth_on: str, sex: str) -> Person:
    """A made-up person; the number begins with 999, which is no province and no country."""
    return name, f"9990{birth_on[2:4]}{end:06d}", birth_on, sex


_DAO = _person("Báo Thị Đào", 31, "1987-02-11", "female")
_HAI = _person("Châu Văn Hải", 32, "1991-06-20", "male")
_LAN = _person("Đạo Thị Lan", 33, "1979-10-02", "female")
_MINH = _person("Hán Văn Minh", 34, "1968-04-17", "male")
_NGA = _person("Kiều Thị Nga", 35, "1995-12-09", "female")
_PHUC = _person("Lưu Văn Phúc", 36, "1983-03-25", "male")
_QUYEN = _person("Mang Thị Quyên", 37, "1999-01-30", "female")
_SON = _person("Nại Văn Sơn", 38, "1974-08-14", "male")
_TUYET = _person("Phú Thị Tuyết", 39, "1962-05-06", "female")
_UT = _person("Quảng Văn Út", 40, "1990-11-21", "male")
_VAN = _person("Thành Thị Vân", 41, "1986-09-03", "female")
_XUAN = _person("Từ Thị Xuân", 42, "1958-02-19", "female")

_RECEIVE = Deed(45, "desk", "receive")
_TAKE = Deed(120, "specialist", "assign")
_FOUND = {"residence_readable": True, "ask_former": False, "found": "Không có đăng ký kết hôn."}
_VERIFY = Deed(300, "specialist", "complete_step", {"step": "verify", "findings": _FOUND})
_DRAFT = Deed(480, "specialist", "complete_step", {"step": "draft", "findings": {"agrees": True}})
_UNCLEAR = {"component": "", "reason": "Chưa rõ", "text": "Ghi rõ thời gian cư trú trước năm 2010."}
_ASK = Deed(100, "desk", "request_supplement", {"items": [_UNCLEAR]})
_ANSWER = Deed(520, "helper", "supplement", {"answer": "Trước năm 2010 tôi ở phường Đông Hải."})
_QUESTION = "Người này có đăng ký kết hôn tại phường Đông Hải trước năm 2010 không?"


def _online(days_ago: int, who: Person, *deeds: Deed) -> Case:
    return Case(days_ago, "helper", who, deeds, filed_by="helped")


def _counter(days_ago: int, who: Person, *deeds: Deed) -> Case:
    return Case(days_ago, "desk", who, (_RECEIVE, *deeds), filed_by="officer", channel=1)


def _cases() -> tuple[Case, ...]:
    """What came in; the agency that is asked is there only once the province is."""
    asked = Deed(200, "specialist", "consult", {"agency": commune_agency(DONG_HAI), "question": _QUESTION})
    return (
        _online(0, _DAO),
        _online(1, _HAI),
        _online(1, _LAN),
        _online(2, _MINH),  # not received in time
        Case(1, "desk", _XUAN, filed_by="officer", channel=3, papers=("identity_copy",)),
        _counter(1, _NGA),
        _counter(1, _PHUC),
        _counter(2, _QUYEN, _TAKE),
        _counter(3, _SON, _TAKE),  # due soon
        _counter(3, _TUYET),
        _counter(5, _UT, _TAKE),  # overdue
        _counter(6, _VAN, _VERIFY),
        _counter(2, _DAO, _TAKE, asked),
        _counter(2, _HAI, _VERIFY),
        _counter(3, _LAN, _VERIFY, _DRAFT),
        _online(1, _PHUC, _ASK),
        _online(2, _NGA, _ASK, _ANSWER),
        _online(3, _QUYEN, _ASK, _ANSWER),
    )


def file_morning(now: datetime) -> None:
    """File the cases, oldest first, as they would have come."""
    calendar = calendar_for(agency(commune_agency(PHAN_RANG)).id, (now.year - 1, now.year, now.year + 1))
    for number, case in sorted(enumerate(_cases()), key=lambda pair: -pair[1].days_ago):
        file_case(
            f"morning-{number}", case, procedure=PROCEDURE, agency=commune_agency(case.commune),
            answers=answers_of(case), start=start_of(number, case, calendar, now), calendar=calendar, now=now,
        )  # fmt: skip
