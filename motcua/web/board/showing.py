"""Figures as the board's templates show them: words, links, charts. No queries, no decisions."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import ResolverMatch, reverse
from django.utils.translation import gettext as _

from motcua.core.texts import Text
from motcua.documents.queries import FORMS
from motcua.monitoring.queries import SMALLEST_SHOWN, Board, BoardRow, Cause, Definition, Figure, Target
from motcua.web.board.asked import SPLITS, Asked
from motcua.web.board.charts import Bar, Chart, draw
from motcua.web.templatetags.motcua import day, grouped, percent

MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: the whole name, its link down, and links into the dossiers ("" for none)."""

    scope: str
    name: str
    row: BoardRow
    href: str
    counted_href: str
    all_href: str
    excluded_href: str
    cause: str = ""  # what most of its misses have in common
    cause_href: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure on a page."""

    definition: Definition
    name: str
    own: Row
    national: Row
    rows: tuple[Row, ...]
    left_out: int
    sentence: str
    target: Target | None
    chart: Chart | None
    href: str
    meaning_href: str
    course_href: str
    files: tuple[tuple[str, str], ...]  # name and address of each form
    by_dossier: bool
    has_causes: bool
    whys: tuple[tuple[str, str], ...] = ()  # all causes of its own misses: in words, where they are listed
    around: str = ""  # whose target it is, where it is not the scope's own
    undrawn: int = 0  # rows of the table that the chart leaves out


def show(figure: Figure, board: Board, asked: Asked, language: str) -> Shown:
    """A figure with its words and links in one language."""
    identifier = figure.definition.identifier
    page = reverse("board:figure", args=[identifier])
    rows = tuple(_row(row, figure, asked, language) for row in figure.rows)
    own = _row(figure.row, figure, asked, language)
    return Shown(
        definition=figure.definition,
        name=figure.definition.name.to(language),
        own=own,
        national=_row(figure.national, figure, asked, language),
        rows=rows,
        left_out=figure.left_out,
        sentence=_sentence(figure, board.name, language),
        target=figure.target,
        chart=chart_of(figure, own, rows, language),
        href=page + asked.query(),
        meaning_href=reverse("board:meaning", args=[identifier]),
        course_href=reverse("board:course", args=[identifier]) + asked.query(by=""),
        files=tuple((f.upper(), _file(identifier, f) + asked.query()) for f in FORMS),
        by_dossier=figure.definition.rolled,
        has_causes=bool(figure.causes),
        whys=tuple(
            (_why(one, figure, language), _into_cause(one, asked, figure.row.scope) if figure.opens else "")
            for one in figure.whys
        ),
        around=_around(figure, board, language),
        undrawn=max(0, len(rows) - MOST_BARS),
    )


def _around(figure: Figure, board: Board, language: str) -> str:
    """Name of the nation, block or agency above whose target holds here; "" for its own."""
    if figure.target is None or figure.target.scope == board.scope:
        return ""
    return next((step.name.to(language) for step in board.way if step.scope == figure.target.scope), "")


def _file(identifier: str, form: str) -> str:
    return reverse("board:export", args=[identifier, form])


def _row(row: BoardRow, figure: Figure, asked: Asked, language: str) -> Row:
    identifier = figure.definition.identifier
    page = reverse("board:figure", args=[identifier])
    opened = reverse("board:detail", args=[identifier])

    def into(which: str, count: int) -> str:
        by_dossier = figure.definition.rolled
        if not figure.opens or not count or not (by_dossier or which == "numerator"):
            return ""
        return opened + asked.query(scope=_scope(row.scope), by="", which=which)

    cause = None if row.small else figure.causes.get(row.scope)
    return Row(
        cause=_why(cause, figure, language) if cause else "",
        cause_href=_into_cause(cause, asked, row.scope) if cause and figure.opens else "",
        scope=row.scope,
        name=row.name.to(language),
        row=row,
        href=page + asked.query(scope=_scope(row.scope), by=_next_split(row.scope, asked.by)),
        counted_href=into("numerator", row.numerator),
        all_href=into("denominator", row.denominator),
        excluded_href=into("excluded", row.excluded),
    )


def _why(cause: Cause, figure: Figure, language: str) -> str:
    """The cause in words; how many only where that points to nobody, or to an officer."""
    words = cause.definition.name.to(language)
    if cause.count < SMALLEST_SHOWN and not figure.opens:
        return words
    return _("%(why)s: %(count)s of %(misses)s") % {
        "why": words, "count": grouped(cause.count), "misses": grouped(cause.misses),
    }  # fmt: skip


def _into_cause(cause: Cause, asked: Asked, scope: str) -> str:
    page = reverse("board:detail", args=[cause.definition.identifier])
    return page + asked.query(scope=_scope(scope), by="", which="numerator")


def _scope(scope: str) -> str:
    return "" if scope == "national" else scope


def _next_split(scope: str, by: str) -> str:
    """How the page that a row leads to is split: a block into agencies, a procedure into agencies."""
    return "agency" if by in {"block", "procedure"} or scope.startswith("block:") else by


def _sentence(figure: Figure, scope: Text, language: str) -> str:
    """The sentence above the chart: what it shows, in words."""
    row = figure.row
    days = {"first": day(figure.period.first), "last": day(figure.period.last), "where": scope.to(language)}
    if row.small:
        return _("%(where)s, %(first)s to %(last)s: fewer than 5 dossiers, not shown.") % days
    if row.rate is None:
        return _("%(where)s, %(first)s to %(last)s: nothing to count yet, the rate is not applicable.") % days
    return _("%(where)s, %(first)s to %(last)s: %(rate)s, that is %(numerator)s of %(denominator)s.") % {
        **days,
        "rate": percent(row.rate),
        "numerator": grouped(row.numerator),
        "denominator": grouped(row.denominator),
    }


def figure_text(row: BoardRow) -> str:
    """What stands beside a bar."""
    if row.small:
        return _("fewer than 5")
    if row.rate is None:
        return _("not applicable")
    return f"{percent(row.rate)} ({grouped(row.numerator)}/{grouped(row.denominator)})"


def chart_of(figure: Figure, own: Row, rows: tuple[Row, ...], language: str) -> Chart | None:
    """The bars of the scope and of its largest rows; None when there is nothing to draw."""
    largest = sorted(rows, key=lambda r: (-r.row.denominator, r.scope))[:MOST_BARS]
    drawn = [own, *(row for row in rows if row in largest)]
    if all(row.row.rate is None for row in drawn):
        return None
    target: Decimal | None = figure.target.percent if figure.target else None
    return draw(
        id=f"chart-{figure.definition.identifier}",
        title=figure.definition.name.to(language),
        description=_("Bars from 0 to 100 per cent; longer is better. The table below has the same figures."),
        bars=[Bar(row.name, row.row.rate, figure_text(row.row)) for row in drawn],
        target=target,
        target_label=_("target %(rate)s") % {"rate": percent(target)} if target is not None else "",
    )


def tabs_of(asked: Asked) -> list[dict[str, object]]:
    """Links to the other ways to split the same figure."""
    names = {
        "block": _("By block"),
        "agency": _("By agency"),
        "procedure": _("By procedure"),
        "place": _("By place"),
    }
    return [{"label": names[by], "href": asked.query(by=by), "current": by == asked.by} for by in SPLITS]


def crumbs_of(board: Board, asked: Asked, match: ResolverMatch | None, language: str) -> list[dict[str, str]]:
    """The way from the board down to the scope shown."""
    definition = match.kwargs.get("definition", "") if match else ""
    page = reverse("board:figure", args=[definition]) if definition else reverse("board:home")
    crumbs = [{"label": _("Figures"), "href": reverse("board:home") + asked.query(scope="", by="")}]
    for step in board.way:
        href = "" if step.scope == board.scope else page + asked.query(scope=asked.named(step.scope))
        crumbs.append({"label": step.name.to(language), "href": href})
    return crumbs
