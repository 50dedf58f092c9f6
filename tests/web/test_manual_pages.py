"""The manuals as pages of the site: what the docs test does step by step is what people read."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_help_leads_to_every_manual_and_each_shows_its_steps_and_pictures(client: Client) -> None:
    names = sorted(file.stem for file in settings.MANUALS.glob("*.md") if file.stem != "README")
    page = client.get("/tro-giup/").content.decode()
    assert re.findall(r'href="/huong-dan/([^/]+)/"', page) == names
    assert len(names) >= 3
    for name in names:
        text = (settings.MANUALS / f"{name}.md").read_text("utf-8")
        shown = client.get(f"/huong-dan/{name}/").content.decode()
        steps = shown.split("mc-manual")[1].split("</main>")[0].count("<li>")
        assert steps == len(re.findall(r"^(?:\d+\.|-) ", text, re.M))
        assert "do: " not in shown
        assert "<!--" not in shown.split("<main")[1]
        pictures = re.findall(
            r'<img src="/static/manuals/([\w-]+\.png)" alt="([^"]+)" width="\d+" height', shown
        )
        assert [p for p, _ in pictures] == re.findall(r"\(pictures/([\w-]+\.png)\)", text)
        for heading in re.findall(r"^## (.+)$", text, re.M):
            anchor = re.search(rf'<a class="govuk-link" href="#([\w-]+)">{re.escape(heading)}</a>', shown)
            assert anchor, heading
            assert f'id="{anchor[1]}"' in shown
        assert shown.count("<h1") == 1
        body = shown.split("mc-manual")[1].split("</main>")[0]
        assert body.count("<p ") == body.count("</p>")


def test_a_manual_by_another_name_is_not_found(client: Client) -> None:
    assert client.get("/huong-dan/README/").status_code == 404
    assert client.get("/huong-dan/khong-co/").status_code == 404


def test_a_program_without_its_documents_has_no_manuals(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.MANUALS = tmp_path / "absent"
    assert "/huong-dan/" not in client.get("/tro-giup/").content.decode()
    assert client.get("/huong-dan/nguoi-dan/").status_code == 404


def test_markup_in_a_manual_is_shown_as_text(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MANUALS = tmp_path
    (tmp_path / "mau.md").write_text(
        "# Mẫu\n\n## Phần\n\n1. Bấm <script>alert(1)</script>\n   <!-- do: open / -->\n"
    )
    shown = client.get("/huong-dan/mau/").content.decode()
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown
    assert "do: open" not in shown
