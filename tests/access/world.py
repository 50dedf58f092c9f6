"""Who is there and what there is to see, for the access matrix: made through the operations, once."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from motcua.core.actor import SYSTEM, Actor, Role
from tests.dossiers.conftest import FILES, PROCEDURE

NAME, NUMBER = "Trần Thị Riêng Tư", "999199000777"
ANSWERS: dict[str, Any] = {"name": NAME, "number": NUMBER, "ask": False, "proof": True}
LATER = """[[papers]]
key = "later"
name_vi = "Giấy nộp sau"
name_en = "A paper that follows"
required_when = "answers.proof == true"
later_allowed = true
[[fees]]"""
TREE = {
    "G15": "ministry", "H43": "province", "H43.01": "commune", "H43.02": "commune", "H43.03": "commune",
    "H43.04": "commune", "H32": "province", "H32.01": "commune", "G01": "ministry", "G01.01": "commune",
}  # fmt: skip
AT = {
    "own": "H43.01", "consulted": "H43.02", "receiving": "H43.03", "near": "H43.04", "far": "H32.01",
    "police": "G01.01", "above": "H43",
}  # fmt: skip


class Bare(Client):
    """A client that answers what the site answered, and keeps no templates and contexts: far faster."""

    def request(self, **request: Any) -> Any:
        """The plain answer; an error of the site is its 500."""
        return self.handler(self._base_environ(**request))


@dataclass
class Viewer:
    """One who asks: an account with its session and its token; nothing for anonymous."""

    name: str
    user_id: int | None = None
    token: str = ""
    session: str = ""

    def client(self, *, api: bool) -> Client:
        """A client that has just come in: with the token for calls, with the session for pages."""
        if not self.user_id:
            return Bare()
        if api:
            return Bare(headers={"authorization": f"Bearer {self.token}"})
        return Bare(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}"})


@dataclass
class World:
    """Viewers by name; dossiers by subject and by state; ids for the parameters of routes."""

    now: datetime
    viewers: dict[str, Viewer] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def actor(self, name: str, at: datetime | None = None) -> Actor:
        """A viewer as an actor of the set-up's time."""
        from motcua.agencies.queries import actor_for

        user = self.viewers[name].user_id
        assert user is not None
        return actor_for(user, now=at or self.now)

    def act(self, who: str, action: str, subject: str, **params: Any) -> None:
        """Carry out an action an hour after the filing."""
        from motcua.dossiers import operations

        when = self.now + timedelta(hours=1)
        operations.act(
            code=self.codes[subject], action=action, params=params, actor=self.actor(who), now=when
        )


def _agencies(world: World) -> None:
    from motcua.agencies import operations as agencies

    for identifier, level in TREE.items():
        agencies.create_agency(
            identifier=identifier, name_vi=f"Cơ quan {identifier}", name_en="", level=level,
            parent=identifier.rpartition(".")[0] or None, serves_code=None, made_up=True,
            actor=SYSTEM, now=world.now,
        )  # fmt: skip
    for year in range(2025, 2029):
        agencies.freeze_year(year=year, actor=SYSTEM, now=world.now)


def _services(world: World) -> None:
    from motcua.agencies.queries import agency
    from motcua.catalogue.models import Procedure, Revision, Service
    from tests.dossiers.conftest import FACTS

    files = {**FILES, "procedure.toml": FILES["procedure.toml"].replace("[[fees]]", LATER)}
    procedure = Procedure.objects.create(
        code=PROCEDURE, name_vi="Cấp giấy thử", name_en="Issue a test paper", agency_code="G15",
        at_commune=True, valid_from=date(2020, 1, 1),
    )  # fmt: skip
    Revision.objects.create(
        procedure=procedure, number=1, facts=FACTS, pack=files, content_hash="0" * 64, published_at=world.now
    )
    for where in ("H43.01", "H43.04", "G01.01"):
        Service.objects.create(
            procedure=procedure, agency_id=agency(where).id, level="full", valid_from=date(2020, 1, 1)
        )


def _account(world: World, name: str, number: str | None = None, **more: Any) -> None:
    from motcua.people import operations as people
    from motcua.people.operations import tokens

    who = NAME if name == "citizen" else f"Người {name}"
    kind = "business" if name == "business" else "citizen"
    person = None
    if number:
        person = people.create_person(
            kind=kind, full_name=who, personal_number=number, email=f"{name}@example.vn", fictional=True,
            actor=SYSTEM, now=world.now,
        )  # fmt: skip
    user = people.create_account(
        username=name, password=None, display_name=who, person_id=person, actor=SYSTEM, now=world.now, **more
    )
    token = tokens.issue_token(username=name, scopes=("all",), days=2, actor=SYSTEM, now=timezone.now())
    world.viewers[name] = Viewer(name, user, token, _session(user))


