"""``motcua import levels`` and ``targets``: what they keep, what they refuse, and the figures that follow."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from motcua.core.actor import PUBLIC
from motcua.core.periods import Period

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
LEVELS = """procedure,agency,level,eligible_full,valid_from,source
1.000001,H43,full,1,2024-01-01,decision 1
1.000002,H43,partial,1,2024-01-01,decision 1
1.000003.000.00.00.H43,000.00.12.H43,toàn trình,0,2024-01-01,decision 1
1.000004,G15,information,,2024-01-01,decision 1
1.000004,G15,partial,,2026-01-01,decision 2
9,H43,full,1,2024-01-01,
1.000005,X,full,1,2024-01-01,
1.000005,H43,whole,1,2024-01-01,
1.000005,H43,full,yes,2024-01-01,
1.000005,H43,full,1,01/01/2024,
"""


def run(command: Any, tmp_path: Path, text: str, name: str = "file.csv") -> Result:
    file = tmp_path / name
    file.write_text(text)
    return CliRunner().invoke(command, [str(file)])


def rate(definition: str, period: Period = YEAR, scope: str = "national") -> tuple[int, int, int]:
    from motcua.monitoring.queries import rates

    row = rates(definition, period, None, scope, actor=PUBLIC).row(scope)
    assert row is not None
    return row.numerator, row.denominator, row.excluded


def test_levels_make_stubs_services_and_rates(tmp_path: Path) -> None:
    from motcua.cli.imports import levels

    done = run(levels, tmp_path, LEVELS)
    assert done.exit_code == 1
    assert done.output.startswith("file.csv: 5 new, 0 changed, 0 unchanged, 5 refused\n")
    for stub in ("procedure 1.000003", "agency H43.12", "agency G15"):
        assert f"kept as a stub: {stub}\n" in done.output
    for line, word in (
        (7, "procedure"),
        (8, "agency"),
        (9, "level"),
        (10, "eligible_full"),
        (11, "valid_from"),
    ):
        assert f"file.csv:{line}: refused: {word}:" in done.output
    assert rate("provision") == (3, 4, 0)  # the ministry's procedure is information until 2026
    assert rate("full_share") == (1, 2, 1)  # two eligible; 1.000004 was not said, 1.000003 is not
    assert rate("partial_share") == (1, 4, 0)
    assert rate("services_with_dossiers") == (0, 3, 0)
    assert rate("provision", Period(date(2026, 1, 1), date(2026, 6, 30))) == (4, 4, 0)
    assert rate("provision", scope="H43.12") == (1, 1, 0)


def test_the_same_levels_again_change_nothing_and_a_correction_only_itself(tmp_path: Path) -> None:
    from motcua.cli.imports import levels

    good = "\n".join(LEVELS.splitlines()[:6]) + "\n"
    assert run(levels, tmp_path, good).exit_code == 0
    again = run(levels, tmp_path, good)
    assert (again.exit_code, again.output) == (0, "file.csv: 0 new, 0 changed, 5 unchanged, 0 refused\n")
    changed = run(levels, tmp_path, good.replace("1.000002,H43,partial", "1.000002,H43,full"))
    assert changed.output.startswith("file.csv: 0 new, 1 changed, 4 unchanged")
    assert rate("full_share")[0] == 2


def test_an_earlier_day_that_comes_later_is_put_before(tmp_path: Path) -> None:
    from motcua.cli.imports import levels

    head = "procedure,agency,level,valid_from\n"
    run(levels, tmp_path, head + "1.000001,H43,full,2025-07-01\n")
    run(levels, tmp_path, head + "1.000001,H43,information,2025-01-01\n")
    assert rate("provision", Period(date(2025, 1, 1), date(2025, 6, 30))) == (0, 1, 0)
    assert rate("provision", Period(date(2025, 1, 1), date(2025, 7, 1))) == (1, 1, 0)


def test_targets_stand_beside_the_rates(tmp_path: Path, now: datetime) -> None:
    from motcua.cli.imports import targets
    from motcua.monitoring.queries import rates

    text = """definition,scope,from,to,target,phase,criteria,source
provision,national,2025-01-01,2025-12-31,81,three,all ministries,decision 3
provision,block:local,2025-01-01,,80.005,,,
online_emc,national,2025-01-01,2025-12-31,55.5,,,
nothing,national,2025-01-01,,80,,,
provision,nowhere,2025-01-01,,80,,,
provision,national,,,80,,,
provision,national,2025-01-01,2024-01-01,80,,,
provision,national,2025-01-01,,180,,,
"""
    done = run(targets, tmp_path, text)
    assert done.exit_code == 1
    assert done.output.startswith("file.csv: 3 new, 0 changed, 0 unchanged, 5 refused\n")
    assert [n for n in range(2, 10) if f"file.csv:{n}: refused" in done.output] == [5, 6, 7, 8, 9]

    def told(definition: str, period: Period = YEAR) -> dict[str, float | None]:
        record = rates(definition, period, "block", actor=PUBLIC).as_record()
        return {row["scope"]: row["target"] for row in record["rows"]}

    assert told("provision") == {"national": 81.0, "block:local": 80.01, "block:ministry": None}
    assert told("online_emc")["national"] == 55.5  # the imported row began later than the built-in one
    later = Period(date(2026, 1, 1), date(2026, 1, 31))
    assert (told("provision", later)["national"], told("online_emc", later)["national"]) == (None, 70.0)
    again = run(targets, tmp_path, "\n".join(text.splitlines()[:4]) + "\n")
    assert again.output.startswith("file.csv: 0 new, 0 changed, 3 unchanged, 0 refused")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "[]"])
def test_a_file_of_something_else_is_refused_in_words(tmp_path: Path, text: str) -> None:
    from motcua.cli.imports import levels, targets

    for command in (levels, targets):
        done = run(command, tmp_path, text)
        assert done.exit_code == 1
        assert "cannot be read" in done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)


def test_older_and_local_codes_are_understood() -> None:
    from motcua.core.references import agency_identifier, procedure_code

    assert agency_identifier(" 000.00.00.h30 ") == "H30"
    assert agency_identifier("000.12.34.H30") == "H30.34.12"
    assert agency_identifier("H43.12") == "H43.12"
    assert procedure_code("1.004873.000.00.00.H56") == "1.004873"
    assert procedure_code("1.004873.000.00.00.H56.01") == "1.004873"
    assert procedure_code("1.004873") == "1.004873"
