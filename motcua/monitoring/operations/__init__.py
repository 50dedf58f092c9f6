"""Keeping the rollups: counting a dossier, folding the counts into cubes, building all anew."""

from motcua.monitoring.operations.counting import (
    count_dossier,
    count_dossiers,
    count_facts,
    count_petitions,
)
from motcua.monitoring.operations.counting_records import count_records, count_records_of
from motcua.monitoring.operations.entering import enter_figure
from motcua.monitoring.operations.folding import compact, fold
from motcua.monitoring.operations.rebuilding import rebuild, rebuild_if_stale
from motcua.monitoring.operations.signals import answer_signal, find_signals, keep_signal
from motcua.monitoring.operations.signing import import_figures, sign_index
from motcua.monitoring.operations.targets import TargetCounts, import_targets

__all__ = [
    "TargetCounts",
    "answer_signal",
    "compact",
    "count_dossier",
    "count_dossiers",
    "count_facts",
    "count_petitions",
    "count_records",
    "count_records_of",
    "enter_figure",
    "find_signals",
    "fold",
    "import_figures",
    "import_targets",
    "keep_signal",
    "rebuild",
    "rebuild_if_stale",
    "sign_index",
]
