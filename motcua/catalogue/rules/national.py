"""Records and list rows of the national procedure database, read into Facts or refused with a reason."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from motcua.catalogue.rules.amounts import bare_money, read_fee, read_time, split_note
from motcua.catalogue.rules.facts import Facts, Method, Paper, Result, merge
from motcua.core.folding import fold, nfc
from motcua.core.references import AGENCY_IDENTIFIER, PROCEDURE_CODE

CHANNELS = {"truc tiep": 1, "truc tuyen": 2, "dich vu buu chinh": 3, "buu chinh": 3, "buu chinh cong ich": 3}
LEVELS = {"cap bo": "ministry", "cap tinh": "province", "cap xa": "commune", "co quan khac": "other"}
SUBJECTS = (  # names that hold commas themselves; the rest is split at commas
    "Cán bộ, công chức, viên chức",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
)
LIST_COLUMNS = {  # folded headings of the list export
    "ma so": "code",
    "ma thu tuc": "code",
    "ma tthc": "code",
    "ten": "name",
    "ten thu tuc": "name",
    "ten thu tuc hanh chinh": "name",
    "co quan ban hanh": "agency",
    "co quan cong bo": "agency",
    "co quan thuc hien": "performing",
    "linh vuc": "field",
}
MOST = {"code": 20, "name": 1000, "agency_code": 30, "agency": 250, "field": 250}
MOST_ROWS = 2_000
MOST_COPIES = 20  # more is a number of the form that ran into the count ("Mẫu …/2024" + "1")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff\ufffe\uffff]")
_CONNECTOR = frozenset({"", "hoac", "va", "va hoac", "co chung thuc hoac", "gom", "bao gom", "mau"})


class Refused(Exception):
    """A line that cannot be a procedure; ``args[0]`` is the reason for a person to read."""


def read_record(record: object) -> Facts:
    """One record of the national database. Raises Refused, naming the field."""
    if not isinstance(record, Mapping):
        raise Refused("not an object")
    facts = Facts(
        code=read_code(_text(record, "code", needed=True)),
        name_vi=_line(record, "name", needed=True),
        name_en=_line(record, "name_en"),
        agency_code=_agency(_line(record, "agency_code")),
        agency_name=_line(record, "agency"),
        field=_line(record, "field"),
        kind=_line(record, "kind"),
        decision=_line(record, "decision"),
        levels=_levels(_text(record, "levels")),
        subjects=split_names(_text(record, "subjects"), SUBJECTS, everywhere=True),
        competent=split_names(_text(record, "competent")),
        performing=split_names(_text(record, "performing")),
        coordinating=split_names(_text(record, "coordinating")),
        steps=_text(record, "steps"),
        conditions=_text(record, "conditions"),
        methods=tuple(_method(m) for m in _rows(record, "methods")),
        papers=tuple(_paper(p) for p in _rows(record, "papers")),
        results=tuple(_result(r) for r in _rows(record, "results")),
        legal=_legal(record),
        url=_line(record, "url"),
    )
    return merge([facts])


def read_row(cells: Mapping[str, object], codes: Mapping[str, str]) -> Facts:
    """One row of the list export: ``cells`` by column (LIST_COLUMNS), ``codes`` of ministries by name."""
    code = cells.get("code")
    text = f"{code:.6f}" if isinstance(code, float) else str(code or "")
    row = {k: str(v) for k, v in cells.items() if v is not None and k != "code"}
    agency = _line(row, "agency")
    facts = Facts(
        code=read_code(clean(text)),
        name_vi=_line(row, "name", needed=True),
        agency_code=codes.get(agency, ""),
        agency_name=agency,
        field=_line(row, "field"),
        performing=split_names(_text(row, "performing")),
    )
    return merge([facts])


def read_code(text: str) -> str:
    """A national procedure code without surrounding spaces. Raises Refused."""
    code = nfc(text)
    if PROCEDURE_CODE.match(code):
        return code
    if re.match(r"^\d\.\d{6}\.[\d.]+H\d\d$", code):
        raise Refused(f"“{code}” is the code of one province's copy, not a national code")
    raise Refused(f"“{code[:40]}” is not a procedure code (d.dddddd)")


def clean(text: str) -> str:
    """NFC without control and invisible characters, line breaks kept, ends trimmed. Raises Refused."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Refused("holds half of a character (a lone surrogate)") from None
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (nfc(line) for line in text.split("\n"))
    return "\n".join(lines).strip()


