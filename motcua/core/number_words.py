"""Whole numbers in words: Vietnamese as official papers write them, and English."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")  # then "tỷ", and again
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ("", "thousand", "million", "billion", "trillion")


def _below_thousand(number: int, *, full: bool) -> list[str]:
    """Three digits; ``full`` says the hundreds (and the "linh" of a missing ten) even when they are zero."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return [*words, *(["linh"] if words else []), _DIGITS[ones]] if ones else words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        words.append("mốt")
    elif ones == 5:
        words.append("lăm")
    elif ones:
        words.append(_DIGITS[ones])
    return words


def _below_billion(number: int, *, full: bool) -> list[str]:
    words: list[str] = []
    for place in (2, 1, 0):
        group = number // 1000**place % 1000
        if group:
            words += _below_thousand(group, full=full or bool(words))
            words += [_GROUPS[place]] if place else []
    return words


def in_vietnamese(number: int) -> str:
    """``1_500_005`` → ``một triệu năm trăm nghìn không trăm linh năm``; negative numbers carry "âm"."""
    if number < 0:
        return f"âm {in_vietnamese(-number)}"
    billions, rest = divmod(number, 10**9)
    words = [in_vietnamese(billions), "tỷ"] if billions else []
    words += _below_billion(rest, full=bool(billions))
    return " ".join(words) or _DIGITS[0]


def _english_group(number: int) -> list[str]:
    words = [_ONES[number // 100], "hundred"] if number >= 100 else []
    rest = number % 100
    if not rest:
        return words
    words += ["and"] if words else []
    if rest < 20:
        return [*words, _ONES[rest]]
    return [*words, _TENS[rest // 10] + (f"-{_ONES[rest % 10]}" if rest % 10 else "")]


def in_english(number: int) -> str:
    """``1_500_005`` → ``one million five hundred thousand and five``. Up to 999 trillion."""
    if number < 0:
        return f"minus {in_english(-number)}"
    words: list[str] = []
    for place in range(len(_SCALES) - 1, -1, -1):
        group = number // 1000**place % 1000
        if group:
            words += ["and"] if place == 0 and words and group < 100 else []
            words += _english_group(group) + ([_SCALES[place]] if place else [])
    return " ".join(words) or _ONES[0]
