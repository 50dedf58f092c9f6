"""Procedures in the words of CPSV-AP 3.2, as JSON-LD: what the catalogue knows, and nothing that it does not.

Classes and properties are those of the profile's own context file. Where the profile leaves a vocabulary
open (channels, status, audience) the concepts are ours and carry their labels.
"""

from decimal import Decimal
from typing import Any

from motcua.catalogue.queries import Described
from motcua.catalogue.rules.facts import CHANNELS, Fee, Method, Paper, Time
from motcua.catalogue.rules.life import LifeEvent
from motcua.core.texts import Text

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_AUTHORITY = "http://publications.europa.eu/resource/authority"
VIETNAMESE = {"@id": f"{_AUTHORITY}/language/VIE", "@type": "dct:LinguisticSystem"}
_CHANNEL_KEYS = {0: "other", 1: "in-person", 2: "online", 3: "post"}
# units that a duration can say exactly; working time it cannot, so that stands in words only, also where the
# source says just "days" and the pack of the procedure counts working days
_DURATIONS = {"minute": "PT{}M", "hour": "PT{}H", "day": "P{}D", "month": "P{}M", "year": "P{}Y"}


def both(text: Text) -> list[dict[str, str]]:
    """A text in the languages in which it is there."""
    found = [{"@value": text.vi, "@language": "vi"}]
    return found + ([{"@value": text.en, "@language": "en"}] if text.en and text.en != text.vi else [])


def public_service(one: Described, *, address: str, vocabulary: str, events: str) -> dict[str, Any]:
    """One procedure as a ``cpsv:PublicService``; empty parts are left out."""
    facts = one.facts
    channels = [_channel(one, number, address, vocabulary) for number in _channels(one)]
    papers = [_evidence(paper, n, address) for n, paper in enumerate(facts.required_papers, start=1)]
    record = {
        "@id": address,
        "@type": "cpsv:PublicService",
        "dct:identifier": one.code,
        "dct:title": both(one.name),
        "dct:description": [_vi(facts.steps)] if facts.steps else both(one.name),
        "dcat:keyword": [_vi(word) for word in dict.fromkeys((one.field, facts.kind)) if word],
        "dct:language": VIETNAMESE,
        "adms:status": _concept(vocabulary, "status-in-force", Text("Đang có hiệu lực", "In force")),
        "dct:audience": [_labelled(Text(name, "")) for name in facts.subjects],
        "cv:hasCompetentAuthority": _authority(one),
        "cv:contactPoint": {"@type": "cv:ContactPoint", "cv:contactPage": _page(address)},
        "cv:hasChannel": channels,
        "cv:hasCost": _costs(one, address),
        "cv:processingTime": None if one.working else _common_time(facts.methods),
        "cpsv:hasInput": papers,
        "cpsv:produces": _outputs(one, address),
        "cv:hasLegalResource": [_law(law.number, law.title) for law in one.laws],
        "cv:holdsRequirement": _requirement(facts.conditions, address),
        "cv:isGroupedBy": [_event(event, events) for event in one.events],
    }
    return {name: value for name, value in record.items() if value}


def _vi(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "vi"}


def _labelled(name: Text) -> dict[str, Any]:
    return {"@type": "skos:Concept", "skos:prefLabel": both(name)}


def _concept(vocabulary: str, key: str, name: Text) -> dict[str, Any]:
    return {"@id": f"{vocabulary}#{key}", **_labelled(name)}


def _page(address: str) -> dict[str, str]:
    return {"@id": address, "@type": "foaf:Document"}


def _authority(one: Described) -> dict[str, Any] | None:
    """The agency that publishes the procedure."""
    if not one.agency_code and not one.agency_name:
        return None
    name = one.agency_name or one.agency_code
    code = {"dct:identifier": one.agency_code} if one.agency_code else {}
    return {"@type": "cv:PublicOrganisation", **code, "skos:prefLabel": [_vi(name)]}


def _channels(one: Described) -> list[int]:
    """The ways of filing that the source names, and online where it is offered here."""
    return sorted({method.channel for method in one.facts.methods} | ({2} if one.online else set()))


