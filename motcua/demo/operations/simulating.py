"""Writing a simulated past: agencies, procedures, levels and dossiers, by the operations that imports use."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from motcua.agencies.operations import create_agency
from motcua.agencies.queries import identifiers
from motcua.catalogue.operations import declare_levels, ensure_stub
from motcua.catalogue.rules.declared import Declared
from motcua.core.actor import SYSTEM
from motcua.core.references import block_of
from motcua.core.refusals import Refusal
from motcua.core.tabular import LineCounts
from motcua.core.texts import Text
from motcua.demo.queries import exists
from motcua.demo.simulation.demand import Offer, offers, shares
from motcua.demo.simulation.histories import past
from motcua.demo.simulation.scenario import Scenario, scenario
from motcua.dossiers.operations import RecordCounts, keep_records
from motcua.dossiers.queries import record_sources

Tell = Callable[[str], None]
_MARK = "simulate "


class HomeHoldsDemo(Refusal):
    """A made-up nation and the demo province would be counted together."""

    code = "home_holds_demo"
    cause = Text(
        "Nơi lưu dữ liệu này có tỉnh mẫu; kịch bản toàn quốc cần nơi không có tỉnh mẫu.",
        "This home holds the demo province; a national scenario needs a home without it.",
    )
    next_step = Text(
        "Đặt MOTCUA_HOME tới một thư mục mới rồi chạy lại.",
        "Set MOTCUA_HOME to a new folder and run it again.",
    )


class OtherPast(Refusal):
    """Two pasts in one home would be counted together."""

    code = "other_past"
    cause = Text(
        "Nơi lưu dữ liệu này đã có hồ sơ của: {source}.",
        "This home already holds dossiers of: {source}.",
    )
    next_step = HomeHoldsDemo.next_step


class TooFew(Refusal):
    """Rates do not follow from so few dossiers."""

    code = "too_few_dossiers"
    cause = Text(
        "Kịch bản {name} cần ít nhất {least} hồ sơ để các tỷ lệ hình thành; đã yêu cầu {asked}.",
        "Scenario {name} needs at least {least} dossiers for its rates to follow; {asked} were asked for.",
    )
    next_step = Text("Tăng --dossiers.", "Raise --dossiers.")
    status = 422


def prepare(*, name: str, dossiers: int, seed: int, now: datetime) -> None:
    """Make the agencies, procedures and declared levels of a scenario; what is there stays.

    Raises ``ScenarioUnknown``, ``HomeHoldsDemo``, ``OtherPast``, ``TooFew``.
    """
    wanted, source = scenario(name), _source(name, seed, dossiers)
    _check(wanted, dossiers, source)
    found = offers(wanted)
    _make_agencies(wanted, found, now)
    for code in sorted({offer.procedure for offer in found}):
        ensure_stub(code, name=f"Thủ tục mô phỏng {code}", source=source, actor=SYSTEM, now=now)
    lines = _levels(found, source)
    declare_levels(lines=lines, source=source, counts=LineCounts(), actor=SYSTEM, now=now)


def simulate(*, name: str, dossiers: int, seed: int, now: datetime, tell: Tell) -> RecordCounts:
    """Write a scenario's dossiers; the same again changes nothing. ``tell`` hears how far it is.

    Raises as ``prepare``.
    """
    wanted, source = scenario(name), _source(name, seed, dossiers)
    _check(wanted, dossiers, source)
    counts = RecordCounts()
    split = shares(offers(wanted), dossiers)
    lines = enumerate(past(wanted, split, seed, source), start=1)
    keep_records(lines=lines, source=source, counts=counts, actor=SYSTEM, now=now, tell=tell)
    return counts


def _source(name: str, seed: int, dossiers: int) -> str:
    """The number is part of it: more dossiers of one seed are another past, not a longer one."""
    return f"{_MARK}{name} seed {seed}, {dossiers} dossiers"


def _check(wanted: Scenario, dossiers: int, source: str) -> None:
    if wanted.national and exists():
        raise HomeHoldsDemo
    if dossiers < wanted.at_least:
        raise TooFew(name=wanted.name, least=wanted.at_least, asked=dossiers)
    other = [one for one in record_sources(actor=SYSTEM) if one != source]
    if (wanted.national and other) or any(one.startswith(_MARK) for one in other):
        raise OtherPast(source=other[0])


def _make_agencies(wanted: Scenario, found: list[Offer], now: datetime) -> None:
    there = set(identifiers())
    names = {root.identifier: root.name for root in wanted.roots}
    for identifier in sorted({o.root for o in found} | {a for o in found for a in o.agencies}):
        root, _, number = identifier.partition(".")
        if identifier in there or root not in names:
            continue  # a listed agency that is not known becomes a stub, as in any import
        create_agency(
            identifier=identifier,
            name_vi=names[root] + (f", đơn vị {number} (hư cấu)" if number else ""),
            name_en="",
            level="ministry" if block_of(root) == "ministry" else "province",
            parent=root if number else None,
            serves_code=None,
            made_up=True,
            actor=SYSTEM,
            now=now,
        )


def _levels(found: list[Offer], source: str) -> Iterator[Declared]:
    for offer in found:
        for since, level in offer.levels:
            yield Declared(offer.procedure, offer.root, level, level == "full", since, source)


def known_days(name: str) -> tuple[date, date]:
    """The first and last day of a scenario."""
    found = scenario(name)
    return found.first, found.last
