"""A commune with the real marriage-status service and its people's browsers, for the tests beside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from motcua.core.actor import Actor
from tests.dossiers.conftest import Commune, commune
from tests.support.sessions import signed_in

__all__ = ["CODE", "Portal", "Walk", "commune", "offer_pack", "portal", "walk"]

CODE = "1.004873"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060"
    "00000005000157a2cd5b0000000049454e44ae426082"
)


def offer_folder(folder: Path, now: datetime, agencies: tuple[str, ...]) -> None:
    """Offer a pack of the repository as it stands, without publishing's own checks."""
    from motcua.agencies.queries import agency
    from motcua.catalogue.models import Procedure, Revision, Service
    from motcua.catalogue.queries import revision_pack
    from motcua.catalogue.rules.level import level_of
    from motcua.catalogue.rules.pack import load_folder
    from motcua.catalogue.rules.pack_reading import parse_pack

    revision_pack.cache_clear()
    files = load_folder(folder)
    pack = parse_pack(files)
    procedure = Procedure.objects.create(
        code=pack.code, name_vi=pack.name.vi, name_en=pack.name.en, agency_code=pack.agency_code,
        at_commune=True, valid_from=date(2020, 1, 1),
    )  # fmt: skip
    Revision.objects.create(
        procedure=procedure, number=1, facts={"code": pack.code, "name_vi": pack.name.vi}, pack=files,
        content_hash=pack.code.replace(".", "0").ljust(64, "1"), published_at=now,
    )  # fmt: skip
    for identifier in agencies:
        Service.objects.create(
            procedure=procedure, agency_id=agency(identifier).id, level=level_of(pack).level,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip


def offer_pack(root: Path, now: datetime, agencies: tuple[str, ...] = ("H43.01", "H43.02")) -> None:
    """Offer the marriage-status certificate at the people's committees."""
    offer_folder(root / "packs" / "vn" / "marriage-status", now, agencies)


@dataclass(slots=True)
class Portal:
    """The commune and a way to sit at somebody's browser."""

    commune: Commune

    def browser(self, who: str | Actor = "citizen") -> Client:
        """A browser in which that person is signed in."""
        actor = getattr(self.commune, who) if isinstance(who, str) else who
        return signed_in(get_user_model().objects.get(pk=actor.user_id))


@pytest.fixture
def portal(commune: Commune, root: Any, now: datetime) -> Portal:
    from motcua.places.models import Unit

    offer_pack(root, now)
    province = Unit.objects.create(code="56", name="Khánh Hòa", folded="khanh hoa", level="province")
    for code, name, folded in (
        ("22738", "Phường Đô Vinh", "phuong do vinh"),
        ("22741", "Phường Phan Rang", "phuong phan rang"),
        ("22759", "Phường Đông Hải", "phuong dong hai"),
        ("22780", "Xã Đông Hải", "xa dong hai"),
    ):
        Unit.objects.create(parent=province, code=code, name=name, folded=folded, level="commune")
    return Portal(commune)


# what a never-married person answers, page by page
ANSWERS: dict[str, dict[str, str]] = {
    "purpose": {"purpose": "other", "purpose_text": "Vay vốn", "copies": "2"},
    "relation": {"relation": "self"},
    "applicant": {
        "applicant_name": "Người dan", "applicant_birth-day": "1", "applicant_birth-month": "2",
        "applicant_birth-year": "1990", "applicant_number": "999199000123",
        "applicant_residence": "Thôn 1, phường Một", "phone": "", "email": "",
    },
    "about": {"person_sex": "female", "person_ethnicity": "Kinh"},
    "residence": {"residence_kind": "permanent", "lived_elsewhere": "no"},
    "status": {"status": "never"},
    "earlier": {"earlier": "none"},
    "fee": {"exemption": "none"},
}  # fmt: skip


@dataclass(slots=True)
class Walk:
    """One person's way through the pages."""

    client: Client
    at: str = ""

    def get(self, address: str, status: int = 200) -> str:
        """Open a page."""
        answer = self.client.get(address)
        assert answer.status_code == status, (address, answer.status_code, answer.get("Location"))
        self.at = address
        return answer.content.decode()

    def post(self, address: str, data: dict[str, Any] | None = None) -> str:
        """Send a form that leads on; answers where to."""
        answer = self.client.post(address, data or {})
        assert answer.status_code == 302, (address, answer.status_code, faults_in(answer.content.decode()))
        self.at = answer["Location"]
        return self.at

    def refused(self, address: str, data: dict[str, Any] | None = None, status: int = 422) -> str:
        """Send a form that comes back."""
        answer = self.client.post(address, data or {})
        assert answer.status_code == status, (address, answer.status_code)
        return answer.content.decode()

    def begin(self) -> str:
        """Eligibility and the wall; answers the draft's address."""
        self.post(f"/nop/{CODE}/dieu-kien/", {"wanted": "status"})
        self.post(f"/nop/{CODE}/dieu-kien/", {"citizen": "yes"})
        return self.post(f"/nop/{CODE}/bat-dau/")

    def fill(self, draft: str, **changes: dict[str, str]) -> None:
        """All pages, in the order in which the site asks."""
        pages = {**ANSWERS, **changes}
        self.post(f"{draft}co-quan/", {"agency": "H43.01"})
        for _ in range(30):
            page = self.at.removeprefix(draft).strip("/")
            if page in {"kiem-tra", "giay-to"}:
                return
            self.get(self.at)
            self.post(self.at, pages[page])
        raise AssertionError(f"never reached the check page: {self.at}")

    def file(self, **changes: dict[str, str]) -> str:
        """From the start to the receipt; answers the reference."""
        draft = self.begin()
        self.fill(draft, **changes)
        receipt = self.post(f"{draft}kiem-tra/", {"declared": "1"})
        return receipt.split("/")[2]


def faults_in(page: str) -> str:
    """The error summary of a page, for messages of failing tests."""
    start = page.find("error-summary__list")
    return page[start : start + 600] if start > 0 else page[:300]


@pytest.fixture
def walk(portal: Portal) -> Callable[..., Walk]:
    def start(who: str = "citizen") -> Walk:
        return Walk(portal.browser(who))

    return start