def _session(user_id: int) -> str:
    """A session as sign-in leaves it."""
    from motcua.people.models import User

    user = User.objects.get(pk=user_id)
    store = SessionStore()
    store[SESSION_KEY] = str(user_id)
    store[BACKEND_SESSION_KEY] = "motcua.web.account.backend.Backend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _people(world: World, officers: list[str]) -> None:
    from motcua.agencies import operations as agencies

    world.viewers["anonymous"] = Viewer("anonymous")
    _account(world, "citizen", NUMBER)
    _account(world, "citizen2", "999199000778")
    _account(world, "helper", is_helper=True)
    _account(world, "helper2", is_helper=True)
    _account(world, "business", "9990000011")
    _account(world, "former.desk")
    start, end = date(2025, 7, 1), world.now.date() + timedelta(days=1)
    give = {"actor": SYSTEM, "now": world.now, "from_on": start}
    user = world.viewers["former.desk"].user_id
    agencies.appoint(user_id=user, agency="H43.03", role=Role.DESK, to_on=end, **give)  # type: ignore[arg-type]
    for name in officers:
        place, _, role = name.partition(".")
        where, held = ("H32", "leader") if name == "far.top" else (AT[place], role)
        _account(world, name)
        agencies.appoint(user_id=world.viewers[name].user_id, agency=where, role=Role(held), **give)  # type: ignore[arg-type]


def _file(
    world: World, subject: str, who: str, filed_by: str, agency: str = "H43.01", **answers: Any
) -> None:
    from motcua.documents.operations import store_paper
    from motcua.dossiers import operations
    from tests.documents.test_papers import pdf

    actor, content = world.actor(who), io.BytesIO(pdf())
    paper = store_paper(
        content=content, name="giấy.pdf", owner_id=actor.user_id, actor=actor, now=world.now
    ).id
    world.papers[subject] = paper
    world.codes[subject] = operations.submit(
        procedure=PROCEDURE, agency=agency, answers={**ANSWERS, **answers},
        papers=[{"component": "proof", "paper": paper}], filed_by=filed_by,
        channel=1 if filed_by == "officer" else 2, key=subject, actor=actor, now=world.now,
    ).code  # fmt: skip


def _dossiers(world: World) -> None:
    def counter(subject: str) -> None:
        _file(world, subject, "former.desk", "officer", ask=True)

    for subject in ("new", "asked", "consulting", "signing", "processed", "main"):
        counter(subject)
    _file(world, "waiting", "citizen", "self")
    _file(world, "confirm", "citizen", "self")
    _file(world, "helped", "helper", "helped")
    _file(world, "police", "citizen", "self", agency="G01.01")
    world.act(
        "receiving.desk", "request_supplement", "asked", items=[{"component": "proof", "text": "Rõ hơn"}]
    )
    for subject in ("consulting", "signing", "processed", "main"):
        world.act("receiving.desk", "receive", subject)
    world.act("own.desk", "receive", "confirm")
    for subject in ("signing", "processed", "main"):
        world.act("consulted.specialist", "answer_consultation", subject, answer="Không có ý kiến")
    for subject in ("signing", "processed", "main", "confirm"):
        world.act("own.specialist", "complete_step", subject, step="check")
        world.act("own.specialist", "complete_step", subject, findings={"note": "được"})
    for subject in ("processed", "main"):
        world.act("own.signatory", "sign", subject)
    world.act("receiving.desk", "return_result", "main", how="desk")
    world.act("citizen", "deliver_draft", "confirm")


def _signal(world: World) -> int:
    """A question to the first commune."""
    from motcua.agencies.queries import agency
    from motcua.monitoring.operations import keep_signal
    from motcua.monitoring.rules.signals import Found, SignalKind

    day, here = world.now.date(), agency("H43.01").id
    found = Found(SignalKind.TYPED, here, "typed:x", day, day, (world.codes["main"],))
    return keep_signal(found=found, now=world.now)


def _held(citizen: Actor, now: datetime) -> str:
    """A file that waits to be sent along."""
    from motcua.voice.operations import hold_attachment
    from tests.documents.test_papers import pdf

    return hold_attachment(content=io.BytesIO(pdf()), name="ảnh.pdf", actor=citizen, now=now).handle


def _file_of(**record: str) -> str:
    from motcua.voice.models import Attachment

    return str(Attachment.objects.get(**record).pk)


