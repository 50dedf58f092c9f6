"""What a QR code says by itself: true without network, and only what the public check shows."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.cli.documents import verify_code
from motcua.documents import queries
from motcua.documents.gateways.codes import CodeSigner, Lines, read
from motcua.documents.gateways.typesetter import qr_svg

SIGNER = CodeSigner(bytes(range(32)))
KEYS = {SIGNER.key_id: SIGNER.public_key}
LINES = Lines("12/GXN", "Giấy xác nhận tình trạng hôn nhân", "UBND phường Đô Vinh", date(2026, 7, 10),
              date(2027, 1, 9), True)  # fmt: skip
TOKEN = "pQd7sAkMjgaACN5_DtQvRyk9"
TEXT = f"https://motcua.example/verify/{TOKEN}#{SIGNER.code(TOKEN, LINES)}"
NAMES = st.text(st.characters(blacklist_categories=["Cs"]), max_size=60)


def of_pdf(monkeypatch: pytest.MonkeyPatch, issue: Callable[..., Any]) -> tuple[Any, str]:
    """An issued document and the text that its QR code was made of."""
    from motcua.documents.gateways import typesetter

    held: list[str] = []

    def keeping(text: str) -> str:
        held.append(text)
        return qr_svg(text)

    monkeypatch.setattr(typesetter, "qr_svg", keeping)
    return issue(valid_until_on=date(2027, 1, 9)), held[-1]


@pytest.mark.feature("N16")
def test_a_document_carries_a_code_that_says_what_the_public_check_says(
    issue: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    document, text = of_pdf(monkeypatch, issue)
    found = queries.read_code(text)
    told = queries.verification(document.token, now=now)
    assert (found.state, found.token) == ("genuine", document.token)
    assert found.lines == Lines(
        told.number, told.title.vi, found.lines.agency, told.issued_on, told.valid_until_on, told.trial
    )  # type: ignore[union-attr, arg-type]
    assert "Trần Văn Mẫu" not in str(found)
    assert text.partition("#")[0] == queries.verify_url(document.token), "the same code opens the page"


@given(number=NAMES, title=NAMES, agency=NAMES, trial=st.booleans(), until=st.none() | st.dates())
def test_any_lines_come_back(number: str, title: str, agency: str, trial: bool, until: date | None) -> None:
    until = until if until is None or until.year >= 1000 else None
    lines = Lines(number, title, agency, date(2026, 7, 10), until, trial)
    code = SIGNER.code("t", lines)
    plain = [part.replace("\x1f", " ") for part in (number, title, agency)]
    if len(code) < 1_900:
        assert read(f"x/t#{code}", KEYS).lines == Lines(*plain, lines.issued_on, until, trial)


@pytest.mark.feature("N16")
def test_a_changed_code_and_a_code_on_another_paper_are_found() -> None:
    assert read(TEXT, KEYS).state == "genuine"
    start = TEXT.index("#1.") + 3 + len(SIGNER.key_id) + 1
    for at in range(start, len(TEXT) - 1):
        if TEXT[at] != ".":
            other = TEXT[:at] + ("A" if TEXT[at] != "A" else "B") + TEXT[at + 1 :]
            assert read(other, KEYS).state == "changed", at
    assert read(TEXT.replace(TOKEN, TOKEN[::-1]), KEYS).state == "changed"
    stranger = CodeSigner(b"x" * 32)
    assert read(TEXT, {stranger.key_id: stranger.public_key}).state == "other_key"
    assert read(TEXT, {SIGNER.key_id: stranger.public_key}).state == "changed"


@given(text=st.text(max_size=200) | st.text("1.#/abc-_", max_size=60).map(lambda t: f"{TEXT[:60]}{t}"))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert read(text, KEYS).state in {"no_code", "other_key", "changed"}


def test_the_key_of_codes_is_not_the_key_of_seals(settings: Any) -> None:
    from motcua.events.gateways import Sealer

    assert CodeSigner(settings.KEYS.seal).public_key.rstrip("=") not in {
        Sealer(settings.KEYS.seal).public_key().replace("+", "-").replace("/", "_").rstrip("=")
    }


@pytest.mark.feature("N16")
def test_by_command_with_the_published_keys_and_no_database(client: Client, tmp_path: Path) -> None:
    published = client.get("/verify/keys.json")
    keys = tmp_path / "keys.json"
    keys.write_bytes(published.content)
    code = queries.code_signer().code(TOKEN, LINES)
    ours = f"http://localhost/verify/{TOKEN}#{code}"
    for arguments in ([ours, "--keys", str(keys)], [ours]):
        told = CliRunner().invoke(verify_code, arguments)
        assert told.exit_code == 0, told.output
        assert "genuine (TRIAL" in told.output
        assert "12/GXN" in told.output
    for text, why in (
        (TEXT, "not at hand"),
        (ours[:-4] + ("BBBB" if ours.endswith("AAAA") else "AAAA"), "changed"),
        ("http://x/verify/y", "no signed"),
    ):
        told = CliRunner().invoke(verify_code, [text, "--keys", str(keys)])
        assert told.exit_code == 1
        assert why in told.output
    keys.write_text(json.dumps([1]))
    assert CliRunner().invoke(verify_code, [ours, "--keys", str(keys)]).exit_code == 2


@pytest.mark.feature("N16")
def test_by_page(client: Client) -> None:
    address = "/verify/?lang=en"
    assert "Ed25519" in client.get(address, follow=True).content.decode()
    ours = f"http://localhost/verify/{TOKEN}#{queries.code_signer().code(TOKEN, LINES)}"
    page = client.post("/verify/", {"code": ours}).content.decode()
    for words in ("Genuine", "12/GXN", "10/07/2026", f"/verify/{TOKEN}"):
        assert words in page
    other = ours[:-4] + ("BBBB" if ours.endswith("AAAA") else "AAAA")
    assert "Not genuine" in client.post("/verify/", {"code": other}).content.decode()
    assert "Signed by another site" in client.post("/verify/", {"code": TEXT}).content.decode()
    assert "No signed code" in client.post("/verify/", {"code": "hello <b>"}).content.decode()
    assert client.post("/verify/", {"code": " "}).status_code == 422


def test_the_code_fits_a_small_square() -> None:
    import segno

    made = segno.make(TEXT, error="m", micro=False)
    assert len(TEXT) < 360
    assert made.symbol_size(border=2)[0] <= 77  # modules: 30 mm leave 0.39 mm for each
