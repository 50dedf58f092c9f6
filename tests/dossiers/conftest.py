"""A small commune with a small service, built through the nouns' own operations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from motcua.core.actor import SYSTEM, Actor, Role

PROCEDURE = "9.000001"
TEMPLATE = "= Giấy thử\n#data.who\n"
FILES = {
    "procedure.toml": """
code = "9.000001"
name_vi = "Cấp giấy thử"
name_en = "Issue a test paper"
agency_code = "G15"
agency_level = "commune"
field = "Thử nghiệm"
legal = ["Luật thử"]
[[limits]]
key = "usual"
limit = { amount = 3, unit = "working_days" }
[[papers]]
key = "proof"
name_vi = "Giấy chứng minh"
name_en = "Proof"
required_when = "answers.proof == true"
[[fees]]
key = "all"
amount = 5000
""",
    "form.toml": """
[[pages]]
key = "who"
title_vi = "Người yêu cầu"
title_en = "Applicant"
[[pages.questions]]
key = "name"
type = "full_name"
label_vi = "Họ tên"
label_en = "Name"
from = "person.full_name"
[[pages.questions]]
key = "number"
type = "personal_number"
label_vi = "Số định danh"
label_en = "Personal number"
from = "person.personal_number"
[[pages]]
key = "what"
title_vi = "Nội dung"
title_en = "Matter"
[[pages.questions]]
key = "ask"
type = "yes_no"
label_vi = "Có cần hỏi cơ quan khác không?"
label_en = "Must another agency be asked?"
[[pages.questions]]
key = "proof"
type = "yes_no"
label_vi = "Có giấy chứng minh không?"
label_en = "Is there a proof?"
""",
    "process.toml": """
[[steps]]
key = "intake"
name_vi = "Tiếp nhận"
name_en = "Intake"
kind = "intake"
role = "desk"
at = "receiving"
[[steps.next]]
to = "check"
[[steps.next]]
to = "question"
when = "answers.ask == true"
[[steps]]
key = "check"
name_vi = "Thẩm tra"
name_en = "Check"
kind = "handle"
role = "specialist"
share = "0.5"
[[steps.next]]
to = "draft"
[[steps]]
key = "question"
name_vi = "Hỏi cơ quan khác"
name_en = "Question"
kind = "consult"
role = "specialist"
at = "H43.02"
limit = { amount = 1, unit = "working_days" }
[[steps.next]]
to = "draft"
[[steps]]
key = "draft"
name_vi = "Dự thảo"
name_en = "Draft"
kind = "handle"
role = "specialist"
join = "all"
[[steps.findings]]
key = "note"
label_vi = "Ghi chú"
label_en = "Note"
required = true
[[steps.next]]
to = "confirm"
when = "dossier.channel == 2"
[[steps.next]]
to = "sign"
when = "dossier.channel != 2"
[[steps]]
key = "confirm"
name_vi = "Xác nhận dự thảo"
name_en = "Confirm the draft"
kind = "confirm"
role = "applicant"
limit = { amount = 1, unit = "days" }
silence = "agree"
on_reject = "draft"
[[steps.next]]
to = "sign"
[[steps]]
key = "sign"
name_vi = "Ký"
name_en = "Sign"
kind = "sign"
role = "signatory"
on_reject = "draft"
[[steps.next]]
to = "return"
[[steps]]
key = "return"
name_vi = "Trả kết quả"
name_en = "Return"
kind = "return"
role = "desk"
at = "receiving"
""",
    "result/result.toml": """
