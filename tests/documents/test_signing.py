import io
import multiprocessing
import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from motcua.documents.gateways import authority, signer
from motcua.documents.gateways.typesetter import Sheet, typeset


def made_by(folder: str) -> bytes:
    return (authority.demo_authority(Path(folder)) / "signing.p12").read_bytes()


def test_processes_that_start_at_once_share_one_authority(tmp_path: Path) -> None:
    folder = str(tmp_path / "home" / "authority")
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert len(set(pool.map(made_by, [folder] * 4))) == 1
    assert sorted(p.name for p in (tmp_path / "home").iterdir()) == ["authority"]


def test_the_key_is_private_and_its_names_say_what_it_is(tmp_path: Path) -> None:
    from cryptography import x509

    folder = authority.demo_authority(tmp_path / "authority")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.iterdir())
    root = x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())
    assert "DEMO" in root.subject.rfc4514_string()
    assert "BẢN THỬ" in root.subject.rfc4514_string()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def signed(home: Path) -> bytes:
    pdf = typeset(Sheet("#paper-title[Thử]", {}, "Thử", "Ủy ban", date(2026, 7, 10)))
    return signer.sign(pdf, key=signer.SigningKey(home=str(home)), reason="Thử", location="Đô Vinh")


@pytest.mark.feature("44")
def test_the_signature_holds_under_the_root_of_the_demo_authority(signed: bytes, home: Path) -> None:
    from asn1crypto import pem, x509

    _, _, der = pem.unarmor((home / "authority" / "root.pem").read_bytes())
    context = ValidationContext(trust_roots=[x509.Certificate.load(der)], allow_fetching=False)
    (embedded,) = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    status = validate_pdf_signature(embedded, context)
    assert status.bottom_line, status.pretty_print_details()
    assert str(embedded.sig_object["/SubFilter"]) == "/ETSI.CAdES.detached"


def test_signing_keeps_the_archive_and_access_promises(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as document, document.open_metadata() as metadata:
        assert not document.check_pdf_syntax()
        assert metadata.pdfa_status == "2A"
        assert metadata["pdfuaid:part"] == "1"
        (field,) = document.Root.AcroForm.Fields
        assert int(field.F) & 4  # print, as PDF/A asks
        left, low, right, high = (float(x) for x in field.Rect)
        assert (left, low) == (right, high)  # nothing to see, nothing to tag
        assert left < 0


def test_a_key_on_an_elliptic_curve_signs_as_well(tmp_path: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "An operator's own")])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2060, 1, 1, tzinfo=UTC))
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "operator.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"op", key, certificate, None, NoEncryption()))
    own = signer.SigningKey(home=str(tmp_path), p12=str(path))
    pdf = typeset(Sheet("#paper-title[Thử]", {}, "Thử", "Ủy ban", date(2026, 7, 10)))
    signed = signer.sign(pdf, key=own, reason="Thử", location="Đô Vinh")
    assert signer.signature_state(signed, key=own) == signer.SignatureState.OURS


@pytest.mark.feature("44")
def test_a_time_stamp_server_that_is_down_is_a_named_refusal(home: Path) -> None:
    pdf = typeset(Sheet("#paper-title[Thử]", {}, "Thử", "Ủy ban", date(2026, 7, 10)))
    key = signer.SigningKey(home=str(home), timestamp_url="http://127.0.0.1:9/")
    with pytest.raises(signer.SigningUnavailable):
        signer.sign(pdf, key=key, reason="Thử", location="Đô Vinh")


def test_a_key_never_shows_its_password() -> None:
    assert "secret" not in repr(signer.SigningKey(home="h", p12="a.p12", password="secret"))


def test_signing_works_beside_a_running_event_loop(home: Path) -> None:
    """A server or a test may already run a loop in this thread."""
    import asyncio

    pdf = typeset(Sheet("#paper-title[Thử]", {}, "Thử", "Ủy ban", date(2026, 7, 10)))
    key = signer.SigningKey(home=str(home))

    async def signed() -> signer.SignatureState:
        return signer.signature_state(signer.sign(pdf, key=key, reason="Thử", location="Đô Vinh"), key=key)

    assert asyncio.run(signed()) == signer.SignatureState.OURS
