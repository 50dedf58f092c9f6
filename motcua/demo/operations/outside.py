"""What the demo shows of others: PAPI as published (data/papi, see data/NOTICE), made-up decisions
and assessments."""

from datetime import datetime
from pathlib import Path

from motcua.catalogue.operations import import_publications
from motcua.core.actor import SYSTEM
from motcua.demo.operations.voices import demo_actor
from motcua.monitoring.queries import known_figures
from motcua.voice.operations import answer_recommendation, import_assessment, import_papi

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


def load_assessments(now: datetime) -> None:
    """Two made-up assessments of the province, the second a repeat; its leader has answered two of three."""
    for year in (2025, 2026):
        path = _DATA / "assessments" / f"quick-{year}.toml"
        import_assessment(path=path, figures=known_figures(), actor=SYSTEM, now=now)
    leader = demo_actor("leader", now)
    for number, answer, reason in (
        (1, "accepted", "Từ tháng 6/2025 giấy tờ được nộp sau ở mọi dịch vụ có thể (hư cấu)."),
        (3, "refused", "Ngân sách năm nay không có khoản này (hư cấu)."),
    ):
        answer_recommendation(
            code="DG-H43-2025", number=number, answer=answer, reason=reason, actor=leader, now=now
        )
