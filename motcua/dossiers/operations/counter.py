"""At the counter: who stands there, and one step from the paper form to a received dossier."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from motcua.catalogue.queries import service_for, service_serving
from motcua.catalogue.rules.form import FieldError
from motcua.core.actor import Actor, Role
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.documents.operations import store_paper
from motcua.dossiers.models import Submission
from motcua.dossiers.operations.drafts import NOT_SERVED
from motcua.dossiers.operations.handed_in import AnswersRefused
from motcua.dossiers.operations.intake import receive
from motcua.dossiers.operations.submitting import submit
from motcua.dossiers.queries.counter import CounterService, counter_form
from motcua.events.operations import append
from motcua.people.queries import PersonProfile, find_person_id_by_number, person_profile

ELECTRONIC = 2
NO_FILE = Text("Bản điện tử cần có tệp kèm theo.", "An electronic copy needs its file.")


@dataclass(frozen=True, slots=True)
class CounterOutcome:
    """What came of filing at the counter.

    ``code`` is "" while something stands against it: ``errors``, or ``unseen`` questions and papers that the
    answers ask for and the page did not show. ``papers`` are kept either way: nothing is uploaded twice.
    """

    code: str = ""
    received: bool = False
    errors: tuple[FieldError, ...] = ()
    refusal: Refusal | None = None
    unseen: frozenset[str] = frozenset()
    papers: tuple[dict[str, Any], ...] = ()


def meet(*, number: str, procedure: str, actor: Actor, now: datetime) -> PersonProfile | None:
    """Who has this personal number, for a desk that types in for that person; the reading is logged.

    The person's account is not touched: nothing is signed in, linked or changed. None: not known here.
    """
    if not actor.has_role(Role.DESK):
        raise NotFound
    found = find_person_id_by_number(number) if number.strip() else None
    if found is None:
        return None
    profile = person_profile(found, actor=actor)
    with transaction.atomic():
        data = {"why": "counter", "procedure": procedure}
        append(stream=f"person:{found}", kind="person.read", data=data, actor=actor, now=now)
    return profile


def _stored(
    files: Sequence[tuple[str, BinaryIO, str]], actor: Actor, now: datetime
) -> tuple[dict[str, str], list[FieldError]]:
    """Each file kept, by component; what cannot be kept is said at its paper."""
    kept, errors = {}, []
    for component, content, name in files:
        try:
            paper = store_paper(content=content, name=name, owner_id=actor.user_id, actor=actor, now=now)
            kept[component] = paper.id
        except Refusal as refusal:
            errors.append(FieldError("/papers", component, refusal.cause))
    return kept, errors


def _with_files(papers: Sequence[Mapping[str, Any]], kept: Mapping[str, str]) -> tuple[dict[str, Any], ...]:
    return tuple({**p, "paper": kept.get(str(p["component"])) or p.get("paper")} for p in papers)


def _without_file(papers: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    lacking = [p for p in papers if p["copy_kind"] == ELECTRONIC and not p["paper"]]
    return [FieldError("/papers", str(p["component"]), NO_FILE) for p in lacking]


def _deciding(service: CounterService, agency: str, answers: Mapping[str, Any], now: datetime) -> str:
    """The agency that decides: the one an answer names, else the one chosen; raises ``AnswersRefused``."""
    asked = service.pack.agency_from
    if not asked:
        return agency or service.mine
    unit = str(answers.get(asked) or "")
    found = service_serving(service.procedure_code, unit, on=local_day(now)) if unit else None
    if unit and found is None:
        raise AnswersRefused([FieldError(f"/answers/{asked}", asked, NOT_SERVED)])
    return found.agency if found else service.services[0].agency


def file_at_counter(
    *, service: CounterService, agency: str, channel: int, answers: Mapping[str, Any],
    papers: Sequence[Mapping[str, Any]], files: Sequence[tuple[str, BinaryIO, str]] = (),
    seen: Collection[str], key: str, ask: bool = False, actor: Actor, now: datetime,
) -> CounterOutcome:  # fmt: skip
    """File for a person who came (channel 1) or wrote (3), and receive at once; the same key files once.

    ``ask``: nothing is filed, it is only looked what the answers ask for; scans are kept all the same.
    It is filed by an officer: nothing that was typed in here counts as online.
    """
    done = Submission.objects.filter(owner=f"user:{actor.user_id}", key=key).select_related("dossier").first()
    if done is not None:
        return CounterOutcome(done.dossier.code, done.dossier.received_at is not None)
    kept, wrong = _stored(files, actor, now)
    given = _with_files(papers, kept)
    if not ask:
        wrong += _without_file(given)
    shown = counter_form(service, answers, channel=channel, agency=agency, now=now)
    unseen = shown.keys - frozenset(seen)
    if wrong or unseen or ask:
        return CounterOutcome(errors=tuple(wrong), unseen=unseen, papers=given)
    needed = [p for p in given if f"paper:{p['component']}" in shown.keys]
    try:
        return _file(service, agency, channel, answers, needed, key, actor, now)
    except AnswersRefused as refused:
        return CounterOutcome(errors=refused.errors, papers=given)
    except Refusal as refusal:
        return CounterOutcome(refusal=refusal, papers=given)


@transaction.atomic
def _file(
    service: CounterService, agency: str, channel: int, answers: Mapping[str, Any],
    papers: Sequence[Mapping[str, Any]], key: str, actor: Actor, now: datetime,
) -> CounterOutcome:  # fmt: skip
    deciding = _deciding(service, agency, answers, now)
    if service_for(service.procedure_code, deciding, on=local_day(now)) is None:
        raise NotFound
    receipt = submit(
        procedure=service.procedure_code, agency=deciding, answers=answers, papers=papers,
        filed_by="officer", channel=channel, key=key, actor=actor, now=now,
    )  # fmt: skip
    at_once = not any(f.required for f in service.pack.process.first.findings)
    if at_once:
        receive(code=receipt.code, actor=actor, now=now)
    return CounterOutcome(receipt.code, at_once)
