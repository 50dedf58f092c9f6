"""Codes that people read aloud: procedures, agencies, dossiers (domain.md §2)."""

import re
from datetime import date

PROCEDURE_CODE = re.compile(r"^\d\.\d{6}$")
AGENCY_IDENTIFIER = re.compile(r"^[A-Z]\d{2}(\.\d{1,3}){0,3}$")
DOSSIER_CODE = re.compile(r"^[A-Z]\d{2}(?:\.\d{1,3}){0,3}-\d{6}-\d{4,6}$")
MOST_READINGS = 6  # of one code that was typed without its marks
_TYPED = re.compile(r"^[A-Z]\d{12,21}$")
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


def dossier_codes(typed: str) -> tuple[str, ...]:
    """What codes somebody may have meant who typed one by hand, the likeliest first; none when it is no code.

    Small letters, any marks or blanks between the parts or none: ``h43.23 261128 0002``, ``H43232611280002``.
    The last four to six digits count the day's requests, the six before are a day, the rest is the agency.
    """
    if DOSSIER_CODE.match(typed.strip().upper()):
        return (typed.strip().upper(),)
    pieces = re.findall(r"[^\W_]+", typed.upper())
    whole = "".join(pieces)
    if not _TYPED.match(whole):
        return ()
    breaks, at = set(), 0
    for piece in pieces:
        at += len(piece)
        breaks.add(at)
    found = []
    for number in (4, 5, 6):
        agency, day, count = whole[: -6 - number], whole[-6 - number : -number], whole[-number:]
        if len(agency) >= 3 and _is_day(day):
            found += [
                (_broken(agency, parts, breaks), number, parts, day, count) for parts in _parts(agency[3:])
            ]
    found.sort(key=lambda f: (f[0], f[1], [abs(len(part) - 2) for part in f[2]]))
    codes = (f"{'.'.join([whole[:3], *parts])}-{day}-{count}" for _, _, parts, day, count in found)
    return tuple(codes)[:MOST_READINGS]


def _is_day(digits: str) -> bool:
    try:
        return bool(date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:])))
    except ValueError:
        return False


def _parts(digits: str, most: int = 3) -> list[tuple[str, ...]]:
    """All ways to cut digits into at most three parts of one to three digits."""
    if not digits:
        return [()]
    ways = range(1, min(3, len(digits)) + 1) if most else ()
    return [(digits[:n], *rest) for n in ways for rest in _parts(digits[n:], most - 1)]


def _broken(agency: str, parts: tuple[str, ...], breaks: set[int]) -> int:
    """How many marks typed inside the agency's part are not where these parts end, or are lacking."""
    ends, at = {3}, 3
    for part in parts:
        at += len(part)
        ends.add(at)
    return len(ends ^ {b for b in breaks if b <= len(agency)})


def root_of(agency: str) -> str:
    """``H43`` of ``H43.12``: the ministry or province at the root of an identifier."""
    return agency.split(".", 1)[0]


def block_of(agency: str) -> str:
    """``ministry`` for identifiers that start with G, ``local`` for H (contract.md)."""
    return {"G": "ministry", "H": "local"}.get(agency[:1], "other")
