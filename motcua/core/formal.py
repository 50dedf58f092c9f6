"""Numbers, money and moments as official Vietnamese papers write them.

The number words of general libraries are wrong for this use ("một linh một", "hai mươi một"): these follow
the school grammar, with "linh" as the word for an empty place of tens ("lẻ" is the southern word).
"""

from datetime import date, datetime

from motcua.core.periods import VIETNAM, local_day

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
PLACES = ("", "nghìn", "triệu")
BILLION = 1_000_000_000
MOST = BILLION * BILLION  # first number that is not written


def number_words(number: int, *, empty_tens: str = "linh") -> str:
    """A whole number in words: 21 "hai mươi mốt", 1005 "một nghìn không trăm linh năm".

    ``empty_tens`` is "linh" or "lẻ". Raises ``ValueError`` below zero and from 10^18 on.
    """
    if not 0 <= number < MOST:
        raise ValueError(f"not written in words: {number}")
    return " ".join(_words(number, empty_tens, full=False)) or DIGITS[0]


def money_words(amount: int) -> str:
    """Whole đồng as a receipt has them: "Bảy nghìn đồng"."""
    words = number_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def money_figures(amount: int) -> str:
    """Whole đồng in figures: "7.000 đồng"."""
    return f"{amount:,}".replace(",", ".") + " đồng"


def date_words(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2026": days below 10 and months below 3 carry a zero (Decree 30/2020)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_words(moment: datetime) -> str:
    """ "16 giờ 05 phút, ngày 10 tháng 7 năm 2026", as it is in Viet Nam."""
    local = moment.astimezone(VIETNAM)
    return f"{local.hour} giờ {local.minute:02d} phút, {date_words(local_day(moment))}"


def _words(number: int, empty: str, *, full: bool) -> list[str]:
    """Below 10^18; ``full`` says that something stands before it, so that no place may be left out."""
    high, low = divmod(number, BILLION)
    words = [*_words(high, empty, full=full), "tỷ"] if high else []
    for power in (2, 1, 0):
        group = low // 1000**power % 1000
        if group:
            words += _group(group, empty, full=full or bool(words))
            words += [PLACES[power]] if power else []
    return words


def _group(group: int, empty: str, *, full: bool) -> list[str]:
    """Three digits, not all of them zero."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and ones:
        return [*words, empty, DIGITS[ones]] if words else [DIGITS[ones]]
    if tens == 1:
        words += ["mười"]
    elif tens:
        words += [DIGITS[tens], "mươi"]
    return [*words, _ones(ones, tens)] if ones else words


def _ones(ones: int, tens: int) -> str:
    """One, four and five change their word after a ten: "mốt", "tư" (not after ten itself), "lăm"."""
    if ones == 5:
        return "lăm"
    if tens > 1:
        return {1: "mốt", 4: "tư"}.get(ones, DIGITS[ones])
    return DIGITS[ones]
