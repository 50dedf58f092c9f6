"""Chapters of reports from counted rows: every number in a sentence names its definition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from motcua.core.periods import Period
from motcua.core.texts import Text
from motcua.core.written import Bar, Ratio, Table, cell_text
from motcua.monitoring.rules.counting import rate_of
from motcua.monitoring.rules.definition import Definition

MOST_MONTHS = 24
NAME, COUNTED, OUT_OF, RATE = (
    Text("Chỉ số", "Figure"),
    Text("Tử số", "Counted"),
    Text("Mẫu số", "Out of"),
    Text("Tỷ lệ %", "Rate %"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """Counts of one definition in one row; ``rate`` per cent as counted (with factors), None: no divisor."""

    definition: Definition
    numerator: int
    denominator: int
    excluded: int
    rate: Decimal | None


def day_words(day: date) -> str:
    """``dd/mm/yyyy``."""
    return f"{day:%d/%m/%Y}"


def period_words(period: Period) -> Text:
    """A period in words."""
    first, last = day_words(period.first), day_words(period.last)
    return Text(f"từ {first} đến {last}", f"{first} to {last}")


NO_RECORDS = Text(
    "Hệ thống không có hồ sơ nào của kỳ này, nên không nói được đã tiếp nhận bao nhiêu. Dữ liệu của"
    " hệ thống cũ có thể nhập vào; xem hướng dẫn vận hành.",
    "The system holds no dossier of this period, so it cannot say how many were received. Dossiers of"
    " an older system can be imported; see the guide to operating.",
)


def rate_words(rate: Decimal | None) -> Text:
    """A rate in words; not applicable without one."""
    if rate is None:
        return Text("không áp dụng", "not applicable")
    return Text(f"{cell_text(rate, 'vi')} %", f"{cell_text(rate, 'en')}%")


def sentence(line: Line, where: Text) -> Text:
    """One figure as a sentence, with its counts and its definition."""
    said, one = rate_words(line.rate), line.definition
    above, below = _grouped(line.numerator), _grouped(line.denominator)
    out = _grouped(line.excluded) if one.rolled and line.excluded else None
    key = f"({one.identifier})"
    return Text(
        f"{where.vi}, {_lower(one.name.vi)}: {said.vi}, tức {above.vi} trên {below.vi} {key}"
        + (f"; loại ra {out.vi}." if out else "."),
        f"{where.en or where.vi}, {_lower(one.name.en)}: {said.en}, that is {above.en} of {below.en} {key}"
        + (f"; {out.en} left out." if out else "."),
    )


def _grouped(number: int) -> Text:
    return Text(cell_text(number, "vi"), cell_text(number, "en"))


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def figures_table(caption: Text, lines: Iterable[Line]) -> Table:
    """A row for each definition."""
    rows = tuple((_named(one), one.numerator, one.denominator, one.rate) for one in lines)
    return Table(caption, (NAME, COUNTED, OUT_OF, RATE), rows)


def _named(line: Line) -> Text:
    name, key = line.definition.name, line.definition.identifier
    return Text(f"{name.vi} [{key}]", f"{name.en} [{key}]")


def bars(lines: Iterable[Line]) -> tuple[Bar, ...]:
    """The same as bars."""
    return tuple(Bar(one.definition.name, one.rate, rate_words(one.rate)) for one in lines)


@dataclass(frozen=True, slots=True)
class Split:
    """One row of a split: received, of these online and on time. Each rate has its own divisor."""

    name: Text
    received: int
    online: int
    judged: int
    on_time: int


def split_table(caption: Text, head: Text, rows: Iterable[Split]) -> Table:
    """Dossiers by unit, procedure or month: received, online, on time; the on-time rate by formula."""
    columns = (
        head,
        Text("Tiếp nhận", "Received"),
        Text("Trực tuyến", "Online"),
        Text("Trực tuyến %", "Online %"),
        Text("Xét hạn", "Judged"),
        Text("Đúng hạn", "On time"),
        Text("Đúng hạn %", "On time %"),
    )
    cells = tuple(
        (
            one.name,
            one.received,
            one.online,
            rate_of(one.online, one.received),
            one.judged,
            one.on_time,
            rate_of(one.on_time, one.judged),
        )
        for one in rows
    )
    return Table(caption, columns, cells, Ratio(rate=6, above=5, below=4))


def note_of(definition: Definition) -> Text:
    """How a figure is counted, for the end of a report."""
    one = definition
    return Text(
        f"{one.identifier}, phiên bản {one.revision}: {one.formula.vi} Nguồn: {one.source.vi}.",
        f"{one.identifier}, revision {one.revision}: {one.formula.en} Source: {one.source.en}.",
    )


def months_of(period: Period) -> tuple[Period, ...]:
    """The calendar months that a period touches, cut to it; at most ``MOST_MONTHS``."""
    found: list[Period] = []
    first = period.first
    while first <= period.last and len(found) < MOST_MONTHS:
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        found.append(Period(first, min(last, period.last)))
        first = last + timedelta(days=1)
    return tuple(found)


def monthly_mean(count: int, period: Period) -> Decimal:
    """Dossiers a month (30.4375 days), two decimals: what unequal periods may be compared by."""
    days = (period.last - period.first).days + 1
    mean = Decimal(count) * Decimal("30.4375") / days
    return mean.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def same_months(earlier: Period, later: Period) -> Period | None:
    """The part of an earlier period in the same months of the year as a later one; None for none."""
    years = later.first.year - earlier.first.year
    try:
        first = later.first.replace(year=later.first.year - years)
        last = later.last.replace(year=later.last.year - years)
    except ValueError:  # 29 February
        return None
    inside = earlier.first <= first and last <= earlier.last
    return Period(first, last) if inside and (first, last) != (earlier.first, earlier.last) else None


def names(definitions: Sequence[Definition]) -> tuple[str, ...]:
    """Identifiers, in order."""
    return tuple(one.identifier for one in definitions)
