"""Template filters of the site; loaded into every template."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from motcua.core.periods import VIETNAM
from motcua.core.texts import Text

register = template.Library()


class Fixed(template.Node):
    """See ``fixed``."""

    def __init__(self, inside: template.NodeList, by: list[FilterExpression]) -> None:
        self.nodelist, self._by = inside, by
        self._kept: dict[tuple[object, ...], str] = {}

    def render(self, context: template.Context) -> SafeString:
        """What was made before for this language and these values, else made now and kept."""
        key = (get_language(), *(value.resolve(context) for value in self._by))
        if key not in self._kept:
            self._kept[key] = self.nodelist.render(context)
        return mark_safe(self._kept[key])  # noqa: S308 - rendered, and so escaped, by the template itself


@register.tag
def fixed(parser: Parser, token: Token) -> Fixed:
    """``{% fixed a b %}…{% endfixed %}``: made once a process for each language and values of a and b.

    For what stands on every page and depends on nothing else: neither on who reads it nor on the address. The
    values are settings, so few.
    """
    by = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(inside, by)


@register.filter
def text(value: object) -> str:
    """A ``Text`` in the page's language; a plain string as it is; nothing for None."""
    if isinstance(value, Text):
        return value.to(get_language() or "vi")
    return "" if value is None else str(value)


@register.filter
def unbulleted(value: str) -> str:
    """A line of a national record without the dash that stands for a bullet there."""
    return value.lstrip("-+•*– \t\n")


@register.filter
def day(value: date | datetime | str | None) -> str:
    """``dd/mm/yyyy`` in Viet Nam; takes ISO strings too; nothing for None."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            return str(value)
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM).date()
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else ""


@register.filter
def moment(value: datetime | None) -> str:
    """``dd/mm/yyyy HH:MM`` in Viet Nam; nothing for None."""
    return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if isinstance(value, datetime) else ""


@register.filter
def iso(value: datetime | None) -> str:
    """For ``<time datetime>``, in whole seconds: HTML allows no more than three digits; nothing for None."""
    return value.astimezone(VIETNAM).isoformat(timespec="seconds") if isinstance(value, datetime) else ""


@register.filter
def grouped(value: int | None) -> str:
    """A whole number in groups of three, as the page's language writes it."""
    if value is None:
        return ""
    english = (get_language() or "vi").startswith("en")
    return f"{value:,}" if english else f"{value:,}".replace(",", ".")


@register.filter
def vnd(value: int | Decimal | None) -> str:
    """An amount in whole đồng: ``1.234.567 đồng``; ``1,234,567 VND`` in English."""
    if value is None:
        return ""
    english = (get_language() or "vi").startswith("en")
    return f"{grouped(int(value))} {'VND' if english else 'đồng'}"


@register.filter
def percent(value: Decimal | float | None) -> str:
    """A value that is already per cent: ``55,5 %``; at most two decimals, no trailing zeros."""
    if value is None:
        return "–"
    number = f"{Decimal(str(value)):.2f}".rstrip("0").rstrip(".")
    english = (get_language() or "vi").startswith("en")
    return f"{number}%" if english else f"{number.replace('.', ',')}%"


@register.filter
def decimals(value: Decimal | None) -> str:
    """Four decimals, as outside indices are published: ``46,0002``; a dash for None."""
    if value is None:
        return "–"
    english = (get_language() or "vi").startswith("en")
    text = f"{value.quantize(Decimal('0.0001'), rounding=ROUND_HALF_UP):f}"
    return text if english else text.replace(".", ",")


@register.filter
def signed(value: Decimal | None) -> str:
    """The same with its sign: ``+0,1203`` or ``−0,0400``; a dash for None."""
    if value is None:
        return "–"
    shown = decimals(abs(value))
    return shown if not Decimal(shown.replace(",", ".")) else f"{'+' if value > 0 else '−'}{shown}"


@register.filter
def signed_points(value: Decimal | None) -> str:
    """Points with their sign: ``+1,2`` or ``−0,4``; a dash for None."""
    if value is None:
        return "–"
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


@register.filter
def number(value: Decimal | None) -> str:
    """Points: at most two decimals, no trailing zeros; a dash for None."""
    if value is None:
        return "–"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    english = (get_language() or "vi").startswith("en")
    return text if english else text.replace(".", ",")
