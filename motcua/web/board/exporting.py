"""What is on a board page as a file: CSV, workbook with formulas, Word, print."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.core.written import Cell, Part, Ratio, Table, Written
from motcua.documents.queries import FORMS, written_as
from motcua.monitoring import queries
from motcua.monitoring.queries import SMALLEST_SHOWN, BoardRow, Figure
from motcua.monitoring.rules.definitions import UnknownDefinition, causes_of
from motcua.monitoring.rules.reporting import note_of, period_words
from motcua.web.board.asked import asked
from motcua.web.requests import EdgeRequest

SMALL = Text("dưới 5", "fewer than 5")
HEAD = (
    Text("Phạm vi", "Scope"), Text("Mã", "Code"), Text("Tử số", "Counted"), Text("Mẫu số", "Out of"),
    Text("Tỷ lệ %", "Rate %"), Text("Loại ra", "Left out"),
)  # fmt: skip
WHY = (Text("Nguyên nhân chính", "Main cause"), Text("Số theo nguyên nhân", "Of that cause"))


def answer_with(written: Written, form: str, name: str) -> HttpResponse:
    """A written document as a download; ``NotFound`` for a form that there is not."""
    if form not in FORMS:
        raise NotFound
    content = written_as(form, written, locale=get_language() or "vi", publisher=settings.SITE_NAME)
    answer = HttpResponse(content, content_type=FORMS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'"
    return answer


@require_safe
def export(request: EdgeRequest, definition: str, form: str) -> HttpResponse:
    """One figure with its split, as the page shows it to this reader."""
    wanted = asked(request, usual_split="block")
    if wanted.bad:
        raise NotFound
    try:
        board = queries.board(
            wanted.period, wanted.scope, wanted.by, definition=definition, actor=request.actor
        )
    except UnknownDefinition as unknown:
        raise NotFound from unknown
    written = _written(board.figures[0], board.name, local_day(request.now))
    days = f"{wanted.period.first:%Y%m%d}-{wanted.period.last:%Y%m%d}"
    return answer_with(written, form, f"{definition}-{days}")


def _written(figure: Figure, where: Text, made_on: date) -> Written:
    one, words = figure.definition, period_words(figure.period)
    rows = [figure.national] if figure.national.scope != figure.row.scope else []
    shown = (*rows, figure.row, *figure.rows)
    known = bool(causes_of(one.identifier))  # the columns do not depend on what was counted
    cells = tuple(_cells(row) + (_cause(row, figure) if known else ()) for row in shown)
    table = Table(one.name, HEAD + WHY if known else HEAD, cells, _ratio(figure))
    return Written(
        title=one.name,
        subtitle=Text(f"{where.vi}, {words.vi}", f"{where.en or where.vi}, {words.en}"),
        made_on=made_on,
        parts=(Part(one.name, table=table),),
        notes=(note_of(one), *one.notes),
    )


def _ratio(figure: Figure) -> Ratio | None:
    """The rate by formula, where it is a plain share with the same factor in every row."""
    one = figure.definition
    return None if one.measured or one.factors else Ratio(rate=4, above=2, below=3, factor=Decimal(1))


def _cells(row: BoardRow) -> tuple[Cell, ...]:
    if row.small:
        return (row.name, row.scope, SMALL, SMALL, None, None)
    return (row.name, row.scope, row.numerator, row.denominator, row.rate, row.excluded)


def _cause(row: BoardRow, figure: Figure) -> tuple[Cell, ...]:
    """What most of a row's misses come from, and how many where that points to nobody, or to an officer."""
    cause = None if row.small else figure.causes.get(row.scope)
    if cause is None:
        return (None, None)
    hidden = cause.count < SMALLEST_SHOWN and not figure.opens
    return (cause.definition.name, SMALL if hidden else cause.count)
