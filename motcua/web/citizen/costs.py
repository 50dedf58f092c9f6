"""What a procedure costs before anything is asked: the usual case first, by each way of filing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.catalogue.rules.pack import FeeRule, Pack, fee_for
from motcua.dossiers.queries.case import request_facts

ONLINE, COUNTER = 2, 1


@dataclass(frozen=True, slots=True)
class Costs:
    """``usual``: what is owed when no special case holds, with the way of filing; ``others``: the rest."""

    usual: tuple[tuple[str, FeeRule], ...]
    others: tuple[FeeRule, ...]

    @property
    def sources(self) -> tuple[FeeRule, ...]:
        """The rules whose source is named, in the order of the page."""
        every = (*(rule for _way, rule in self.usual), *self.others)
        return tuple(rule for rule in every if rule.source.text)


def costs_of(pack: Pack, answers: Mapping[str, Any], now: datetime) -> Costs:
    """The fees of a pack in the order in which they concern the reader."""
    by_key = {rule.key: rule for rule in pack.fees}
    keys = {channel: _key(pack, answers, channel, now) for channel in (ONLINE, COUNTER)}
    if keys[ONLINE] == keys[COUNTER]:
        ways = [(_("Online or at the counter"), keys[ONLINE])]
    else:
        ways = [(_("Online, here"), keys[ONLINE]), (_("At the counter"), keys[COUNTER])]
    usual = tuple((way, by_key[key]) for way, key in ways if key in by_key)
    return Costs(usual, tuple(rule for rule in pack.fees if rule.key not in keys.values()))


def _key(pack: Pack, answers: Mapping[str, Any], channel: int, now: datetime) -> str:
    """The rule that holds with these answers on this way of filing."""
    facts = request_facts(
        answers=answers, channel=channel, filed_by="self", procedure=pack.code, agency="", level="full",
        now=now,
    )  # fmt: skip
    return fee_for(pack, facts).key
