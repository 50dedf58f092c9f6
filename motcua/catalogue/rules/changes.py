"""What differs between two revisions of a procedure, as typed changes: a fee, a limit, a paper …"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.rules.facts import Facts
from motcua.catalogue.rules.pack import Pack
from motcua.core.texts import Text

KINDS: Mapping[str, Text] = {
    "name": Text("Tên", "Name"),
    "agency": Text("Cơ quan", "Agency"),
    "legal": Text("Căn cứ pháp lý", "Legal basis"),
    "method": Text("Cách nộp, thời hạn, phí", "Way of filing, time, fee"),
    "fee": Text("Phí, lệ phí", "Fee"),
    "limit": Text("Thời hạn", "Time limit"),
    "paper": Text("Giấy tờ", "Paper"),
    "eligibility": Text("Câu hỏi điều kiện", "Eligibility question"),
    "question": Text("Câu hỏi", "Question"),
    "step": Text("Bước xử lý", "Step"),
    "result": Text("Kết quả", "Result"),
    "ground": Text("Căn cứ từ chối", "Ground of refusal"),
    "blocker": Text("Điểm chưa toàn trình", "Blocker of full online service"),
    "text": Text("Nội dung khác", "Other text"),
    "service": Text("Dịch vụ trực tuyến", "Online service"),
}
DEEDS: Mapping[str, Text] = {
    "added": Text("thêm", "added"),
    "removed": Text("bỏ", "removed"),
    "changed": Text("sửa", "changed"),
}
_BLANK = Text("", "")
Things = dict[tuple[str, str], tuple[object, Text]]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``kind`` of KINDS, ``deed`` of DEEDS; before and after in short words, maybe empty."""

    kind: str
    key: str
    deed: str
    before: Text = _BLANK
    after: Text = _BLANK

    @property
    def name(self) -> Text:
        """The kind in words."""
        return KINDS[self.kind]

    @property
    def done(self) -> Text:
        """The deed in words."""
        return DEEDS[self.deed]


@dataclass(frozen=True, slots=True)
class Content:
    """What a revision holds: facts, a pack, or both."""

    facts: Facts | None = None
    pack: Pack | None = None


def changes(old: Content, new: Content) -> tuple[Change, ...]:
    """Every difference, in the order of KINDS and then of the new content."""
    before, after = _things(old), _things(new)
    found = []
    for place in dict.fromkeys((*after, *before)):
        (was, said), (now, says) = before.get(place, (None, _BLANK)), after.get(place, (None, _BLANK))
        if place not in before:
            found.append(Change(*place, "added", after=says))
        elif place not in after:
            found.append(Change(*place, "removed", before=said))
        elif was != now:
            found.append(Change(*place, "changed", *_told(said, says)))
    order = list(KINDS)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _told(said: Text, says: Text) -> tuple[Text, Text]:
    """Before and after; for all in the one language whose words have changed."""
    if said.to("en") == says.to("en"):
        return Text(said.vi, said.vi), Text(says.vi, says.vi)
    if said.vi == says.vi:
        return Text(said.en, said.en), Text(says.en, says.en)
    return said, says


def _things(content: Content) -> Things:
    things: Things = {}
    if content.facts is not None:
        things |= _of_facts(content.facts)
    if content.pack is not None:
        things |= _of_pack(content.pack)
        things["service", "pack"] = (True, Text("có", "yes"))
    return things


def _of_facts(facts: Facts) -> Things:
    things: Things = {("name", "name"): (facts.name, facts.name)}
    for index, method in enumerate(facts.methods):
        time, fee = method.time.text, method.fee.text
        words = Text(f"{method.name.vi}: {time.vi}, {fee.vi}", f"{method.name.en}: {time.en}, {fee.en}")
        things["method", f"{method.channel}.{index}"] = (method, words)
    things |= {("paper", p.name): (p, _plain(p.name)) for p in facts.papers}
    things |= {("result", r.name): (r, _plain(r.name)) for r in facts.results}
    things |= {("legal", law): (law, _plain(law)) for law in facts.legal}
    for field in ("agency_code", "agency_name", "performing", "competent", "coordinating", "levels"):
        things["agency", field] = _value(getattr(facts, field))
    for field in ("field", "kind", "decision", "subjects", "steps", "conditions"):
        things["text", field] = _value(getattr(facts, field))
    return {place: thing for place, thing in things.items() if thing[0] not in ("", ())}


def _of_pack(pack: Pack) -> Things:
    things: Things = {}
    for rule in pack.fees:
        things["fee", rule.key] = (rule, _amount(rule.amount))
    for limit in pack.limits:
        things["limit", limit.key] = (limit, _plain(f"{limit.limit.amount} {limit.limit.unit}"))
    things |= {("paper", f"pack.{p.key}"): (p, p.name) for p in pack.papers}
    things |= {("eligibility", q.key): (q, q.label) for q in pack.form.eligibility}
    for page in pack.form.pages:
        shown = (page.show_if, page.title)
        things |= {("question", q.key): ((q, shown), q.label) for q in page.questions}
    things |= {("step", s.key): (s, s.name) for s in pack.process.steps}
    things |= {("ground", g.key): (g, g.text) for g in pack.grounds}
    things |= {("blocker", b.code): (b, b.text) for b in pack.blockers}
    if pack.result:
        things["result", "pack"] = (pack.result, pack.result.title)
    for field in ("about", "who", "outcome", "slips", "agency_from"):
        things["text", f"pack.{field}"] = _value(getattr(pack, field))
    things["name", "pack"] = (pack.name, pack.name)
    return things


def _amount(amount: int | None) -> Text:
    if amount is None:
        return Text("chưa rõ", "not known")
    return Text(f"{amount:,} đồng".replace(",", "."), f"{amount:,} VND")


def _value(value: Any) -> tuple[object, Text]:
    if isinstance(value, Text):
        return value, value
    words = "; ".join(value) if isinstance(value, tuple) else str(value) if isinstance(value, str) else ""
    return value, _plain(words)


def _plain(words: str) -> Text:
    short = words if len(words) <= 160 else f"{words[:160]}…"
    return Text(short, short)
