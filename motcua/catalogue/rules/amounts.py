"""Time limits and fees as the national database prints them, read into amounts with their doubts."""

import re
from decimal import Decimal

from motcua.catalogue.rules.facts import UNKNOWN, Fee, Time
from motcua.core.folding import fold, nfc

_UNITS = {
    "ngay lam viec": "working_day",
    "ngay": "day",
    "gio lam viec": "working_hour",
    "gio": "hour",
    "phut": "minute",
    "tuan": "week",
    "thang": "month",
    "nam": "year",
}
_NOTHING = frozenset({"", "khong co thong tin", "khong", "khong co", "khong quy dinh", "khong xac dinh", "-"})
_FREE = frozenset({"mien phi", "khong thu phi", "khong thu", "mien le phi", "khong mat phi"})
_SPAN = re.compile(r"^(?:tu )?(\d+(?:[.,]\d{1,2})?)\s*(?:-|–|den)\s*(\d+(?:[.,]\d{1,2})?)\b\s*(.*)$")
_ONE = re.compile(r"^(?:khong qua |toi da )?(\d+(?:[.,]\d{1,2})?)(?![\d.,])\s*(.*)$")
_NUMBER = re.compile(r"^(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(.*)$")
_MONEY = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(trieu|nghin|ngan|ty)?\s*(?:dong|d\b|vnd|usd|/)")
_SCALE = {"": 1, "nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000}
_SET_ELSEWHERE = re.compile(
    r"hoi dong nhan dan|hdnd|muc (?:thu )?(?:phi|le phi|thu)|phi tham dinh|theo (?:muc|bieu)|phi sat hach"
    r"|thuc hien theo|nop (?:phi|le phi)|quy dinh muc thu"
)
_FREE_FOR_SOME = re.compile(
    r"(?:mien|giam)(?: thu| nop)? (?:phi|le phi)[^.;()]{0,60}?(?:cho|doi voi|neu|truong hop)"
)
LEAST_PLAUSIBLE = 1_000  # đồng: no fee of a Vietnamese procedure is smaller; below it a thousand was lost
LONGEST = {"minute": 10_000, "hour": 2_000, "working_hour": 2_000, "week": 200, "month": 120, "year": 50}


def read_time(raw: str, raw_unit: str, *, beside_money: bool = False) -> Time:
    """A limit with its unit. ``beside_money``: the fee column holds a bare "VNĐ" (see below).

    In the source "1" day and "20,000" VNĐ may be printed as "120,000": such a number is not a limit.
    """
    shown = nfc(f"{raw} {raw_unit}")
    text = fold(raw)
    unit = _UNITS.get(fold(raw_unit), UNKNOWN)
    if text in _NOTHING or text in {"0", "00"}:
        return Time(None, unit, None, shown, "time_unknown")
    span, one = _SPAN.match(text), _ONE.match(text)
    if span:
        least, amount, rest = _decimal(span[1]), _decimal(span[2]), span[3]
    elif one:
        least, amount, rest = None, _decimal(one[1]), one[2]
    else:
        return Time(None, unit, None, shown, "time_implausible")
    if unit == UNKNOWN:
        unit = next((u for words, u in _UNITS.items() if rest.startswith(words)), UNKNOWN)
    if beside_money or amount == 0 or amount > LONGEST.get(unit, 3_650 if unit != UNKNOWN else 365):
        return Time(None, UNKNOWN, None, shown, "time_implausible")
    if least is not None and least >= amount:
        least = None
    return Time(amount, unit, least, shown, "time_unit_unknown" if unit == UNKNOWN else "")


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def read_fee(raw: str, raw_note: str) -> Fee:
    """A fee in whole units of its currency, with its note; a note that says otherwise is a contradiction."""
    text, note = fold(raw), split_note(raw_note)[0]
    shown = nfc(raw)
    told = _about_money(raw_note)
    if text in _NOTHING:
        return Fee(None, "", False, note, False, shown, "fee_unknown")
    amount, currency = (0, "VND") if text in _FREE else _amount(text)
    if amount is None:
        return Fee(None, "", False, note, False, shown, "fee_unknown")
    named = _amounts(told)
    if amount == 0:
        doubted = any(named) or bool(_SET_ELSEWHERE.search(told)) or bool(_FREE_FOR_SOME.search(told))
        flag = "fee_contradiction" if doubted else ""
        return Fee(None if doubted else 0, currency, not doubted, note, doubted, shown, flag)
    if currency == "VND" and amount < LEAST_PLAUSIBLE:
        contradicted = any(named)
        flag = "fee_contradiction" if contradicted else "fee_implausible"
        return Fee(None, currency, False, note, contradicted, shown, flag)
    doubted = bool(named) and amount not in named
    return Fee(amount, currency, False, note, doubted, shown, "fee_contradiction" if doubted else "")


def _amount(text: str) -> tuple[int | None, str]:
    found = _NUMBER.match(text)
    if not found or len(found[1]) > 20:
        return None, ""
    currency = {"viet nam dong": "VND", "vnd": "VND", "dong": "VND", "d": "VND", "": "VND"}.get(
        found[2].strip(" ./"), found[2].strip(" ./").upper()
    )
    return int(re.sub(r"[.,]", "", found[1])), currency[:3]


def _about_money(note: str) -> str:
    """The part of a note that speaks of the fee: its leading brackets, and other clauses that name a fee."""
    folded = fold(note)
    inside, rest = _brackets(folded)
    said = [part for part in re.split(r"[.;]\s", rest) if re.search(r"\b(?:phi|le phi)\b", part)]
    return " . ".join([inside, *said])


def _brackets(text: str) -> tuple[str, str]:
    """The text in leading brackets (an unclosed bracket holds all) and what follows."""
    text = re.sub(r"(?i)^(?:vnd|vnđ)\s*", "", text)
    if not text.startswith("("):
        return "", text
    depth = 0
    for at, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return text[1:at], text[at + 1 :]
    return text[1:], ""


def _amounts(text: str) -> set[int]:
    """Amounts of money named in a folded text, in whole units, from 1,000 upwards."""
    found = set()
    for number, scale in _MONEY.findall(text):
        if len(number) <= 20:
            value = int(re.sub(r"[.,]", "", number)) * _SCALE[scale]
            found |= {value} if value >= LEAST_PLAUSIBLE else set()
    return found


def split_note(raw_note: str) -> tuple[str, str]:
    """The note on the fee and the note on the way of filing, which the source prints in one column."""
    inside, rest = _brackets(nfc(raw_note))
    if inside or not re.search(r"\b(?:phi|le phi)\b", fold(rest)):
        return nfc(inside), nfc(rest)
    return nfc(rest), ""


def bare_money(raw_fee: str, raw_note: str) -> bool:
    """True for an empty fee whose note begins with the currency: the amount ran into the time."""
    return fold(raw_fee) == "" and fold(raw_note).startswith(("vnd", "viet nam dong", "usd"))
