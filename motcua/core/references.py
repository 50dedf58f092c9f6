"""Codes that people read aloud: procedures, agencies, dossiers (domain.md §2)."""

import re
from datetime import date

PROCEDURE_CODE = re.compile(r"^\d\.\d{6}$")
AGENCY_IDENTIFIER = re.compile(r"^[A-Z]\d{2}(\.\d{1,3}){0,3}$")
DOSSIER_CODE = re.compile(r"^[A-Z]\d{2}(?:\.\d{1,3}){0,3}-\d{6}-\d{4,6}$")


_OLDER = re.compile(r"^(\d{3})\.(\d{2,3})\.(\d{2,3})\.([A-Z]\d{2})$")
_LOCAL = re.compile(r"^(\d\.\d{6})(\.\d{2,3}){3}\.[A-Z]\d{2}(\.\d{2})?$")


def agency_identifier(text: str) -> str:
    """An identifier as Decision 20/2020 writes it: the older ``000.00.12.H30`` becomes ``H30.12``.

    Anything else comes back as it is, without blanks and in capitals.
    """
    given = text.strip().upper()
    older = _OLDER.match(given)
    if older is None:
        return given
    *below, root = older.groups()
    return ".".join([root, *(part for part in reversed(below) if part.strip("0"))])


def procedure_code(text: str) -> str:
    """The national code of a procedure: ``1.004873`` of the local form ``1.004873.000.00.00.H56``."""
    given = text.strip()
    local = _LOCAL.match(given)
    return local.group(1) if local else given


def dossier_code(agency: str, on: date, number: int) -> str:
    """``H43.12-260710-0001``: deciding agency at submission, yymmdd, number of that day [M]."""
    return f"{agency}-{on:%y%m%d}-{number:04d}"


def root_of(agency: str) -> str:
    """``H43`` of ``H43.12``: the ministry or province at the root of an identifier."""
    return agency.split(".", 1)[0]


def block_of(agency: str) -> str:
    """``ministry`` for identifiers that start with G, ``local`` for H (contract.md)."""
    return {"G": "ministry", "H": "local"}.get(agency[:1], "other")
