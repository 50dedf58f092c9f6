"""Making agencies and their desks."""

from datetime import date, datetime

from django.db import transaction

from motcua.agencies import queries
from motcua.agencies.access import MANAGE
from motcua.agencies.models import Agency, Desk
from motcua.agencies.operations.guarding import demand
from motcua.agencies.rules import fits_below
from motcua.core.actor import Actor, Role
from motcua.core.references import block_of
from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.events.operations import append
from motcua.places.queries import unit_id

WORKING = (Role.DESK, Role.SPECIALIST, Role.SIGNATORY)  # what one may stand in for


class IdentifierMisplaced(Refusal):
    """An identifier that is malformed or does not belong under the parent given."""

    code = "agency_identifier_misplaced"
    cause = Text(
        "Mã định danh {identifier} không hợp lệ ở vị trí này.",
        "The identifier {identifier} does not fit here.",
    )
    next_step = Text(
        "Dùng mã như H43 (gốc) hoặc H43.12 dưới H43.",
        "Use an identifier such as H43 (root) or H43.12 under H43.",
    )
    status = 422


class IdentifierTaken(Refusal):
    """There is such an agency already."""

    code = "agency_identifier_taken"
    cause = Text("Đã có cơ quan mang mã {identifier}.", "There is already an agency {identifier}.")
    next_step = Text("Chọn mã khác.", "Choose another identifier.")


def create_agency(
    *,
    identifier: str,
    name_vi: str,
    name_en: str,
    level: str,
    parent: str | None,
    serves_code: str | None,
    made_up: bool = False,
    stub: bool = False,
    address: str = "",
    phone: str = "",
    valid_from: date | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Make an agency under ``parent`` (an identifier; None makes a root); returns its row id.

    Raises ``IdentifierMisplaced``, ``IdentifierTaken``, ``NotFound`` (parent, place, or no right).
    """
    with transaction.atomic():
        above = queries.agency(parent) if parent else None
        demand(MANAGE, actor, above)
        if not fits_below(identifier, parent):
            raise IdentifierMisplaced(identifier=identifier)
        if Agency.objects.filter(identifier=identifier).exists():
            raise IdentifierTaken(identifier=identifier)
        fields = {
            "identifier": identifier, "name_vi": name_vi, "name_en": name_en, "stub": stub,
            "level": Agency.Level(level).value, "serves_id": unit_id(serves_code) if serves_code else None,
            "made_up": made_up, "address": address, "phone": phone, "valid_from": valid_from,
        }  # fmt: skip
        if above:
            made = Agency.objects.add_child(Agency.objects.get(pk=above.id), create_kwargs=fields)
        else:
            made = Agency.objects.add_root(create_kwargs=fields)
        data = {"identifier": identifier, "parent": parent, "level": level, "serves": serves_code}
        append(stream=f"agency:{identifier}", kind="agency.created", data=data, actor=actor, now=now)
    return int(made.pk)


def ensure_agency(*, identifier: str, actor: Actor, now: datetime) -> bool:
    """Make sure that an agency exists under an identifier that a record names; True when a stub was made.

    Its name is the identifier; agencies above it are made too. Raises ``IdentifierMisplaced``.
    """
    if Agency.objects.filter(identifier=identifier).exists():
        return False
    parent = identifier.rpartition(".")[0] or None
    if not fits_below(identifier, parent):
        raise IdentifierMisplaced(identifier=identifier[:40])
    if parent:
        ensure_agency(identifier=parent, actor=actor, now=now)
    create_agency(
        identifier=identifier,
        name_vi=identifier,
        name_en="",
        level="ministry" if block_of(identifier) == "ministry" else "province",
        parent=parent,
        serves_code=None,
        stub=True,
        actor=actor,
        now=now,
    )
    return True


def open_desk(
    *,
    agency: str,
    name_vi: str,
    name_en: str,
    address: str = "",
    phone: str = "",
    hours: str = "",
    actor: Actor,
    now: datetime,
) -> int:
    """Open a one-stop desk at an agency; returns its row id."""
    with transaction.atomic():
        target = queries.agency(agency)
        demand(MANAGE, actor, target)
        desk = Desk.objects.create(
            agency_id=target.id, name_vi=name_vi, name_en=name_en, address=address, phone=phone, hours=hours
        )
        stream = f"agency:{agency}"
        append(stream=stream, kind="desk.opened", data={"desk": desk.pk}, actor=actor, now=now)
    return desk.pk
