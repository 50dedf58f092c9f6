"""What an identity provider says of somebody, read with suspicion; no claim here proves anything alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.people.rules import check_personal_number, phone

# the standard claims of OpenID Connect; a provider's own names are given beside them
USUAL = {
    "name": "name",
    "number": "personal_number",
    "birth": "birthdate",
    "sex": "gender",
    "phone": "phone_number",
    "email": "email",
}
SEXES = {"male": "male", "female": "female", "nam": "male", "nữ": "female"}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody whom a provider has just named. ``personal_number`` is plain text: never log it.

    ``level`` is a number of ``assurance.toml``, 0 where the provider said none that is known.
    """

    issuer: str
    subject: str
    level: int = 0
    full_name: str = ""
    personal_number: str = ""
    birth_on: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""


class SubjectMissing(ValueError):
    """The provider named nobody."""


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name, "")
    return " ".join(str(value).split())[:LONGEST] if isinstance(value, str | int) else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_arrival(claims: Mapping[str, Any], *, issuer: str, level: int, names: Mapping[str, str]) -> Arrival:
    """Claims as an ``Arrival``; what cannot be read is left out. Raises ``SubjectMissing``.

    ``names``: our name → the provider's, for those that differ from the standard ones.
    """
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or len(subject) > 255:
        raise SubjectMissing
    called = {**USUAL, **names}
    read = {ours: _text(claims, theirs) for ours, theirs in called.items()}
    return Arrival(
        issuer=issuer,
        subject=subject,
        level=level,
        full_name=read["name"],
        personal_number=check_personal_number(read["number"]).digits,
        birth_on=_day(read["birth"]),
        sex=SEXES.get(read["sex"].lower(), ""),
        phone=phone(read["phone"]),
        email=read["email"] if "@" in read["email"] else "",
    )
