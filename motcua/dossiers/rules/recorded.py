"""Dossier records of other handling systems, line by line (contract.md; national names: domain.md §2)."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from motcua.core.references import AGENCY_IDENTIFIER, PROCEDURE_CODE, agency_identifier, procedure_code
from motcua.dossiers.rules.recorded_cells import (
    LineRefused,
    amount,
    any_of,
    choice,
    fee_of,
    moment,
    same_or_later,
    yes_or_no,
)

NEEDED = ("code", "procedure")  # the agency may stand in the code alone
# the fields that handling systems send to the national portal (domain.md §2 [C])
NATIONAL_NAMES: Mapping[str, str] = {
    "MaHoSo": "code",
    "MaTTHC": "procedure",
    "DonViXuLy": "agency",
    "LoaiDoiTuong": "applicant_kind",
    "KenhThucHien": "channel",
    "TrangThaiHoSo": "status",
    "NgayTiepNhan": "received_at",
    "NgayHenTra": "due_at",
    "NgayKetThucXuLy": "finished_at",
    "NgayTra": "returned_at",
    "NgayYeuCauBoSung": "supplement_requested_at",
    "DuocThanhToanTrucTuyen": "paid_online",
    "HoSoCoThanhPhanSoHoa": "reused",  # so Decision 766, 4.3; 4.2 asks for attached files
    "TaiKhoanDuocXacThucVoiVNeID": "vneid",
}
CHANNELS = {"1": 1, "2": 2, "3": 3, "trực tiếp": 1, "trực tuyến": 2, "bưu chính": 3}
PAID = {"0": False, "1": True, "2": True, "false": False, "true": True}  # 1 national portal, 2 own (766 3.6)
FILED_BY = {"self": "self", "helped": "helped", "officer": "officer"}
STATUSES = {str(number): number for number in range(1, 11)}
_CODE = re.compile(r"^[^\s\x00-\x1f\x7f]{3,60}$")
_IN_CODE = re.compile(r"^([A-Z]\d{2}(?:\.\d{1,3}){0,3}|(?:\d{2,3}\.){3}[A-Z]\d{2})-")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One dossier as its system reports it. None (empty, or status 0): it does not say."""

    code: str
    procedure: str
    agency: str
    applicant_kind: str
    channel: int | None
    filed_by: str
    status: int
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    supplements: int | None
    supplement_requested_at: datetime | None
    paused_minutes: int | None
    visits: int | None
    fee: int | None
    paid_online: bool | None
    e_result: bool | None
    digitised: bool | None
    reused: bool | None
    from_store: bool | None
    vneid: bool | None
    synced: bool | None
    source: str

    @property
    def digest(self) -> str:
        """A short print of all that the line says."""
        said = "\x1f".join("" if value is None else str(value) for value in _VALUES(self))
        return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


_VALUES = attrgetter(*(f.name for f in fields(Recorded)))


def read_recorded(cells: Mapping[str, str], raw: Mapping[str, Any]) -> Recorded:
    """Read one line by column; ``raw`` holds lists of national records. Raises ``LineRefused``.

    A record without both ``supplements`` and ``paused_minutes`` as columns comes from a system that
    keeps none: Decision 766 2.1 subtracts recorded time only, so nothing was paused. An empty cell
    is unknown.
    """
    code = cells.get("code", "")
    if not _CODE.match(code):
        raise LineRefused(f"code: {code!r:.40} is no code of 3 to 60 signs without blanks")
    found = Recorded(
        code=code,
        procedure=_procedure(cells.get("procedure", "")),
        agency=_agency(cells.get("agency", ""), code),
        applicant_kind=cells.get("applicant_kind", "")[:40],
        channel=choice(cells, "channel", CHANNELS),
        filed_by=choice(cells, "filed_by", FILED_BY) or "",
        status=choice(cells, "status", STATUSES) or 0,
        visits=amount(cells, "visits", 1_000),
        source=cells.get("source", "")[:300],
        **_times(cells),
        **_kept(cells, raw),
    )
    for later in ("finished_at", "returned_at", "supplement_requested_at"):
        same_or_later(found.received_at, getattr(found, later), later)
    return found


def _times(cells: Mapping[str, str]) -> dict[str, Any]:
    """When what happened, and how long it waited."""
    keeps_pauses = "supplements" in cells or "paused_minutes" in cells
    return {
        "received_at": moment(cells, "received_at"),
        "due_at": moment(cells, "due_at", end=True),
        "finished_at": moment(cells, "finished_at"),
        "returned_at": moment(cells, "returned_at"),
        "supplement_requested_at": moment(cells, "supplement_requested_at"),
        "supplements": amount(cells, "supplements", 1_000) if keeps_pauses else 0,
        "paused_minutes": amount(cells, "paused_minutes", 20_000_000) if keeps_pauses else 0,
    }


def _kept(cells: Mapping[str, str], raw: Mapping[str, Any]) -> dict[str, Any]:
    """What was owed and paid, and what was kept electronically."""
    return {
        "fee": fee_of(cells, raw.get("DanhSachLePhi")),
        "paid_online": choice(cells, "paid_online", PAID),
        "e_result": any_of(cells, "e_result", raw, "DanhSachGiayToKetQua", "DuongDanTepTinKetQua"),
        "digitised": any_of(cells, "digitised", raw, "TaiLieuNop", "TenTepDinhKem"),
        "reused": any_of(cells, "reused", raw, "TaiLieuNop", "DuocSoHoa"),
        "from_store": any_of(cells, "from_store", raw, "TaiLieuNop", "DuocLayTuKhoDMQG"),
        "vneid": yes_or_no(cells, "vneid"),
        "synced": yes_or_no(cells, "synced"),
    }


def _procedure(text: str) -> str:
    code = procedure_code(text)
    if not PROCEDURE_CODE.match(code):
        raise LineRefused(f"procedure: {text!r:.40} is no code such as 1.004873")
    return code


def _agency(text: str, code: str) -> str:
    """The identifier that is given; else the one in the dossier's code, as the national rule writes it."""
    given = agency_identifier(text)
    if AGENCY_IDENTIFIER.match(given):
        return given
    inside = _IN_CODE.match(code.upper())
    if inside is None:
        raise LineRefused(f"agency: {text!r:.40} is no identifier such as H43.12, and the code names none")
    return agency_identifier(inside.group(1))
