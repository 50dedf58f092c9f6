"""Whole numbers in words, in both languages, below 10^18."""

from motcua.core.formal import number_words

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ("", "thousand", "million", "billion", "trillion")


def in_vietnamese(number: int) -> str:
    """As ``formal.number_words``; negative numbers carry "âm"."""
    return f"âm {number_words(-number)}" if number < 0 else number_words(number)


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
