"""Codes that people read aloud: procedures, agencies, dossiers (domain.md §2)."""

import re
from datetime import date

PROCEDURE_CODE = re.compile(r"^\d\.\d{6}$")
AGENCY_IDENTIFIER = re.compile(r"^[A-Z]\d{2}(\.\d{1,3}){0,3}$")
DOSSIER_CODE = re.compile(r"^[A-Z]\d{2}(?:\.\d{1,3}){0,3}-\d{6}-\d{4,6}$")


def dossier_code(agency: str, on: date, number: int) -> str:
    """``H43.12-260710-0001``: deciding agency at submission, yymmdd, number of that day [M]."""
    return f"{agency}-{on:%y%m%d}-{number:04d}"


def root_of(agency: str) -> str:
    """``H43`` of ``H43.12``: the ministry or province at the root of an identifier."""
    return agency.split(".", 1)[0]


def block_of(agency: str) -> str:
    """``ministry`` for identifiers that start with G, ``local`` for H (contract.md)."""
    return {"G": "ministry", "H": "local"}.get(agency[:1], "other")
