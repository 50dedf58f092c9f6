"""A commune's police with the residence services, and the worked cases of the packs as what people do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.catalogue.rules.form import settle, shown, visible_pages, visible_questions
from motcua.catalogue.rules.form_raw import to_raw
from motcua.catalogue.rules.pack import Example, Pack, load_folder, papers_for
from motcua.catalogue.rules.pack_reading import parse_pack
from motcua.catalogue.rules.playing import facts_of
from motcua.core.actor import Role
from motcua.core.folding import fold
from tests.support.sessions import signed_in
from tests.web.filing import PNG, Walk, offer_folder

__all__ = ["CASES", "COMMUNE", "POLICE", "Station", "answers_of", "example_of", "station"]

COMMUNE, ELSEWHERE = "22741", "22759"
POLICE = "G01.43.23"
FOLDERS = Path(__file__).parents[2] / "packs" / "vn"
# the usual case of each service: pack, example, and what the officer notes in each handling step
CASES = {
    "1.004194": ("temporary-residence", "01-alone-rented"),
    "1.002755": ("temporary-residence-renewal", "01-alone-online"),
    "1.003677": ("temporary-absence", "01-twelve-months-online"),
    "2.001159": ("stay-notice", "01-visitor"),
}


def example_of(code: str) -> tuple[Pack, Example]:
    """The pack of a procedure and its usual case."""
    folder, name = CASES[code]
    pack = parse_pack(load_folder(FOLDERS / folder))
    return pack, next(e for e in pack.examples if e.name == name)


def answers_of(code: str, today: date) -> dict[str, Any]:
    """The answers of the usual case; a term that ends soon ends soon from today."""
    answers = dict(example_of(code)[1].answers)
    if "ends_on" in answers:
        ends = today + timedelta(days=10)
        answers |= {"ends_on": ends.isoformat(), "until": (ends + timedelta(days=300)).isoformat()}
    return answers


@dataclass(slots=True)
class Station:
    """The police of a commune, a citizen and a helper, by user name."""

    users: dict[str, int]

    def browser(self, who: str) -> Walk:
        """A browser in which that person is signed in."""
        return Walk(signed_in(get_user_model().objects.get(pk=self.users[who])))

    def file(self, code: str, who: str, today: date, **changes: Any) -> str:
        """From the start page to the receipt, page after page, without scripts; answers the reference."""
        walk = self.browser(who)
        self.fill(walk, code, who, today, **changes)
        return walk.post(walk.at, {"declared": "1"}).split("/")[2]

    def fill(self, walk: Walk, code: str, who: str, today: date, **changes: Any) -> str:
        """From the start page to the check page; answers the draft's address."""
        pack, example = example_of(code)
        answers = answers_of(code, today) | changes
        facts = facts_of(pack, example) | {"answers": answers, "today": today.isoformat()}
        settled = settle(pack.form, facts)
        walk.get(f"/nop/{code}/")
        for q in pack.form.eligibility:
            if shown(q, settled):
                walk.post(f"/nop/{code}/dieu-kien/", to_raw(q, answers[q.key]))
        filed_by = "helped" if who == "helper" else "self"
        draft = walk.post(f"/nop/{code}/bat-dau/", {"filed_by": filed_by})
        pages = {p.key: visible_questions(p, settled) for p in visible_pages(pack.form, facts)}
        while not walk.at.endswith("/kiem-tra/"):
            key = walk.at.removeprefix(draft).strip("/") or next(iter(pages))
            if key == "giay-to":
                _hand_in(walk, draft, [p.key for p in papers_for(pack, facts)])
                continue
            walk.get(f"{draft}{key}/")
            raw = [to_raw(q, answers.get(q.key)) for q in pages.pop(key) if q.asked]
            walk.post(f"{draft}{key}/", {n: v for fields in raw for n, v in fields.items()})
        return draft


def _hand_in(walk: Walk, draft: str, components: list[str]) -> None:
    """A picture for each paper; the check page comes next."""
    for component in components:
        picture = SimpleUploadedFile(f"{component}.png", PNG, "image/png")
        walk.post(f"{draft}giay-to/", {"component": component, "file": picture})
    walk.at = f"{draft}kiem-tra/"


@pytest.fixture
def station(
    db: None, root: Path, now: datetime, make_agency: Callable[..., int], make_user: Callable[..., int],
    appoint: Callable[..., Any],
) -> Station:  # fmt: skip
    from motcua.agencies.operations import freeze_year
    from motcua.core.actor import SYSTEM
    from motcua.people.models import User
    from motcua.places.models import Unit

    province = Unit.objects.create(code="58", name="Ninh Thuận", folded="ninh thuan", level="province")
    for code, name in ((COMMUNE, "Phường Mẫu"), (ELSEWHERE, "Phường Khác"), ("22780", "Phường Chưa")):
        Unit.objects.create(parent=province, code=code, name=name, folded=fold(name), level="commune")
    make_agency("G01", level="ministry")
    make_agency("G01.43", parent="G01", serves_code="58")
    make_agency(POLICE, level="commune", parent="G01.43", serves_code=COMMUNE)
    make_agency("G01.43.24", level="commune", parent="G01.43", serves_code=ELSEWHERE)
    for year in (2025, 2026, 2027, 2028):
        freeze_year(year=year, actor=SYSTEM, now=now)
    for folder, _ in CASES.values():
        offer_folder(root / "packs" / "vn" / folder, now, (POLICE, "G01.43.24"))
    users = {name: make_user(name) for name in ("dan", "helper", "canbo", "truong")}
    User.objects.filter(pk=users["helper"]).update(is_helper=True)
    for who, role in (("canbo", Role.DESK), ("canbo", Role.SPECIALIST), ("truong", Role.SIGNATORY)):
        appoint(users[who], POLICE, role)
    return Station(users)
