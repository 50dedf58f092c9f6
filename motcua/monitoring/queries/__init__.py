"""Reads of the figures."""

from motcua.monitoring.queries.answers import RateRow, RatesAnswer
from motcua.monitoring.queries.beside import Measure, platform_measures
from motcua.monitoring.queries.board import Board, BoardRow, Figure, Step, board
from motcua.monitoring.queries.detail import DetailItem, DetailPage, detail
from motcua.monitoring.queries.index766 import Index, IndexRow, index_766, index_list
from motcua.monitoring.queries.land import land
from motcua.monitoring.queries.procedure import ProcedureFigure, ProcedureFigures, procedure_figures
from motcua.monitoring.queries.rates import rates
from motcua.monitoring.rules.definition import Definition
from motcua.monitoring.rules.definitions import DEFINITIONS, definition
from motcua.monitoring.rules.targets import Target

__all__ = [
    "DEFINITIONS",
    "Board",
    "BoardRow",
    "Definition",
    "DetailItem",
    "DetailPage",
    "Figure",
    "Index",
    "IndexRow",
    "Measure",
    "ProcedureFigure",
    "ProcedureFigures",
    "RateRow",
    "RatesAnswer",
    "Step",
    "Target",
    "board",
    "definition",
    "detail",
    "index_766",
    "index_list",
    "land",
    "platform_measures",
    "procedure_figures",
    "rates",
]
