"""A small catalogue to read pages of."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest


def a_record(code: str = "1.004873", **changes: Any) -> dict[str, Any]:
    """A record as the national procedure database writes it, contradictions included."""
    note = "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định."
    ways = ["Trực tuyến", "Dịch vụ bưu chính", "Trực tiếp"]
    record: dict[str, Any] = {
        "code": code,
        "name": "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
        "agency_code": "G15",
        "agency": "Bộ Tư pháp",
        "field": "Hộ tịch",
        "levels": "Cấp xã",
        "kind": "TTHC được giao luật quy định chi tiết",
        "decision": "163/QĐ-BTP",
        "subjects": "Công dân Việt Nam",
        "competent": "",
        "performing": "Ủy ban nhân dân cấp xã",
        "coordinating": "Bộ Công an",
        "steps": "Bước 1: nộp hồ sơ.\nBước 2: nhận kết quả.",
        "conditions": "",
        "methods": [
            {"mode": way, "time": "3", "unit": "", "fee": "Miễn phí", "fee_note": note} for way in ways
        ],
        "papers": [
            {"group": "Giấy tờ phải nộp", "name": "- Tờ khai.", "template": "", "originals": 1, "copies": 0}
        ],
        "results": [{"code": "KQ.1", "name": "Giấy xác nhận tình trạng hôn nhân"}],
        "legal": [],
    }
    return {**record, **changes}


@pytest.fixture
def catalogue(db: None, tmp_path: Path, now: datetime) -> Callable[..., None]:
    """``catalogue(record, …)``: import records through the operation; without any, the usual one."""
    from motcua.catalogue import operations
    from motcua.core.actor import SYSTEM

    def fill(*records: dict[str, Any]) -> None:
        file = tmp_path / "procedures.jsonl"
        lines = [json.dumps(record, ensure_ascii=False) for record in records or (a_record(),)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        counts = operations.import_procedures(file, actor=SYSTEM, now=now)
        assert not counts.refused, counts.refused

    return fill
