"""The ground under the tests itself: each hostile setting bites, each server is real."""

import os
import smtplib
import subprocess
import sys
import warnings
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.template import engines

from tests.support.house import ROOT
from tests.support.mail import PostOffice


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning, match="careless"):
        warnings.warn("careless", stacklevel=1)


def test_the_home_is_not_the_one_of_the_machine() -> None:
    assert "motcua-test-" in str(settings.HOME)


def test_an_unknown_template_variable_fails() -> None:
    template = engines["django"].from_string("{{ nobody_gave_this }}")
    with pytest.raises(pytest.fail.Exception, match="nobody_gave_this"):
        template.render({})


@pytest.mark.django_db
def test_rows_without_an_order_come_shuffled() -> None:
    from motcua.places.models import Unit

    table = Unit.objects.order_by().values_list("pk", flat=True)
    assert not table.ordered
    seen = set()
    from django.contrib.contenttypes.models import ContentType

    for _ in range(20):
        seen.add(tuple(ContentType.objects.values_list("pk", flat=True)))
    assert len(seen) > 1
    assert (
        len({tuple(ContentType.objects.order_by("pk").values_list("pk", flat=True)) for _ in range(9)}) == 1
    )


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for(request: pytest.FixtureRequest) -> None:
    from tests.conftest import wants_postgres

    assert connection.vendor == ("postgresql" if wants_postgres(request.config) else "sqlite")


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_postgres_test_runs_on_postgres_only() -> None:
    assert connection.vendor == "postgresql"


def test_the_post_office_keeps_and_refuses(post_office: PostOffice) -> None:
    mail = EmailMessage()
    mail["To"], mail["From"], mail["Subject"] = "an@example.test", "motcua@example.test", "Đã tiếp nhận hồ sơ"
    mail.set_content("Xin chào")
    post_office.refuses.add("poison@example.test")
    with smtplib.SMTP("127.0.0.1", post_office.port) as client:
        client.send_message(mail)
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.send_message(mail, to_addrs=["poison@example.test"])
    assert [m["Subject"] for m in post_office.to("an@example.test")] == ["Đã tiếp nhận hồ sơ"]


@pytest.mark.browser
def test_the_browser_is_real(chromium) -> None:
    page = chromium.new_page()
    page.set_content("<title>Một cửa</title>")
    assert page.title() == "Một cửa"
    page.close()


@pytest.mark.parametrize(("allowed", "code"), [("1", 0), ("0", 1)])
def test_too_many_skipped_tests_fail_the_run(tmp_path: Path, allowed: str, code: int) -> None:
    (tmp_path / "conftest.py").write_text(
        "from tests.conftest import pytest_addoption, pytest_sessionfinish\n"
    )
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_a(): pytest.skip('why')\ndef test_b(): pass\n"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:django",
            "-p",
            "no:cacheprovider",
            f"--max-skips={allowed}",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == code, done.stdout
    assert ("1 tests skipped, 0 allowed" in done.stdout) == bool(code)
    assert "1 passed, 1 skipped" in done.stdout.splitlines()[-1]
