"""Reports that the system writes: of a province's online services, of certificates, of residence, of PAPI."""

from datetime import date

from motcua.core.actor import Actor
from motcua.core.periods import Period, local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.core.written import Part, Written, number
from motcua.monitoring.queries.index766 import index_766
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.queries.rates import several
from motcua.monitoring.queries.reports_common import (
    ON_TIME,
    ONLINE,
    Asked,
    chapter,
    check,
    lines_of,
    on_own_line,
    right_below,
    splits,
    subtitle,
)
from motcua.monitoring.queries.reports_procedures import certificates, residence
from motcua.monitoring.rules import reporting
from motcua.monitoring.rules.definitions import definition as find
from motcua.monitoring.rules.scopes import AgencyNode, Land, UnknownScope

OFFERED = ("provision", "full_share", "partial_share", "services_with_dossiers")
USED = ("online_2022", "online_766", "online_emc", "online_provincial")
WHO = ("online_self", "online_helped", "online_typed")
HANDLED = ("on_time_766", "satisfied_766", "petitions_on_time_766", "petitions_satisfied_766")
DIGITAL = ("paid_online_766", "e_result_766", "digitised_766", "reused_766", "shared_766")


def overview(asked: Asked) -> Written:
    """The assessment of online services of an agency and all below it, in one period."""
    land, period = check(asked), asked.periods[0]
    where = land.by_identifier[asked.agency].name
    chapters = (
        (Text("Cung cấp dịch vụ", "What is offered"), OFFERED),
        (Text("Sử dụng dịch vụ", "How it is used"), USED),
        (Text("Ai nộp hồ sơ trực tuyến", "Who files online"), WHO),
        (Text("Tiến độ và mức độ hài lòng", "Time and satisfaction"), HANDLED),
        (Text("Thanh toán, kết quả, số hóa", "Payment, results, digitisation"), DIGITAL),
    )
    wanted = [name for _, names in chapters for name in names]
    found = lines_of(several(wanted, period, None, asked.agency, land=land, actor=asked.actor), asked.agency)
    parts = [chapter(title, [found[name] for name in names], where) for title, names in chapters]
    parts += [_units(asked, land), _unused(asked, land), _first_things(asked)]
    return Written(
        title=Text(
            f"Đánh giá tổng quan dịch vụ công trực tuyến: {where.vi}",
            f"Overview of online public services: {where.en or where.vi}",
        ),
        subtitle=subtitle(period, asked),
        made_on=local_day(asked.now),
        parts=tuple(parts),
        notes=tuple(reporting.note_of(find(name)) for name in wanted),
    )


def _units(asked: Asked, land: Land) -> Part:
    """The agencies right below, each with its dossiers."""
    answers = several(
        (ONLINE, ON_TIME), asked.periods[0], "agency", asked.agency, land=land, actor=asked.actor
    )
    below = right_below(answers[0], asked.agency, land)
    rows = splits(answers, below)
    title = Text("Theo đơn vị", "By unit")
    none = (Text("Kỳ này chưa có hồ sơ ở đơn vị nào.", "No unit received a dossier in this period."),)
    return Part(
        title,
        sentences=() if rows else none,
        table=reporting.split_table(title, Text("Đơn vị", "Unit"), rows) if rows else None,
    )


def _unused(asked: Asked, land: Land) -> Part:
    """Services that nobody used online in the period."""
    (answer,) = several(
        ("services_with_dossiers",), asked.periods[0], "procedure", asked.agency, land=land, actor=asked.actor
    )
    rows = [r for r in answer.rows if r.scope.startswith("procedure:")]
    without = [r for r in rows if r.denominator and not r.numerator]
    named = "; ".join(f"{r.name.vi} ({r.scope.removeprefix('procedure:')})" for r in without[:20])
    english = "; ".join(
        f"{r.name.en or r.name.vi} ({r.scope.removeprefix('procedure:')})" for r in without[:20]
    )
    return Part(
        Text("Dịch vụ không phát sinh hồ sơ trực tuyến", "Services without online dossiers"),
        sentences=(
            Text(
                f"{len(without)} trên {len(rows)} dịch vụ không có hồ sơ trực tuyến trong kỳ"
                f" (services_with_dossiers){': ' + named if named else ''}.",
                f"{len(without)} of {len(rows)} services had no online dossier in the period"
                f" (services_with_dossiers){': ' + english if english else ''}.",
            ),
        ),
    )


def _first_things(asked: Asked) -> Part:
    """What costs most points of the index, and the procedures that cause it."""
    found = index_766(asked.periods[0], asked.agency, actor=asked.actor)
    points, possible = found.score.points, found.score.possible
    band = found.score.band.name if found.score.band else Text("–", "–")
    sentences = [
        Text(
            f"Chỉ số 766: {number(points).vi} trên {number(possible).vi} điểm đánh giá được,"
            f" xếp loại {band.vi.lower()}.",
            f"Index 766: {points} of {possible} points that could be judged, {band.en.lower()}.",
        )
    ]
    for cost in found.costs:
        names = ", ".join(f"{c.name.vi} ({c.misses})" for c in cost.causes[:3])
        english = ", ".join(f"{c.name.en or c.name.vi} ({c.misses})" for c in cost.causes[:3])
        name, lost = cost.scored.component.name, cost.scored.lost
        sentences.append(
            Text(
                f"{name.vi}: còn thiếu {number(lost).vi} điểm{'; nhiều nhất ở ' + names if names else ''}.",
                f"{name.en}: {lost} points missing{'; most of it at ' + english if english else ''}.",
            )
        )
    return Part(Text("Nên bắt đầu từ đâu", "Where to begin"), sentences=tuple(sentences))


def usual_periods(kind: str, today: date) -> tuple[Period, ...]:
    """The periods that a report has when nobody chose: of residence those of the seminar of 2023."""
    if kind == "residence":
        return (
            Period(date(2022, 1, 1), date(2022, 12, 31)),
            Period(date(2023, 1, 1), date(2023, 6, 30)),
        )
    return (Period(date(today.year, 1, 1), today),)


def usual_agency(kind: str, actor: Actor) -> str:
    """The root above the actor's first post; for residence the first agency above it that serves a place.

    Raises ``NotFound`` for whoever holds no post.
    """
    if not actor.posts:
        raise NotFound
    line = load_land().lineage(actor.posts[0].agency_id)
    fitting = [node for node in line if node.place] if kind == "residence" else line
    return (fitting or line)[0].identifier


def reportable_agencies(kind: str, actor: Actor) -> tuple[AgencyNode, ...]:
    """What a report may be about: the agencies above and below the actor's posts, by identifier.

    Reports of residence are about agencies that serve a place.
    """
    land, own = load_land(), [post.agency_path for post in actor.posts]
    near = [
        node
        for node in land.agencies.values()
        if on_own_line(node, own) and (kind != "residence" or node.place)
    ]
    return tuple(sorted(near, key=lambda node: node.identifier))


def write_report(kind: str, asked: Asked) -> Written:
    """A report by kind: overview, certificates or residence; raises ``NotFound``."""
    makers = {"overview": overview, "certificates": certificates, "residence": residence}
    if kind not in makers:
        raise NotFound
    try:
        return makers[kind](asked)
    except UnknownScope as unknown:
        raise NotFound from unknown
