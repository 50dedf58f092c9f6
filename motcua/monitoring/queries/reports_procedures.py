"""Reports on single procedures: marriage-status certificates; temporary residence and absence."""

from motcua.core.periods import Period, local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.core.written import Part, Written, number
from motcua.monitoring.queries.rates import several
from motcua.monitoring.queries.reports_common import (
    ON_TIME,
    ONLINE,
    Asked,
    chapter,
    check,
    line_of,
    right_below,
    splits,
    subtitle,
)
from motcua.monitoring.rules import reporting
from motcua.monitoring.rules.counting import rate_of
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.reporting import Split
from motcua.monitoring.rules.scopes import Land

CERTIFICATE = "1.004873"
RESIDENCE = ("1.004194", "1.002755", "1.003677", "2.001159")


def certificates(asked: Asked) -> Written:
    """How marriage-status certificates are granted: by unit and by month."""
    land, period = check(asked), asked.periods[0]
    node = land.by_identifier[asked.agency]
    names = (ONLINE, ON_TIME, "online_emc", "online_helped", "satisfied_766")
    scope = f"procedure:{CERTIFICATE}"
    answers = several(names, period, "agency", scope, land=land, actor=asked.actor)
    lines = [line_of(answer, answer.row(asked.agency)) for answer in answers]
    units = right_below(answers[0], asked.agency, land)
    title = Text(
        f"Cấp giấy xác nhận tình trạng hôn nhân: {node.name.vi}",
        f"Granting of marriage-status certificates: {node.name.en or node.name.vi}",
    )
    by_unit, by_month = Text("Theo đơn vị", "By unit"), Text("Theo tháng", "By month")
    return Written(
        title=title,
        subtitle=subtitle(period, asked),
        made_on=local_day(asked.now),
        parts=(
            chapter(Text("Kết quả chung", "In all"), lines, node.name),
            Part(
                by_unit,
                table=reporting.split_table(by_unit, Text("Đơn vị", "Unit"), splits(answers[:2], units)),
            ),
            Part(
                by_month,
                table=reporting.split_table(
                    by_month, Text("Tháng", "Month"), _by_month(asked, scope, asked.agency, land)
                ),
            ),
        ),
        notes=tuple(reporting.note_of(find(name)) for name in names),
    )


def _by_month(asked: Asked, scope: str, row: str, land: Land) -> list[Split]:
    found = []
    for month in reporting.months_of(asked.periods[0]):
        answers = several((ONLINE, ON_TIME), month, "agency", scope, land=land, actor=asked.actor)
        label = f"{month.first:%m/%Y}"
        for one in splits(answers, [row]):
            named = Split(Text(label, label), one.received, one.online, one.judged, one.on_time)
            found.append(named)
    return found


def residence(asked: Asked) -> Written:
    """Temporary residence and absence in one or two periods; unequal ones are compared by monthly means."""
    land = check(asked)
    node = land.by_identifier[asked.agency]
    if not node.place:
        raise NotFound
    parts: list[Part] = []
    for period in asked.periods:
        parts.append(_residence_part(asked, node.place, period, land))
    earlier, later = asked.periods[0], asked.periods[-1]
    beside = reporting.same_months(earlier, later) if len(asked.periods) > 1 else None
    if beside is not None:
        parts.append(_residence_part(asked, node.place, beside, land, same=True))
    return Written(
        title=Text(
            f"Đăng ký tạm trú, khai báo tạm vắng: {node.name.vi}",
            f"Temporary residence and absence: {node.name.en or node.name.vi}",
        ),
        subtitle=_residence_subtitle(asked),
        made_on=local_day(asked.now),
        parts=tuple(parts),
        notes=(
            reporting.note_of(find(ONLINE)),
            reporting.note_of(find(ON_TIME)),
            Text(
                "Bình quân tháng = số hồ sơ × 30,4375 ÷ số ngày của kỳ; các kỳ dài ngắn khác nhau chỉ so "
                "bằng số này.",
                "Monthly mean = dossiers × 30.4375 ÷ days of the period; unequal periods are compared by it "
                "only.",
            ),
        ),
    )


def _residence_subtitle(asked: Asked) -> Text:
    words = [reporting.period_words(period) for period in asked.periods]
    made = reporting.day_words(local_day(asked.now))
    return Text(
        f"Các kỳ: {'; '.join(w.vi for w in words)}. Hệ thống lập ngày {made} từ hồ sơ.",
        f"Periods: {'; '.join(w.en for w in words)}. Written by the system on {made} from the dossiers.",
    )


def _residence_part(asked: Asked, place: str, period: Period, land: Land, *, same: bool = False) -> Part:
    scope = f"place:{place}"
    answers = several((ONLINE, ON_TIME), period, "procedure", scope, land=land, actor=asked.actor)
    rows = splits(answers, [f"procedure:{code}" for code in RESIDENCE])
    received = sum(row.received for row in rows)
    online, judged = sum(r.online for r in rows), sum(r.judged for r in rows)
    whole = Split(Text("Tổng cộng", "In all"), received, online, judged, sum(r.on_time for r in rows))
    mean = reporting.monthly_mean(received, period)
    words = reporting.period_words(period)
    title = Text(f"Kỳ {words.vi}", f"Period {words.en}")
    if same:
        title = Text(f"Cùng các tháng, kỳ {words.vi}", f"The same months, {words.en}")
    share = reporting.rate_words(rate_of(online, received))
    if not received:
        return Part(title, sentences=(reporting.NO_RECORDS,))
    return Part(
        title,
        sentences=(
            Text(
                f"Tiếp nhận {number(received).vi} hồ sơ, bình quân {number(mean).vi} hồ sơ một tháng;"
                f" nộp trực tuyến {share.vi} ({ONLINE}).",
                f"{received} dossiers received, {mean} a month on average; {share.en} filed online"
                f" ({ONLINE}).",
            ),
        ),
        table=reporting.split_table(title, Text("Thủ tục", "Procedure"), [*rows, whole]),
    )
