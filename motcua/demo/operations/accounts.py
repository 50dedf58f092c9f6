"""Making the accounts of the demo."""

import secrets
from datetime import date, datetime

from motcua.agencies.operations import appoint
from motcua.core.actor import SYSTEM
from motcua.demo.operations.province import commune_agency
from motcua.demo.people import ACCOUNTS, Someone
from motcua.people.operations import create_account, create_person, hash_password
from motcua.people.operations.mandates import give_mandate

POSTS_FROM = date(2022, 1, 1)


def new_password() -> str:
    """The one password of a demo home: random, easy to type."""
    return "-".join(secrets.token_hex(2) for _ in range(4))


def _agency(at: str) -> str:
    if at.startswith("police "):
        return commune_agency(at.removeprefix("police ")).replace("H43.", "G01.43.")
    return commune_agency(at) if at.isdigit() else at


def _person(username: str, someone: Someone, now: datetime) -> int:
    return create_person(
        full_name=someone.full_name,
        kind=someone.kind,
        personal_number=someone.number,
        birth_on=someone.birth_on,
        sex=someone.sex,
        ethnicity="Kinh" if someone.kind == "citizen" else "",
        nationality="Việt Nam" if someone.kind == "citizen" else "",
        residence_code=someone.residence,
        address_line=someone.address,
        phone=someone.phone,
        email=f"{username}@demo.invalid",
        fictional=True,
        actor=SYSTEM,
        now=now,
    )


def create_accounts(password: str, now: datetime) -> None:
    """All demo accounts, with their persons and posts. Their one password is hashed once."""
    kept = hash_password(password)
    persons: dict[str, int] = {}
    for account in ACCOUNTS:
        if account.person:
            persons[account.username] = _person(account.username, account.person, now)
        user = create_account(
            username=account.username,
            password=kept,
            hashed=True,
            display_name=account.name,
            person_id=persons.get(account.username),
            email=f"{account.username}@demo.invalid",
            is_helper=account.helper,
            actor=SYSTEM,
            now=now,
        )
        for role in account.roles:
            at = _agency(account.at)
            appoint(user_id=user, agency=at, role=role, from_on=POSTS_FROM, actor=SYSTEM, now=now)
    give_mandate(
        business_id=persons["business"],
        representative_id=persons["citizen2"],
        capacity="Giám đốc",
        source="Giấy chứng nhận đăng ký doanh nghiệp (hư cấu)",
        from_on=POSTS_FROM,
        actor=SYSTEM,
        now=now,
    )
