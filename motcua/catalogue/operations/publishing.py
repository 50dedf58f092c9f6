"""Publishing a pack: its folder is checked and frozen as a revision."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from motcua.catalogue.queries.procedures import RevisionRef
from motcua.core.actor import Actor
from motcua.core.refusals import Refusal
from motcua.core.texts import Text


class PackRefused(Refusal):
    """The pack has faults; ``faults`` lists them, each with its place."""

    code = "pack_refused"
    cause = Text("Gói thủ tục có {count} lỗi: {faults}", "The pack has {count} faults: {faults}")
    next_step = Text(
        "Sửa các lỗi rồi chạy `motcua pack check`.", "Mend them and run `motcua pack check` again."
    )
    status = 422

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(count=len(faults), faults="; ".join(faults))


@transaction.atomic
def publish_pack(*, folder: str | Path, actor: Actor, now: datetime) -> RevisionRef:
    """Freeze a pack as the current revision of its procedure; publishing it unchanged changes nothing.

    Raises PackRefused with every fault that `pack check` finds.
    """
    raise NotImplementedError
