"""Pure rules about persons: personal numbers, tax codes, phone numbers.

The structure of the personal number (three digits of the place where the birth was registered,
one for century and sex, two of the birth year, six free) is that of Decree 137/2015/ND-CP,
article 13. The place codes are those before July 2025, and may be a country's for births abroad:
whatever they say only warns (domain.md §10).
"""

import re
from dataclasses import dataclass
from datetime import date

from motcua.core.texts import Text

SCOPES = {  # what a token of the API may be allowed, each by itself
    "read": Text("xem những gì tài khoản được xem", "see what the account may see"),
    "write": Text("nộp, tải giấy tờ lên và thực hiện thao tác", "file, upload papers and act"),
    "webhooks": Text("đăng ký nhận tin khi hồ sơ thay đổi", "be told when dossiers change"),
}

_PLACES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 "
    "034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 "
    "067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096 "
)
PROVINCES_BEFORE_2025 = frozenset(_PLACES.split())
IMPOSSIBLE_PLACE = "999"  # no province and no country: what demo persons carry
_NUMBER = re.compile(r"^\d{12}$", re.ASCII)
_TAX = re.compile(r"^\d{10}(\d{3})?$", re.ASCII)
_PHONE = re.compile(r"^[1-9]\d{8,9}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """Outcome for one number: ``digits`` is empty when it is no number; warnings never refuse."""

    digits: str
    warnings: tuple[Text, ...] = ()


def _plain(text: str) -> str:
    return re.sub(r"[\s.\-()]", "", text)


def check_personal_number(text: str, *, birth_on: date | None = None, sex: str = "") -> NumberCheck:
    """Read a personal number of 12 digits; compare it with birth date and sex where they are known.

    ``sex`` is "male", "female" or anything else for unknown.
    """
    digits = _plain(text)
    if not _NUMBER.match(digits):
        return NumberCheck("")
    warnings = []
    if digits[:3] not in PROVINCES_BEFORE_2025:
        warnings.append(
            Text(
                "Ba số đầu không phải mã tỉnh trước tháng 7/2025.",
                "The first three digits are no province code.",
            )
        )
    century, year = int(digits[3]) // 2, int(digits[4:6])
    if birth_on is not None and birth_on.year != 1900 + 100 * century + year:
        warnings.append(
            Text("Năm sinh không khớp với số định danh.", "The birth year does not match the number.")
        )
    if sex in {"male", "female"} and (int(digits[3]) % 2 == 0) != (sex == "male"):
        warnings.append(Text("Giới tính không khớp với số định danh.", "The sex does not match the number."))
    return NumberCheck(digits, tuple(warnings))


def tax_code(text: str) -> str:
    """A business's number, 10 or 13 digits; "" when it is none."""
    digits = _plain(text)
    return digits if _TAX.match(digits) else ""


def phone(text: str) -> str:
    """``0912 345 678``, ``84912345678`` and ``+84 912 345 678`` → ``+84912345678``; "" when none of them."""
    digits = _plain(text)
    rest = re.sub(r"^(\+84|0084|84(?=\d{9,10}$)|0)", "", digits)
    return f"+84{rest}" if rest != digits and _PHONE.match(rest) else ""


def is_impossible(number: str) -> bool:
    """True for numbers that no living person can have: what the demo may use."""
    return number[:3] == IMPOSSIBLE_PLACE
