"""What the makers of reports share: what is asked, lines and splits from answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.core.actor import Actor
from motcua.core.periods import Period, local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.core.written import Part
from motcua.monitoring.access import may_open
from motcua.monitoring.queries.answers import RateRow, RatesAnswer
from motcua.monitoring.queries.land import land as load_land
from motcua.monitoring.rules import reporting
from motcua.monitoring.rules.reporting import Line, Split
from motcua.monitoring.rules.scopes import AgencyNode, Land

ONLINE, ON_TIME = "online_2022", "on_time_766"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is about: an agency, one or two periods, who asks, when."""

    agency: str
    periods: tuple[Period, ...]
    actor: Actor
    now: datetime


def check(asked: Asked) -> Land:
    """Reports are for officers, about what is above or below their posts; raises ``NotFound``."""
    land = load_land()
    node = land.by_identifier.get(asked.agency)
    own = [post.agency_path for post in asked.actor.posts]
    if node is None or not may_open(asked.actor):
        raise NotFound
    if not on_own_line(node, own):
        raise NotFound
    return land


def on_own_line(node: AgencyNode, own: Sequence[str]) -> bool:
    """True for an agency above, at or below one of the tree paths."""
    return any(path.startswith(node.path) or node.path.startswith(path) for path in own)


def lines_of(answers: Sequence[RatesAnswer], scope: str) -> dict[str, Line]:
    """The line of each definition in one row of its answer, by identifier."""
    return {a.definition.identifier: line_of(a, a.row(scope)) for a in answers}


def line_of(answer: RatesAnswer, row: RateRow | None) -> Line:
    """A line from a row; zeros where there is none."""
    if row is None:
        return Line(answer.definition, 0, 0, 0, None)
    return Line(answer.definition, row.numerator, row.denominator, row.excluded, row.rate)


def chapter(title: Text, lines: Sequence[Line], where: Text) -> Part:
    """A chapter of figures: each a sentence, a bar and a row."""
    return Part(
        title,
        sentences=tuple(reporting.sentence(one, where) for one in lines),
        bars=reporting.bars(lines),
        table=reporting.figures_table(title, lines),
    )


def subtitle(period: Period, asked: Asked) -> Text:
    """The period, and when it was written."""
    words, made = reporting.period_words(period), reporting.day_words(local_day(asked.now))
    return Text(
        f"Kỳ {words.vi}. Hệ thống lập ngày {made} từ hồ sơ.",
        f"Period {words.en}. Written by the system on {made} from the dossiers.",
    )


def splits(answers: Sequence[RatesAnswer], keys: Sequence[str]) -> list[Split]:
    """A split for each key that received dossiers; ``answers`` are online filing and on time."""
    online, timely = answers
    found = []
    for key in keys:
        one, two = online.row(key), timely.row(key)
        if one is not None and two is not None and (one.denominator or one.excluded):
            received = one.denominator + one.excluded
            found.append(Split(one.name, received, one.numerator, two.denominator, two.numerator))
    return found


def right_below(answer: RatesAnswer, agency: str, land: Land) -> list[str]:
    """Scopes of the answer that are agencies right below one."""
    top = land.by_identifier[agency]
    inside, depth = land.subtree(agency), len(land.lineage(top.id))
    known: Iterable[str] = (row.scope for row in answer.rows if row.scope in land.by_identifier)
    return [
        scope
        for scope in known
        if (node := land.by_identifier[scope]).id in inside and len(land.lineage(node.id)) == depth + 1
    ]
