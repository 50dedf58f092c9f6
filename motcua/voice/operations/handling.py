"""What the desk does with a petition: refuse, ask for more, forward, answer, publish."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import agency
from motcua.core.actor import Actor
from motcua.core.links import sign
from motcua.core.periods import local_day
from motcua.core.refusals import NotFound
from motcua.core.texts import Text
from motcua.voice.access import handles
from motcua.voice.gateways import petition_terms
from motcua.voice.models import Petition
from motcua.voice.operations.clocks import calendar_of, working_days_later
from motcua.voice.operations.petitions import told
from motcua.voice.operations.telling import tell
from motcua.voice.queries.authors import LINK
from motcua.voice.rules.petitions import MOST_ANSWER, OFFICERS, Act, after, written

NEWS = {
    Act.REFUSE: Text("Phản ánh không được tiếp nhận", "Your petition was not taken in"),
    Act.ASK_MORE: Text("Cơ quan cần bạn bổ sung thông tin", "The agency asks you for more"),
    Act.FORWARD: Text("Phản ánh đã chuyển cơ quan có thẩm quyền", "Your petition went on to another agency"),
    Act.ANSWER: Text("Phản ánh đã được trả lời", "Your petition was answered"),
    Act.PUBLISH: Text("Câu trả lời đã được công khai", "The answer was published"),
}


@transaction.atomic
def handle_petition(
    *, code: str, act: str, words: str = "", to: str = "", actor: Actor, now: datetime
) -> None:
    """One act of an officer of the petition's agency. ``words``: reason, question or answer; ``to``: agency.

    Raises ``NotFound`` (strangers, an act or agency that there is not), ``ActRefused``, ``WordsNeeded``.
    """
    row = Petition.objects.select_for_update().filter(code=code).first()
    if row is None or act not in OFFICERS or not handles(actor, row.agency_id):
        raise NotFound
    which = Act(act)
    state = after(row.state, which, consent=row.consent, asked=row.asked_at is not None)
    said = _DO[which](row, words, to, now)
    row.state = state
    row.save()
    told(row, which.value, actor, now)
    _news(row, which, said, now)


def _refuse(row: Petition, words: str, to: str, now: datetime) -> str:
    row.answer, row.ended_at = written(words, most=MOST_ANSWER), now
    return row.answer


def _ask_more(row: Petition, words: str, to: str, now: datetime) -> str:
    row.question, row.asked_at = written(words, most=2000), now
    return row.question


def _forward(row: Petition, words: str, to: str, now: datetime) -> str:
    """The clock goes on: who sent it does not pay for the wrong door."""
    other = agency(to)
    if other.id == row.agency_id:
        raise NotFound
    row.agency_id = other.id
    return other.name.vi


def _answer(row: Petition, words: str, to: str, now: datetime) -> str:
    row.answer, row.ended_at = written(words, most=MOST_ANSWER), now
    if row.consent:
        days = petition_terms(local_day(row.received_at)).publish_days
        row.publish_due_at = working_days_later(calendar_of(row.agency_id, now), now, days)
    return row.answer


def _publish(row: Petition, words: str, to: str, now: datetime) -> str:
    row.published_at = now
    return ""


_DO: Mapping[Act, Callable[[Petition, str, str, datetime], str]] = {
    Act.REFUSE: _refuse,
    Act.ASK_MORE: _ask_more,
    Act.FORWARD: _forward,
    Act.ANSWER: _answer,
    Act.PUBLISH: _publish,
}


def _news(row: Petition, act: Act, said: str, now: datetime) -> None:
    own = f"/phan-anh/{row.code}/"
    path = own if row.author_id else f"/phan-anh/theo-doi/{sign(LINK, row.code)}/"
    tell(
        key=f"petition:{row.code}:{act}:{now.timestamp():.0f}", user_id=row.author_id, email=row.email,
        locale=row.locale, agency_id=row.agency_id, code=row.code, news=NEWS[act], words=said, path=path,
        now=now,
    )  # fmt: skip
