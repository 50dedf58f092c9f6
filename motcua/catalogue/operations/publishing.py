"""Publishing a pack: its folder is checked and frozen as a revision."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from motcua.catalogue.models import Service
from motcua.catalogue.operations.records import Change, keep
from motcua.catalogue.queries.procedures import RevisionRef, current_revision
from motcua.catalogue.rules.check import check_files
from motcua.catalogue.rules.level import level_of
from motcua.catalogue.rules.pack import Pack, PackFault, load_folder
from motcua.catalogue.rules.pack_facts import facts_of
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.core.actor import Actor
from motcua.core.references import PROCEDURE_CODE
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

    The pack's facts fill what no national record says. The levels of the services offered already
    are derived anew. Raises PackRefused with every fault found.
    """
    files, pack = _read(Path(folder))
    for service in Service.objects.filter(procedure__code=pack.code).order_by("id"):
        level = level_of(pack)
        service.level, service.blockers = level.level, list(level.blockers)
        service.save(update_fields=["level", "blockers"])
    source = f"pack {Path(folder).resolve().name}"
    keep([Change(facts_of(pack), "pack", source, files)], actor=actor, now=now)
    return current_revision(pack.code)


def _read(folder: Path) -> tuple[dict[str, str], Pack]:
    """The files and the pack in them. Raises PackRefused with all that `pack check` finds."""
    try:
        files = load_folder(folder)
        found = [str(p) for p in check_files(files)]
        if found:
            raise PackRefused(tuple(found))
        pack = parse_pack(files)
    except PackFault as fault:
        raise PackRefused((str(fault),)) from None
    if pack.draft:
        raise PackRefused(("procedure.toml: draft: it is marked as a draft; take “draft = true” out",))
    if not PROCEDURE_CODE.match(pack.code):
        raise PackRefused((f"procedure.toml: code: “{pack.code}” is not a procedure code",))
    return files, pack
