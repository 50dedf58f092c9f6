"""The same action on many dossiers: each in its own transaction, with its own outcome."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.core.actor import Actor
from motcua.core.refusals import NotFound, Refusal
from motcua.core.texts import Text
from motcua.dossiers.operations.dispatch import act
from motcua.dossiers.rules.bulk import KINDS, MOST_AT_ONCE

log = logging.getLogger(__name__)


class TooMany(Refusal):
    """More dossiers than may be done at once."""

    code = "too_many_at_once"
    cause = Text("Mỗi lần làm nhiều nhất {most} hồ sơ.", "At most {most} dossiers at once.")
    next_step = Text("Chọn ít hơn rồi làm tiếp.", "Choose fewer, then go on.")
    status = 422


class BrokeOff(Refusal):
    """Something in the machinery failed for this one dossier; nothing of it was changed."""

    code = "broke_off"
    cause = Text(
        "Hệ thống gặp lỗi với hồ sơ này; hồ sơ được giữ nguyên.",
        "The system failed on this dossier; it was left as it was.",
    )
    next_step = Text("Mở hồ sơ và thử lại.", "Open the dossier and try again.")
    status = 500


@dataclass(frozen=True, slots=True)
class OneDone:
    """What came of one dossier; ``refusal`` None: it was done."""

    code: str
    refusal: Refusal | None = None


def _one(code: str, action: str, params: Mapping[str, Any], actor: Actor, now: datetime) -> OneDone:
    try:
        act(code=code, action=action, params=params, actor=actor, now=now)
    except Refusal as refusal:
        return OneDone(code, refusal)
    except Exception:  # the others go on; what failed is rolled back and told
        log.exception("bulk %s broke off on %s", action, code)
        return OneDone(code, BrokeOff())
    return OneDone(code)


def act_on_many(
    *, action: str, codes: Sequence[str], params: Mapping[str, Any], actor: Actor, now: datetime
) -> tuple[OneDone, ...]:
    """Receive, assign, sign or transfer many dossiers, in the order given; each is done or refused by itself.

    Raises ``TooMany``; ``NotFound`` for any other action.
    """
    if action not in KINDS:
        raise NotFound
    wanted = list(dict.fromkeys(codes))
    if len(wanted) > MOST_AT_ONCE:
        raise TooMany(most=MOST_AT_ONCE)
    return tuple(_one(code, action, params, actor, now) for code in wanted)
