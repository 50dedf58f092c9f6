"""What the demo shows of others: PAPI as published (data/papi, see data/NOTICE), made-up decisions."""

from datetime import datetime
from pathlib import Path

from motcua.catalogue.operations import import_publications
from motcua.core.actor import SYSTEM
from motcua.voice.operations import import_papi

YEARS = (2021, 2022)
_DATA = Path(__file__).resolve().parents[1] / "data"


def load_papi(now: datetime) -> None:
    """Read the sub-dimensions of each year that comes with the demo."""
    for year in YEARS:
        path = _DATA / "papi" / f"subdimensions_{year}.csv"
        import_papi(path=path, year=year, actor=SYSTEM, now=now)


def load_publications(now: datetime) -> None:
    """Decisions of the made-up province, each marked so; one was late, one is not public yet."""
    import_publications(path=_DATA / "publications.csv", actor=SYSTEM, now=now)