def _text(record: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = record.get(key)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise Refused(f"“{key}” is {_kind(value)}, not text")
    value = clean(value)
    if needed and not value:
        raise Refused(f"“{key}” is missing")
    return value


def _line(record: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = nfc(_text(record, key, needed=needed))
    if len(value) > MOST.get(key, 1000):
        raise Refused(f"“{key}” is longer than {MOST.get(key, 1000)} characters")
    return value


def _rows(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = record.get(key)
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(r, Mapping) for r in rows):
        raise Refused(f"“{key}” is not a list of objects")
    if len(rows) > MOST_ROWS:
        raise Refused(f"“{key}” holds more than {MOST_ROWS} rows")
    return rows


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), "of another kind")


def _agency(code: str) -> str:
    if code and not AGENCY_IDENTIFIER.match(code):
        raise Refused(f"“agency_code” “{code[:40]}” is not an agency identifier")
    return code


def _levels(text: str) -> tuple[str, ...]:
    found = {LEVELS.get(fold(part), "other") for part in re.split(r"[,;\n]", text) if fold(part)}
    return tuple(level for level in LEVELS.values() if level in found)


def split_names(text: str, whole: Iterable[str] = (), *, everywhere: bool = False) -> tuple[str, ...]:
    """Names in one cell: at line breaks and semicolons, and at commas before a capital letter.

    Names in ``whole`` hold commas themselves. Order is kept, a repeated name is dropped.
    """
    for number, name in enumerate(whole):
        text = text.replace(name, f"\x00{number}\x00")
    parts = re.split(r"[\n;]|,\s*(?=[^\W\d_a-zà-ỹđ])|,\s*(?=\x00)|(?<=\x00),\s*", text)
    if everywhere:
        parts = [p for part in parts for p in part.split(",")]
    names = []
    for part in parts:
        for number, name in enumerate(whole):
            part = part.replace(f"\x00{number}\x00", name)
        names.append(nfc(part).strip(" ,.;"))
    return tuple(dict.fromkeys(n for n in names if n))


def _method(row: Mapping[str, Any]) -> Method:
    fee, note = _text(row, "fee"), _text(row, "fee_note")
    time = read_time(_text(row, "time"), _text(row, "unit"), beside_money=bare_money(fee, note))
    return Method(CHANNELS.get(fold(_text(row, "mode")), 0), time, read_fee(fee, note), split_note(note)[1])


def _paper(row: Mapping[str, Any]) -> Paper:
    name, group = _text(row, "name"), _text(row, "group")
    originals, odd = _count(row, "originals")
    copies, odd_too = _count(row, "copies")
    bare = fold(name).strip(" .,;:-+()") in _CONNECTOR
    is_note = bare or (originals == 0 and copies == 0)
    flag = "paper_count_implausible" if (odd or odd_too) and not is_note else ""
    template = _text(row, "template")
    return Paper(name or group, group if name else "", template, originals, copies, is_note, flag)


def _count(row: Mapping[str, Any], key: str) -> tuple[int | None, bool]:
    """A number of copies, None where it is unknown; and whether the source states an impossible one."""
    value = row.get(key)
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) < 9:
        value = int(value)
    if value is None or value == "":
        return None, False
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        raise Refused(f"“{key}” of a paper is not a number")
    return (int(value), False) if 0 <= value <= MOST_COPIES else (None, True)


def _result(row: Mapping[str, Any]) -> Result:
    return Result(_text(row, "name"), _text(row, "code"))


def _legal(record: Mapping[str, Any]) -> tuple[str, ...]:
    rows = record.get("legal")
    if rows is None:
        return ()
    if not isinstance(rows, list) or not all(isinstance(r, str) for r in rows):
        raise Refused("“legal” is not a list of texts")
    return tuple(dict.fromkeys(t for t in (nfc(clean(r)) for r in rows[:MOST_ROWS]) if t))