def _said(world: World) -> dict[str, str]:
    """A petition, an unhappy rating, a complaint and a proposal, all of the citizen's."""
    from motcua.catalogue.operations import ensure_stub
    from motcua.core.links import sign
    from motcua.voice import operations

    citizen, code = world.actor("citizen"), world.codes["main"]
    ensure_stub("9.000002", name="Thủ tục khác", source="a test", actor=SYSTEM, now=world.now)
    form = operations.PetitionForm(
        kind="conduct", title="Một việc ở quầy", words="Xin trình bày sự việc.", agency="H43.01",
        attachments=(_held(citizen, world.now),),
    )  # fmt: skip
    sent = operations.send_petition(form=form, actor=citizen, now=world.now)
    operations.rate(code=code, satisfied=False, way="page", actor=citizen, now=world.now)
    filed = operations.file_complaint(
        dossier=code, against="result", words="Kết quả sai ngày sinh.",
        attachments=(_held(citizen, world.now),), actor=citizen, now=world.now,
    )  # fmt: skip
    proposal = operations.propose(
        procedure="9.000002", words="Nên làm trực tuyến.", actor=citizen, now=world.now
    )
    return {
        "petition": sent.code, "petition_link": sign("petition", sent.code), "complaint": filed.code,
        "attachment": _file_of(petition__code=sent.code), "evidence": _file_of(complaint__code=filed.code),
        "rated": code, "rating_link": sign("rating", code), "proposal": proposal,
    }  # fmt: skip


def _outside_index(world: World) -> None:
    from pathlib import Path

    import motcua.demo
    from motcua.voice.operations import import_papi

    folder = Path(motcua.demo.__file__).parent / "data" / "papi"
    import_papi(path=folder / "subdimensions_2022.csv", year=2022, actor=SYSTEM, now=world.now)


def _assessed(world: World) -> str:
    """An assessment that asks something of the first commune."""
    import tempfile
    from pathlib import Path

    from motcua.monitoring.queries import known_figures
    from motcua.voice.operations import import_assessment
    from tests.voice.assessing import RECORD

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.toml")
        path.write_text(RECORD, encoding="utf-8")
        import_assessment(path=path, figures=known_figures(), actor=SYSTEM, now=world.now)
    return "DG-1"


def _assessing(world: World) -> str:
    """A draft of the next assessment of the first commune, with the criteria of the one before."""
    from motcua.voice.operations import start_assessment

    typed = {"code": "DG-2", "subject": "H43.01", "title_vi": "Đánh giá lại", "repeats": "DG-1"}
    return str(start_assessment(typed=typed, actor=world.actor("own.inspector"), now=world.now))


def _ids(world: World) -> None:
    from motcua.documents.operations import begin_upload
    from motcua.dossiers import operations, queries
    from motcua.events.operations import run_readers
    from motcua.notices import queries as notices
    from motcua.notices.operations import add_hook

    citizen = world.actor("citizen")
    run_readers(now=world.now, limit=10_000)
    draft = operations.start_draft(
        procedure_code=PROCEDURE, agency="H43.01", prefill=ANSWERS, actor=citizen, now=world.now
    )
    settings.HOOKS_INSIDE = True
    hook, _ = add_hook(url="http://127.0.0.1:9/x", actor=citizen, now=world.now)
    settings.HOOKS_INSIDE = False
    seen = queries.dossier_for(world.codes["main"], actor=citizen, now=world.now)
    assert seen.result is not None
    _outside_index(world)
    upload = begin_upload(name="a.png", length=10, actor=citizen, now=world.now)
    world.ids = {
        "draft_id": str(draft.id), "page_key": "who", "upload_id": upload.id,
        "message_id": str(notices.inbox(actor=citizen).items[0].id), "hook_id": hook.id,
        "token": seen.result.token, "definition": "online_2022", "key": "01", "action": "withdraw",
        "slug": "ket-hon", "manual_name": "nguoi-dan", "subject": "P38", "agency": "H43.01",
        "kind": "overview", "form": "csv", "month": "2026-06",
        "signal_id": str(_signal(world)), **_said(world),
        "verb": "receive", "record": _assessed(world), "number": "1",
        "entry": _assessing(world), "part": "criteria", "place": "1",
    }  # fmt: skip


@contextmanager
def built(officers: list[str], now: datetime) -> Iterator[World]:
    """The world inside the running transaction."""
    world = World(now)
    _agencies(world)
    _services(world)
    _people(world, officers)
    _dossiers(world)
    _ids(world)
    yield world
