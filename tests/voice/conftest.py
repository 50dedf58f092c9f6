"""The small commune of the dossiers' tests, and a dossier of its citizen's that has ended."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.dossiers.conftest import Commune, act, commune, file

__all__ = ["Commune", "act", "commune", "file"]


@pytest.fixture
def ended(file: Callable[..., str], act: Callable[..., None]) -> str:
    """Received, handled, confirmed, signed and returned."""
    code = file()
    act("desk", "receive", code)
    act("specialist", "complete_step", code, step="check")
    act("specialist", "complete_step", code, step="draft", findings={"note": "được"})
    act("citizen", "deliver_draft", code)
    act("citizen", "confirm_draft", code)
    act("signatory", "sign", code)
    act("desk", "return_result", code, how="online")
    return code


@pytest.fixture
def read_log(now: datetime) -> Callable[[], None]:
    """Let every reader catch up."""
    from motcua.events.operations import run_readers

    def caught_up() -> None:
        while run_readers(now=now, limit=10_000):
            pass

    return caught_up
