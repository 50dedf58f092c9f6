"""Figures of others that the demo shows: PAPI as published (data/papi, see data/NOTICE)."""

from datetime import datetime
from pathlib import Path

from motcua.core.actor import SYSTEM
from motcua.voice.operations import import_papi

YEARS = (2021, 2022)
_FOLDER = Path(__file__).resolve().parents[1] / "data" / "papi"


def load_papi(now: datetime) -> None:
    """Read the sub-dimensions of each year that comes with the demo."""
    for year in YEARS:
        path = _FOLDER / f"subdimensions_{year}.csv"
        import_papi(path=path, year=year, actor=SYSTEM, now=now)