def _channel(one: Described, number: int, address: str, vocabulary: str) -> dict[str, Any]:
    rows = [method for method in one.facts.methods if method.channel == number]
    key = _CHANNEL_KEYS.get(number, _CHANNEL_KEYS[0])
    said = list(dict.fromkeys(m.time.text for m in rows if m.time.amount is not None))
    record = {
        "@id": f"{address}#channel-{key}",
        "@type": "cv:Channel",
        "dct:identifier": f"{one.code}-{key}",
        "dct:type": _concept(vocabulary, f"channel-{key}", CHANNELS.get(number, CHANNELS[0])),
        "dct:description": [line for text in said for line in both(text)],
        "cv:processingTime": None if one.working else _common_time(rows),
    }
    return {name: value for name, value in record.items() if value}


def _common_time(methods: list[Method] | tuple[Method, ...]) -> dict[str, str] | None:
    """The limit as a duration where all these ways have the same and a duration can say it."""
    found = {_duration(method.time) for method in methods}
    (only,) = found if len(found) == 1 else ("",)
    return {"@value": only, "@type": "xsd:duration"} if only else None


def _duration(time: Time) -> str:
    """``P15D``; empty where it is not stated, a range, doubtful, broken or in working time."""
    amount = time.amount
    if amount is None or time.least is not None or time.flag or amount != amount.to_integral_value():
        return ""
    if time.unit == "week":
        return f"P{int(amount * Decimal(7))}D"
    return _DURATIONS[time.unit].format(int(amount)) if time.unit in _DURATIONS else ""


def _costs(one: Described, address: str) -> list[dict[str, Any]]:
    """What each way costs; an amount only where the source does not contradict itself."""
    found: list[dict[str, Any]] = []
    for method in one.facts.methods:
        if method.fee.amount is None and not method.fee.free and not method.fee.note:
            continue
        number = len(found) + 1
        key = _CHANNEL_KEYS.get(method.channel, _CHANNEL_KEYS[0])
        found.append({
            "@id": f"{address}#cost-{number}",
            "@type": "cv:Cost",
            "dct:identifier": f"{one.code}-cost-{number}",
            **_value(method.fee),
            "dct:description": [*both(method.fee.text), *([_vi(method.fee.note)] if method.fee.note else [])],
            "cv:ifAccessedThrough": {"@id": f"{address}#channel-{key}"},
        })  # fmt: skip
    return found


def _value(fee: Fee) -> dict[str, Any]:
    amount = 0 if fee.free else fee.amount
    if amount is None or fee.contradiction or fee.flag:
        return {}
    currency = {"@id": f"{_AUTHORITY}/currency/{fee.currency}", "@type": "skos:Concept"}
    return {"cv:hasValue": {"@value": f"{amount}", "@type": "xsd:double"}, "cv:currency": currency}


def _evidence(paper: Paper, number: int, address: str) -> dict[str, Any]:
    counts = ((paper.originals, "bản chính", "original(s)"), (paper.copies, "bản sao", "copy(ies)"))
    copies = [Text(f"{n} {vi}", f"{n} {en}") for n, vi, en in counts if n and not paper.flag]
    said = [_vi(paper.group)] if paper.group else []
    record = {
        "@id": f"{address}#paper-{number}",
        "@type": "cv:Evidence",
        "dct:identifier": f"paper-{number}",
        "dct:title": [_vi(paper.name)],
        "dct:description": said + [line for text in copies for line in both(text)],
        "dct:language": VIETNAMESE,
    }
    return {name: value for name, value in record.items() if value}


def _outputs(one: Described, address: str) -> list[dict[str, Any]]:
    return [
        {
            "@id": f"{address}#result-{number}",
            "@type": "cv:Output",
            "dct:identifier": result.code or f"{one.code}-result-{number}",
            "dct:title": [_vi(result.name)],
            "dct:language": VIETNAMESE,
        }
        for number, result in enumerate(one.facts.results, start=1)
        if result.name
    ]


def _law(number: str, title: str) -> dict[str, Any]:
    """A document by its number where the source gives one, else by what it is called there."""
    identifier = {"dct:identifier": number} if number else {}
    return {"@type": "eli:LegalResource", **identifier, "dct:title": [_vi(title)]}


def _requirement(conditions: str, address: str) -> list[dict[str, Any]]:
    if not conditions:
        return []
    here = {"@id": f"{address}#conditions", "@type": "cv:Requirement", "dct:identifier": "conditions"}
    return [{**here, "dct:title": [_vi(conditions)]}]


def _event(event: LifeEvent, events: str) -> dict[str, Any]:
    kind = "cv:BusinessEvent" if event.audience == "business" else "cv:LifeEvent"
    return {
        "@id": f"{events}{event.slug}/",
        "@type": kind,
        "dct:identifier": event.slug,
        "dct:title": both(event.name),
        "dct:description": both(event.about),
    }
