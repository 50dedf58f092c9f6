"""Who is in the demo (contract.md): persons are made up, their numbers cannot exist. Data only."""

from dataclasses import dataclass
from datetime import date

from motcua.core.actor import Role

PHAN_RANG = "22759"
DONG_HAI = "22780"


@dataclass(frozen=True, slots=True)
class Someone:
    """A made-up person; the number begins with 999, which is no province and no country."""

    full_name: str
    number: str
    kind: str = "citizen"
    birth_on: date | None = None
    sex: str = ""
    residence: str = PHAN_RANG
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """An account: who it is (printed at start), its person, its roles at an agency.

    ``at`` is an identifier, or a commune's code with ``police`` before it for the police there.
    """

    username: str
    who: str
    name: str
    person: Someone | None = None
    at: str = ""
    roles: tuple[Role, ...] = ()
    helper: bool = False


def _citizen(name: str, number: str, birth_on: date, sex: str, residence: str) -> Someone:
    phone = f"0199999{number[-3:]}"  # no such prefix since 2018
    return Someone(name, number, "citizen", birth_on, sex, residence, "Số 0 phố Mẫu", phone)


def _officer(username: str, who: str, name: str, at: str, *roles: Role) -> Account:
    return Account(username, who, name, None, at, roles)


_CITIZEN = _citizen("Trần Thị Thử", "999196000001", date(1996, 3, 14), "female", PHAN_RANG)
_CITIZEN2 = _citizen("Lê Văn Mẫu", "999090000002", date(1990, 9, 2), "male", DONG_HAI)
_HELPER = _citizen("Phạm Thị Giúp", "999188000003", date(1988, 1, 20), "female", PHAN_RANG)
_BUSINESS = Someone("Công ty TNHH Mẫu Thử", "9990000004", "business", phone="0199999004")

ACCOUNTS = (
    Account("citizen", "lives in Phường Phan Rang: files, follows, downloads", _CITIZEN.full_name, _CITIZEN),
    Account(
        "citizen2",
        "lives in Phường Đông Hải: the same; may act for the company",
        _CITIZEN2.full_name,
        _CITIZEN2,
    ),
    Account(
        "helper", "registered helper: files for people who cannot", _HELPER.full_name, _HELPER, helper=True
    ),
    Account("business", "a company: files in its own name", _BUSINESS.full_name, _BUSINESS),
    _officer(
        "desk",
        "one-stop desk of Phường Phan Rang: receives, asks for what is missing, hands over",
        "Vũ Một Cửa",
        PHAN_RANG,
        Role.DESK,
    ),
    _officer(
        "specialist", "justice officer there: checks and drafts", "Đỗ Tư Pháp", PHAN_RANG, Role.SPECIALIST
    ),
    _officer("signatory", "signs there", "Hồ Ký Thử", PHAN_RANG, Role.SIGNATORY),
    _officer("desk2", "one-stop desk of Phường Đông Hải", "Vũ Hai", DONG_HAI, Role.DESK),
    _officer("specialist2", "justice officer there", "Đỗ Hai", DONG_HAI, Role.SPECIALIST),
    _officer("signatory2", "signs there", "Hồ Hai", DONG_HAI, Role.SIGNATORY),
    _officer(
        "police",
        "police of Phường Phan Rang: receives and handles residence matters",
        "Mai Khu Vực",
        f"police {PHAN_RANG}",
        Role.DESK,
        Role.SPECIALIST,
    ),
    _officer(
        "police2",
        "signs for the police of Phường Phan Rang",
        "Chu Trưởng Thử",
        f"police {PHAN_RANG}",
        Role.SIGNATORY,
    ),
    _officer("leader", "leads the province: looks at the board", "Dương Tỉnh Mẫu", "H43", Role.LEADER),
    _officer(
        "controller",
        "controls procedures at the province's office",
        "Lý Kiểm Soát",
        "H43.01",
        Role.CONTROLLER,
    ),
    _officer("designer", "designs services for the province", "Tô Thiết Kế", "H43.04", Role.DESIGNER),
    _officer("inspector", "looks whether the figures are honest", "Thái Thanh Tra", "H43", Role.INSPECTOR),
    _officer("operator", "runs the site", "Hà Vận Hành", "H43", Role.OPERATOR),
)

# At the demo's identity provider: user name → the level at which it has identified that person.
# "newcomer" has no account at the portal: that is what a first sign-in looks like.
NEWCOMER = Account(
    "newcomer", "known to the demo identity provider only", "Ngô Thị Mới",
    _citizen("Ngô Thị Mới", "999194000009", date(1994, 5, 6), "female", PHAN_RANG),
)  # fmt: skip
PROVIDER_LEVELS = {"citizen": 2, "citizen2": 1, "helper": 2, "newcomer": 2}
