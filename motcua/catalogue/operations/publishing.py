"""Publishing a pack: its folder is checked and frozen as a revision."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from motcua.catalogue.models import Service
from motcua.catalogue.operations.records import Change, keep
from motcua.catalogue.queries.procedures import RevisionRef, current_revision
from motcua.catalogue.rules.level import BLOCKERS, level_of
from motcua.catalogue.rules.pack import Pack, PackFault, load_folder, parse_pack
from motcua.catalogue.rules.pack_facts import facts_of
from motcua.core.actor import Actor
from motcua.core.references import PROCEDURE_CODE
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.process.rules.definition import problems


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
    found = faults_of(pack)
    if found:
        raise PackRefused(found)
    for service in Service.objects.filter(procedure__code=pack.code).order_by("id"):
        level = level_of(pack)
        service.level, service.blockers = level.level, list(level.blockers)
        service.save(update_fields=["level", "blockers"])
    source = f"pack {Path(folder).resolve().name}"
    keep([Change(facts_of(pack), "pack", source, dict(files))], actor=actor, now=now)
    return current_revision(pack.code)


def _read(folder: Path) -> tuple[Mapping[str, str], Pack]:
    try:
        files = load_folder(folder)
        return files, parse_pack(files)
    except PackFault as fault:
        raise PackRefused((str(fault),)) from None


def faults_of(pack: Pack) -> tuple[str, ...]:
    """What keeps a readable pack from being published, each with its place."""
    found = [f"process.toml: {p}" for p in problems(pack.process)]
    if not PROCEDURE_CODE.match(pack.code):
        found.append(f"procedure.toml: code: “{pack.code}” is not a procedure code")
    unknown = sorted({b.code for b in pack.blockers} - set(BLOCKERS))
    found += [f"procedure.toml: blocker: “{code}” is not one of {', '.join(BLOCKERS)}" for code in unknown]
    return tuple(found)
