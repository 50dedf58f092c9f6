"""Reads of the figures."""

from motcua.monitoring.queries.answers import RateRow, RatesAnswer
from motcua.monitoring.queries.detail import DetailItem, DetailPage, detail
from motcua.monitoring.queries.land import land
from motcua.monitoring.queries.rates import rates
from motcua.monitoring.rules.definitions import DEFINITIONS, definition

__all__ = [
    "DEFINITIONS",
    "DetailItem",
    "DetailPage",
    "RateRow",
    "RatesAnswer",
    "definition",
    "detail",
    "land",
    "rates",
]
