"""Reads of the figures."""

from motcua.monitoring.queries.answers import RateRow, RatesAnswer
from motcua.monitoring.queries.beside import Measure, platform_measures
from motcua.monitoring.queries.board import SMALLEST_SHOWN, Board, BoardRow, Cause, Figure, Step, board
from motcua.monitoring.queries.detail import DetailItem, DetailPage, detail
from motcua.monitoring.queries.dossiers import fact_rows
from motcua.monitoring.queries.entering import (
    OutsideFigure,
    enterable_agencies,
    may_enter,
    outside_components,
    outside_figures,
)
from motcua.monitoring.queries.index766 import Index, index_766
from motcua.monitoring.queries.index766_list import IndexRow, index_below, index_list
from motcua.monitoring.queries.land import land
from motcua.monitoring.queries.leading import Behind, Leading, LedFigure, leading
from motcua.monitoring.queries.open_data import COLUMNS as OPEN_COLUMNS
from motcua.monitoring.queries.open_data import OpenRow, open_months, open_rows
from motcua.monitoring.queries.papi_report import papi_report
from motcua.monitoring.queries.procedure import ProcedureFigure, ProcedureFigures, procedure_figures
from motcua.monitoring.queries.rates import rates, scope_name
from motcua.monitoring.queries.reaching import Reached, Unit, reached, written_reach
from motcua.monitoring.queries.reports import (
    reportable_agencies,
    usual_agency,
    usual_periods,
    write_report,
)
from motcua.monitoring.queries.reports_common import Asked as ReportAsked
from motcua.monitoring.queries.signals import SignalView, signals_for
from motcua.monitoring.queries.tiles import Placed, short_names, tiles_for
from motcua.monitoring.queries.trends import trend
from motcua.monitoring.rules.definition import Definition
from motcua.monitoring.rules.definitions import DEFINITIONS, definition, known_figures, revisions_of
from motcua.monitoring.rules.reaching import REACHES, Reach
from motcua.monitoring.rules.targets import Target
from motcua.monitoring.rules.trajectory import Trajectory

__all__ = [
    "DEFINITIONS",
    "OPEN_COLUMNS",
    "REACHES",
    "SMALLEST_SHOWN",
    "Behind",
    "Board",
    "BoardRow",
    "Cause",
    "Definition",
    "DetailItem",
    "DetailPage",
    "Figure",
    "Index",
    "IndexRow",
    "Leading",
    "LedFigure",
    "Measure",
    "OpenRow",
    "OutsideFigure",
    "Placed",
    "ProcedureFigure",
    "ProcedureFigures",
    "RateRow",
    "RatesAnswer",
    "Reach",
    "Reached",
    "ReportAsked",
    "SignalView",
    "Step",
    "Target",
    "Trajectory",
    "Unit",
    "board",
    "definition",
    "detail",
    "enterable_agencies",
    "fact_rows",
    "index_766",
    "index_below",
    "index_list",
    "known_figures",
    "land",
    "leading",
    "may_enter",
    "open_months",
    "open_rows",
    "outside_components",
    "outside_figures",
    "papi_report",
    "platform_measures",
    "procedure_figures",
    "rates",
    "reached",
    "reportable_agencies",
    "revisions_of",
    "scope_name",
    "short_names",
    "signals_for",
    "tiles_for",
    "trend",
    "usual_agency",
    "usual_periods",
    "write_report",
    "written_reach",
]
