"""The catalogue of procedures by CPSV-AP 3.2: read as any reader of JSON-LD would, by full names alone."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.catalogue.operations import import_procedures
from motcua.core.actor import SYSTEM

DCT, CV, CPSV = "http://purl.org/dc/terms/", "http://data.europa.eu/m8g/", "http://purl.org/vocab/cpsv#"
SKOS, ELI = "http://www.w3.org/2004/02/skos/core#", "http://data.europa.eu/eli/ontology#"
FOAF = "http://xmlns.com/foaf/0.1/"
# properties of each class in the context file of release 3.2.0; "!" must be there, "1" at most once
PROFILE: dict[str, dict[str, str]] = {
    f"{CPSV}PublicService": {
        f"{DCT}identifier": "!1", f"{DCT}title": "!", f"{DCT}description": "!", f"{DCT}language": "",
        f"{DCT}audience": "", f"{CV}hasCompetentAuthority": "!", f"{CV}contactPoint": "",
        f"{CV}hasChannel": "", f"{CV}hasCost": "", f"{CV}processingTime": "1", f"{CPSV}hasInput": "",
        f"{CPSV}produces": "", f"{CV}hasLegalResource": "", f"{CV}holdsRequirement": "",
        f"{CV}isGroupedBy": "", "http://www.w3.org/ns/dcat#keyword": "",
        "http://www.w3.org/ns/adms#status": "1",
    },
    f"{CV}PublicOrganisation": {f"{SKOS}prefLabel": "!", f"{DCT}identifier": ""},
    f"{CV}ContactPoint": {f"{CV}contactPage": "", f"{CV}email": "", f"{CV}telephone": ""},
    f"{CV}Channel": {
        f"{DCT}identifier": "!1", f"{DCT}type": "1", f"{DCT}description": "", f"{CV}processingTime": "1",
    },
    f"{CV}Cost": {
        f"{DCT}identifier": "!1", f"{CV}hasValue": "1", f"{CV}currency": "1", f"{DCT}description": "",
        f"{CV}ifAccessedThrough": "1",
    },
    f"{CV}Evidence": {
        f"{DCT}identifier": "!1", f"{DCT}title": "!", f"{DCT}description": "", f"{DCT}language": "",
    },
    f"{CV}Output": {f"{DCT}identifier": "!1", f"{DCT}title": "!", f"{DCT}language": ""},
    f"{CV}Requirement": {f"{DCT}identifier": "!1", f"{DCT}title": "!"},
    f"{CV}LifeEvent": {f"{DCT}identifier": "!1", f"{DCT}title": "!", f"{DCT}description": ""},
    f"{CV}BusinessEvent": {f"{DCT}identifier": "!1", f"{DCT}title": "!", f"{DCT}description": ""},
    f"{ELI}LegalResource": {f"{DCT}identifier": "", f"{DCT}title": ""},
    f"{SKOS}Concept": {f"{SKOS}prefLabel": ""},
    f"{DCT}LinguisticSystem": {},
    f"{FOAF}Document": {},
}  # fmt: skip

RECORD = {
    "code": "1.004873", "name": "Cấp giấy thử", "agency_code": "G15", "agency": "Bộ Tư pháp",
    "field": "Hộ tịch", "levels": "Cấp xã", "kind": "TTHC cấp xã", "subjects": "Công dân Việt Nam",
    "steps": "Bước 1: nộp hồ sơ", "conditions": "Đủ 18 tuổi", "performing": "Ủy ban nhân dân cấp xã",
    "methods": [
        {"mode": "Trực tuyến", "time": "15", "unit": "Ngày", "fee": "50000", "fee_note": ""},
        {"mode": "Trực tiếp", "time": "3", "unit": "Ngày làm việc", "fee": "Miễn phí", "fee_note": ""},
    ],
    "papers": [{"group": "Phải nộp", "name": "Tờ khai", "originals": 1, "copies": 0}],
    "results": [{"name": "Giấy xác nhận", "code": "KQ.G15.1"}],
    "legal": ["75/2022/TT-BTC", "Luật Hộ tịch"],
}  # fmt: skip


def expanded(value: Any, context: dict[str, str]) -> Any:
    """The same document with full names; an unknown prefix is a fault."""
    if isinstance(value, list):
        return [expanded(one, context) for one in value]
    if not isinstance(value, dict):
        return value
    found = {}
    for name, held in value.items():
        key = name if name.startswith("@") else _full(name, context)
        found[key] = _full(held, context) if name == "@type" else expanded(held, context)
    return found


def _full(name: str, context: dict[str, str]) -> str:
    prefix, colon, rest = name.partition(":")
    assert colon, name
    assert prefix in context, name
    return context[prefix] + rest


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node with a class, itself and below."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            if "@type" in one and "@value" not in one:
                yield one
            for held in one.values():
                yield from nodes(held)


@pytest.fixture
def graph(tmp_path: Path, now: datetime, client: Any, db: None) -> dict[str, dict[str, Any]]:
    bare = {"code": "1.000999", "name": "Thủ tục chỉ có tên", "agency_code": "G15", "agency": "Bộ Tư pháp"}
    file = tmp_path / "procedures.jsonl"
    file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in (RECORD, bare)))
    import_procedures(file, actor=SYSTEM, now=now)
    answer = client.get("/du-lieu-mo/services.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json"
    document = answer.json()
    return {one[f"{DCT}identifier"]: one for one in expanded(document["@graph"], document["@context"])}


@pytest.mark.feature("53")
def test_every_class_and_property_is_of_the_profile_and_what_must_be_there_is(graph: Any) -> None:
    for node in nodes(list(graph.values())):
        allowed = PROFILE[node["@type"]]
        used = {name for name in node if not name.startswith("@")}
        assert used <= set(allowed), (node["@type"], used - set(allowed))
        assert {name for name, rule in allowed.items() if "!" in rule} <= used, node
        for name, rule in allowed.items():
            assert not ("1" in rule and isinstance(node.get(name), list)), (node["@type"], name)
        assert all(node[name] not in ("", None, [], {}) for name in used)
    seen = {node["@type"] for node in nodes(graph["1.004873"])}
    assert seen == set(PROFILE) - {f"{CV}BusinessEvent"} - ({f"{CV}LifeEvent"} - seen)


@pytest.mark.feature("53")
def test_a_record_says_what_the_catalogue_knows(graph: Any) -> None:
    one = graph["1.004873"]

    def values(name: str, of: Any = one) -> list[str]:
        return [held["@value"] for held in of[name]]

    assert values(f"{DCT}description") == ["Bước 1: nộp hồ sơ"]
    assert values("http://www.w3.org/ns/dcat#keyword") == ["Hộ tịch", "TTHC cấp xã"]
    assert one[f"{DCT}language"]["@id"].endswith("/language/VIE")
    laws = [(law.get(f"{DCT}identifier"), values(f"{DCT}title", law)) for law in one[f"{CV}hasLegalResource"]]
    assert laws == [("75/2022/TT-BTC", ["75/2022/TT-BTC"]), (None, ["Luật Hộ tịch"])]
    (paper,), (result,) = one[f"{CPSV}hasInput"], one[f"{CPSV}produces"]
    assert values(f"{DCT}title", paper) == ["Tờ khai"]
    assert values(f"{DCT}description", paper)[:2] == ["Phải nộp", "1 bản chính"]
    assert result[f"{DCT}identifier"] == "KQ.G15.1"
    assert values(f"{DCT}title", one[f"{CV}holdsRequirement"][0]) == ["Đủ 18 tuổi"]
    page = one[f"{CV}contactPoint"][f"{CV}contactPage"]["@id"]
    assert page.endswith("1.004873/")


@pytest.mark.feature("53")
def test_channels_costs_and_times_are_told_exactly_or_in_words(graph: Any) -> None:
    """Working days are no duration; ways that differ have no time in common."""
    one = graph["1.004873"]
    desk, online = one[f"{CV}hasChannel"]
    assert f"{CV}processingTime" not in desk
    assert "3 ngày làm việc" in {held["@value"] for held in desk[f"{DCT}description"]}
    assert online[f"{CV}processingTime"]["@value"] == "P15D"
    assert f"{CV}processingTime" not in one
    costs = {
        cost[f"{CV}ifAccessedThrough"]["@id"].rpartition("#")[2]: cost[f"{CV}hasValue"]["@value"]
        for cost in one[f"{CV}hasCost"]
    }
    assert costs == {"channel-online": "50000", "channel-in-person": "0"}
    assert {cost[f"{CV}ifAccessedThrough"]["@id"] for cost in one[f"{CV}hasCost"]} == {
        desk["@id"], online["@id"],
    }  # fmt: skip


@pytest.mark.feature("53")
def test_a_pack_that_counts_working_days_leaves_no_duration(
    graph: Any, client: Any, now: datetime, root: Path
) -> None:
    """The source says "15 Ngày", the start page counts working days: fifteen plain days would be less."""
    from motcua.catalogue.operations import publish_pack

    assert f"{CV}processingTime" in graph["1.004873"][f"{CV}hasChannel"][1]
    folder = root / "packs" / "vn" / "marriage-status"
    publish_pack(folder=folder, actor=SYSTEM, now=now + timedelta(days=1))
    document = client.get("/du-lieu-mo/services.jsonld").json()
    (one,) = [one for one in document["@graph"] if one["dct:identifier"] == "1.004873"]
    assert all("cv:processingTime" not in node for node in (one, *one["cv:hasChannel"]))
    assert any(channel.get("dct:description") for channel in one["cv:hasChannel"])


@pytest.mark.feature("53")
def test_what_is_not_known_is_not_there(graph: Any) -> None:
    bare = graph["1.000999"]
    assert [held["@value"] for held in bare[f"{DCT}description"]] == ["Thủ tục chỉ có tên"]
    for name in ("hasChannel", "hasCost", "processingTime", "hasLegalResource", "isGroupedBy"):
        assert f"{CV}{name}" not in bare


def test_a_procedure_stands_under_the_life_events_that_lead_to_it(
    client: Any, now: datetime, db: None
) -> None:
    from motcua.catalogue.operations import ensure_stub

    ensure_stub("2.000986", actor=SYSTEM, now=now)  # a step of "having a child"
    document = client.get("/du-lieu-mo/services.jsonld").json()
    (one,) = expanded(document["@graph"], document["@context"])
    events = {event[f"{DCT}identifier"]: event for event in one[f"{CV}isGroupedBy"]}
    assert events["sinh-con"]["@type"] == f"{CV}LifeEvent"
    assert client.get("/" + events["sinh-con"]["@id"].split("/", 3)[3]).status_code == 200


def test_pages_are_joined_and_leave_nothing_out(
    client: Any, now: datetime, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from motcua.catalogue.operations import ensure_stub
    from motcua.web.public import open_data

    monkeypatch.setattr(open_data, "SERVICES_A_PAGE", 2)
    codes = [f"1.00000{number}" for number in range(1, 6)]
    for code in codes:
        ensure_stub(code, actor=SYSTEM, now=now)
    address, found = "/du-lieu-mo/services.jsonld", []
    here = f"http://localhost:8000{address}"
    while address:
        document = client.get(address).json()
        assert set(document) == {"@context", "@graph"}  # all in the default graph, where readers look
        found += [one["dct:identifier"] for one in document["@graph"] if "@type" in one]
        (of, address), *more = [
            (one["@id"], one["hydra:next"]["@id"]) for one in document["@graph"] if "hydra:next" in one
        ] or [(here, "")]
        assert (of, more) == (here, [])
        here, address = address, address.partition("localhost:8000")[2]
    assert found == codes
