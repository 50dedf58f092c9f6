"""How the applicant is reached, changed while the dossier is handled."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from motcua.catalogue.rules.form_raw import clean
from motcua.core.actor import Actor
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.dossiers.access import filed_or_asked
from motcua.dossiers.operations.common import facts_of, hold_unchecked, keep
from motcua.dossiers.operations.handed_in import AnswersRefused
from motcua.dossiers.queries.contact import contact_questions
from motcua.dossiers.rules.status import DECIDED, Status
from motcua.dossiers.sealed import seal_answers, unseal_answers


class TooLateToChange(Refusal):
    """Nothing more is sent about a dossier that has ended."""

    code = "too_late_to_change"
    cause = Text("Hồ sơ này đã kết thúc.", "This dossier has ended.")
    next_step = Text("Ghi số mới khi nộp hồ sơ sau.", "Give the new one with your next request.")


class NotAsked(Refusal):
    """The form asks for neither a phone number nor an e-mail address."""

    code = "contact_not_asked"
    cause = Text(
        "Tờ khai này không hỏi số điện thoại, thư điện tử.",
        "This form asks for no phone number and no e-mail address.",
    )
    next_step = Text("Sửa trong tài khoản của bạn.", "Change them in your account.")


@transaction.atomic
def change_contact(*, code: str, raw: Mapping[str, list[str]], actor: Actor, now: datetime) -> None:
    """Put another phone number or e-mail address in the place of those that were declared.

    ``raw``: the fields of the form's own questions. Only these answers change; the log says that they did,
    not what they say. Raises ``NotFound`` for strangers, ``NotAsked``,
    ``TooLateToChange``, ``AnswersRefused``.
    """
    held = hold_unchecked(code, actor)
    questions = contact_questions(held.pack.form)
    if not filed_or_asked(actor, held.dossier):
        raise NotFound
    if not questions:
        raise NotAsked
    if Status(held.dossier.status) in DECIDED:
        raise TooLateToChange
    row = f"dossier:{code}"
    answers = unseal_answers(held.dossier.answers_sealed, row)
    cleaned = clean(held.pack.form, questions, raw, facts_of(held, now))
    if cleaned.errors:
        raise AnswersRefused([replace(e, pointer=f"/answers{e.pointer}") for e in cleaned.errors])
    changed = sorted(k for k, v in cleaned.values.items() if answers.get(k) != v)
    if changed:
        held.dossier.answers_sealed = seal_answers({**answers, **cleaned.values}, row)
        keep(held, "dossier.contact_changed", {"fields": changed}, now)
