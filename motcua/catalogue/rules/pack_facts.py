"""What a pack publishes about its procedure, as facts: the page of a procedure without a national record."""

from decimal import Decimal

from motcua.catalogue.rules import facts as f
from motcua.catalogue.rules.pack import Fee as Owed
from motcua.catalogue.rules.pack import FeeRule, LimitRule, Pack

CHANNELS = (2, 1)  # a pack is filed online by nature, and at the desk


def facts_of(pack: Pack) -> f.Facts:
    """The pack's limits, fees, papers, legal basis and result as Facts; conditions stand in the notes."""
    stated = f.Facts(
        code=pack.code,
        name_vi=pack.name.vi,
        name_en=pack.name.en,
        agency_code=pack.agency_code,
        field=pack.field,
        levels=(pack.agency_level,) if pack.agency_level in f.LEVELS else (),
        steps=pack.about.vi,
        conditions=pack.who.vi,
        methods=tuple(f.Method(channel, _time(pack), _fee(pack)) for channel in CHANNELS),
        papers=tuple(f.Paper(p.name.vi, "") for p in pack.papers),
        results=(f.Result(pack.result.title.vi),) if pack.result else (),
        legal=pack.legal,
    )
    return f.merge([stated])


def _time(pack: Pack) -> f.Time:
    """The limit of the ordinary case: the last rule, which has no condition."""
    rule: LimitRule | None = pack.limits[-1] if pack.limits else None
    if rule is None:
        return f.Time(flag="time_unknown")
    unit = str(rule.limit.unit).removesuffix("s")
    return f.Time(Decimal(rule.limit.amount), unit if unit in f.UNITS else f.UNKNOWN)


def _fee(pack: Pack) -> f.Fee:
    """The fee where one is the same for all; where cases differ, the notes say so and no amount is shown."""
    rules: tuple[FeeRule, ...] = pack.fees
    notes = "; ".join(dict.fromkeys(r.note.vi for r in rules if r.note.vi))
    amounts = {r.amount for r in rules}
    owed = Owed(amounts.pop() if len(amounts) == 1 else None, rules[0].note) if rules else None
    if owed is None or owed.amount is None:
        return f.Fee(None, "VND" if rules else "", note=notes, flag="fee_unknown")
    return f.Fee(owed.amount, "VND", owed.amount == 0, notes)