title_vi = "Giấy thử"
title_en = "Test paper"
valid_months = 6
number_suffix = "GT"
[[fields]]
key = "who"
label_vi = "Họ tên"
label_en = "Name"
value = "answers.name"
[[fields]]
key = "agency_name"
value = "agency.name"
""",
    "result/template.typ": TEMPLATE,
}
FACTS = {"code": PROCEDURE, "name_vi": "Cấp giấy thử", "name_en": "Issue a test paper"}
ANSWERS: dict[str, Any] = {"name": "Nguyễn Thị Thử", "number": "999199000123", "ask": False, "proof": False}


@dataclass(slots=True)
class Commune:
    """Who is there, as actors, and a service that all of them take part in."""

    citizen: Actor
    other: Actor
    desk: Actor
    specialist: Actor
    signatory: Actor
    asked: Actor
    stranger: Actor
    leader: Actor
    agency: str = "H43.01"


def _agencies(now: datetime) -> None:
    from motcua.agencies import operations as agencies

    tree = (
        ("G15", "Bộ Tư pháp", "ministry", ""),
        ("H43", "UBND tỉnh", "province", ""),
        ("H43.01", "UBND phường Một", "commune", "H43"),
        ("H43.02", "UBND phường Hai", "commune", "H43"),
        ("H32", "UBND tỉnh khác", "province", ""),
    )
    for identifier, name, level, parent in tree:
        agencies.create_agency(
            identifier=identifier, name_vi=name, name_en="", level=level, parent=parent or None,
            serves_code=None, made_up=True, actor=SYSTEM, now=now,
        )  # fmt: skip
    for year in (2025, 2026, 2027):
        agencies.freeze_year(year=year, actor=SYSTEM, now=now)


def offer_test_service(now: datetime, files: dict[str, str] = FILES) -> None:
    """Publish the small pack and offer it at H43.01."""
    from motcua.agencies.queries import agency
    from motcua.catalogue.models import Procedure, Revision, Service

    procedure = Procedure.objects.create(
        code=PROCEDURE, name_vi="Cấp giấy thử", name_en="Issue a test paper", agency_code="G15",
        at_commune=True, valid_from=date(2020, 1, 1),
    )  # fmt: skip
    Revision.objects.create(
        procedure=procedure, number=1, facts=FACTS, pack=files, content_hash="0" * 64, published_at=now
    )
    Service.objects.create(
        procedure=procedure, agency_id=agency("H43.01").id, level="full", valid_from=date(2020, 1, 1)
    )


@pytest.fixture
def commune(db: None, now: datetime) -> Commune:
    from motcua.agencies import operations as agencies
    from motcua.agencies.queries import actor_for
    from motcua.people import operations as people

    _agencies(now)
    offer_test_service(now)

    def account(name: str, number: str | None, *posts: tuple[str, Role]) -> Actor:
        person = people.create_person(
            full_name=f"Người {name}", personal_number=number, email=f"{name}@example.vn", fictional=True,
            actor=SYSTEM, now=now,
        )  # fmt: skip
        user = people.create_account(
            username=name, password="mot mat khau du dai", display_name=f"Người {name}", person_id=person,
            actor=SYSTEM, now=now,
        )  # fmt: skip
        for agency, role in posts:
            agencies.appoint(
                user_id=user, agency=agency, role=role, from_on=date(2025, 7, 1), actor=SYSTEM, now=now
            )
        return actor_for(user, now=now)

    return Commune(
        citizen=account("dan", "999199000123"),
        other=account("dankhac", "999199000124"),
        desk=account("motcua", None, ("H43.01", Role.DESK)),
        specialist=account("chuyenvien", None, ("H43.01", Role.SPECIALIST)),
        signatory=account("nguoiky", None, ("H43.01", Role.SIGNATORY)),
        asked=account("phuonghai", None, ("H43.02", Role.SPECIALIST)),
        stranger=account("noikhac", None, ("H32", Role.SPECIALIST), ("H32", Role.LEADER)),
        leader=account("lanhdao", None, ("H43", Role.LEADER)),
    )


@pytest.fixture
def file(commune: Commune, now: datetime) -> Callable[..., str]:
    """File a request of the citizen; answers its code."""
    from itertools import count

    from motcua.dossiers import operations

    keys = count()

    def filed(*, at: datetime | None = None, **answers: Any) -> str:
        return operations.submit(
            procedure=PROCEDURE, agency=commune.agency, answers={**ANSWERS, **answers}, key=f"k{next(keys)}",
            actor=commune.citizen, now=at or now,
        ).code  # fmt: skip

    return filed


@pytest.fixture
def act(commune: Commune, now: datetime) -> Callable[..., None]:
    """Carry out an action by who and name: ``act("desk", "receive", code)``."""
    from motcua.dossiers import operations

    def done(who: str, action: str, code: str, *, at: datetime | None = None, **params: Any) -> None:
        operations.act(
            code=code,
            action=action,
            params=params,
            actor=getattr(commune, who),
            now=at or now + timedelta(hours=1),
        )

    return done
