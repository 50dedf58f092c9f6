"""Keeping the rollups: counting a dossier, folding the counts into cubes, building all anew."""

from motcua.monitoring.operations.counting import count_dossier, count_facts
from motcua.monitoring.operations.folding import compact, fold
from motcua.monitoring.operations.rebuilding import rebuild, rebuild_if_stale

__all__ = ["compact", "count_dossier", "count_facts", "fold", "rebuild", "rebuild_if_stale"]
