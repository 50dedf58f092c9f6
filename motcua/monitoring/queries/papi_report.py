"""The report on PAPI of a year: one province, what changed, what costs most."""

from datetime import datetime
from decimal import Decimal

from motcua.core.actor import Actor
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.core.written import Cell, Part, Table, Written
from motcua.monitoring.access import may_open
from motcua.voice.queries import PapiSubject, papi_subject

MOST_PARTS = 10


def papi_report(year: int, subject: str, *, actor: Actor, now: datetime) -> Written:
    """For officers; raises ``NotFound`` for strangers and for a year or subject that there is not."""
    if not may_open(actor):
        raise NotFound
    found = papi_subject(year, subject, actor=actor)
    name = found.year.book.subjects[subject].name
    made = local_day(now)
    return Written(
        title=Text(f"PAPI {year}: {name.vi}", f"PAPI {year}: {name.en}"),
        subtitle=Text(
            f"Hệ thống lập ngày {made:%d/%m/%Y} từ các nội dung thành phần đã công bố.",
            f"Written by the system on {made:%d/%m/%Y} from the published sub-dimensions.",
        ),
        made_on=made,
        parts=(
            Part(Text("Kết quả chung", "In all"), sentences=_summary(found), table=_years(found)),
            Part(Text("Các chỉ số nội dung", "Dimensions"), table=_dimensions(found)),
            Part(
                Text("Nội dung làm mất nhiều điểm nhất", "What costs most"),
                sentences=(_first(found),),
                table=_parts(found),
            ),
        ),
        notes=(
            Text(
                "Điểm tổng hợp là tổng không trọng số của các chỉ số nội dung; tỉnh thiếu thành phần không "
                "có điểm tổng hợp. Nguồn: CECODES, VFF-CRT, RTA và UNDP.",
                "The composite is the unweighted sum of the dimensions; a province with a missing part has "
                "none. Source: CECODES, VFF-CRT, RTA and UNDP.",
            ),
        ),
    )


def _four(value: Decimal | None, sign: bool = False) -> Text:
    """Four decimals, as they are published, in the way of each language."""
    if value is None:
        return Text("–", "–")
    plain = (f"{value:+.4f}" if sign else f"{value:.4f}").replace("-", "−")
    return Text(plain.replace(".", ","), plain)


def _summary(found: PapiSubject) -> tuple[Text, ...]:
    middle = found.year.middle
    if found.row.rank is None or middle is None:
        return (Text("Thiếu thành phần nên không có điểm tổng hợp.", "A part is missing: no composite."),)
    whole, rank, count = _four(found.row.composite), found.row.rank, middle.counted
    median, mean = _four(middle.median), _four(middle.mean)
    return (
        Text(
            f"{whole.vi} điểm, hạng {rank} trong {count}; trung vị {median.vi}, trung bình {mean.vi}.",
            f"{whole.en} points, rank {rank} of {count}; median {median.en}, mean {mean.en}.",
        ),
    )


def _years(found: PapiSubject) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            str(point.year),
            _four(point.row.composite if point.row else None),
            point.row.rank if point.row else None,
            point.ranked,
        )
        for point in found.trend
    ]
    head = (
        Text("Năm", "Year"), Text("Điểm tổng hợp", "Composite"), Text("Hạng", "Rank"),
        Text("Số được xếp hạng", "Ranked"),
    )  # fmt: skip
    return Table(Text("Qua các năm", "Over the years"), head, tuple(rows))


def _dimensions(found: PapiSubject) -> Table:
    book = found.year.book
    rows: list[tuple[Cell, ...]] = [
        (book.dimensions[one.code], _four(one.own), _four(one.change, sign=True), _four(one.median),
         _four(one.best))
        for one in found.dimensions
    ]  # fmt: skip
    head = (
        Text("Chỉ số nội dung", "Dimension"), Text("Điểm", "Points"), Text("Thay đổi", "Change"),
        Text("Trung vị", "Median"), Text("Cao nhất", "Best"),
    )  # fmt: skip
    return Table(Text("Các chỉ số nội dung", "Dimensions"), head, tuple(rows))


def _first(found: PapiSubject) -> Text:
    if not found.parts:
        return Text("Không có nội dung thành phần nào.", "There is no sub-dimension.")
    book, first = found.year.book, found.parts[0]
    cost = _four(first.cost)
    name, best = book.parts[first.code].name, book.subjects[first.best_subject].name
    return Text(
        f"Mất nhiều điểm nhất ở “{name.vi}” ({first.code}): kém {best.vi} {cost.vi} điểm.",
        f"Most is lost in “{name.en}” ({first.code}): {cost.en} points behind {best.en}.",
    )


def _parts(found: PapiSubject) -> Table:
    book = found.year.book
    rows: list[tuple[Cell, ...]] = [
        (book.parts[one.code].name, _four(one.own), _four(one.to_median, sign=True), _four(one.cost))
        for one in found.parts[:MOST_PARTS]
    ]
    head = (
        Text("Nội dung thành phần", "Sub-dimension"), Text("Điểm", "Points"),
        Text("So với trung vị", "To the median"), Text("Còn thiếu", "Missing"),
    )  # fmt: skip
    return Table(Text("Nội dung thành phần", "Sub-dimensions"), head, tuple(rows))
