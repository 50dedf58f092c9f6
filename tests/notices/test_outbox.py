import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from django.db import connections

from motcua.notices import gateways, operations, rules
from motcua.notices.models import Message
from motcua.notices.operations import outbox
from tests.support.mail import PostOffice, Server

from .conftest import CONTEXT

pytestmark = pytest.mark.django_db
Queue = Callable[..., None]


def states() -> dict[str, str]:
    return dict(Message.objects.order_by("id").values_list("address", "state"))


@pytest.mark.feature("48")
def test_a_mail_arrives_as_written(queue: Queue, post_office: PostOffice, now: datetime) -> None:
    queue()
    assert operations.send_due(now=now) == operations.SendCounts(sent=1)
    (mail,) = post_office.mails
    assert mail["Subject"] == "Đã tiếp nhận hồ sơ H43.12-260710-0001"
    assert mail["To"] == "thu@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    body = mail.get_content()
    assert CONTEXT["link"] in body
    assert "Nguyễn Thị Thử" in body
    assert operations.send_due(now=now + timedelta(days=1)) == operations.SendCounts()
    assert Message.objects.get().sent_at == now


def test_the_wire_is_ascii_as_rfc_2047_asks(queue: Queue, post_office: PostOffice, now: datetime) -> None:
    queue()
    message = Message.objects.get()
    mail = gateways.Mail("a@example.org", message.subject, message.body, "<x@y>", "vi", now)
    wire = gateways.Mailer("smtp://127.0.0.1:1", "Một cửa <a@b.vn>")._message(mail).as_bytes()
    head = wire.split(b"\r\n\r\n")[0]
    assert head.isascii()
    assert b"=?utf-8?" in head


def test_the_same_news_is_one_message(queue: Queue, post_office: PostOffice, now: datetime) -> None:
    queue("event:7")
    queue("event:7", context=CONTEXT | {"reason": "other words"})
    queue("event:8")
    assert Message.objects.count() == 2
    assert operations.send_due(now=now).sent == 2
    ids = {str(mail["Message-ID"]) for mail in post_office.mails}
    assert ids == {rules.message_id(f"event:{n}:email", "localhost") for n in (7, 8)}


def test_a_header_cannot_be_smuggled_in(queue: Queue, post_office: PostOffice, now: datetime) -> None:
    queue(context=CONTEXT | {"code": "X\r\nBcc: evil@example.org\r\n\r\nHi"})
    operations.send_due(now=now)
    (mail,) = post_office.mails
    assert mail["Bcc"] is None
    assert "evil@example.org" in str(mail["Subject"]) + mail.get_content()


@pytest.mark.parametrize("address", ["", "no-at", "a@b\r\nRCPT TO:<x@y.z>", "a b@example.org", "@"])
def test_what_is_no_address_is_no_channel(
    queue: Queue, post_office: PostOffice, now: datetime, address: str
) -> None:
    queue(address=address)
    assert Message.objects.get().state == "no_channel"
    assert operations.send_due(now=now) == operations.SendCounts()


def test_without_a_server_mails_are_kept_as_no_channel(queue: Queue, settings: Any, now: datetime) -> None:
    settings.SMTP_URL = ""
    queue()
    assert states() == {"thu@example.org": "no_channel"}
    assert operations.send_due(now=now) == operations.SendCounts()


def test_a_refused_recipient_holds_up_no_other(queue: Queue, post_office: PostOffice, now: datetime) -> None:
    post_office.refuses.add("b@example.org")
    for n, letter in enumerate("abc"):
        queue(f"event:{n}", address=f"{letter}@example.org")
    assert operations.send_due(now=now) == operations.SendCounts(sent=2, failed=1)
    assert states() == {"a@example.org": "sent", "b@example.org": "failed", "c@example.org": "sent"}
    assert "550" in Message.objects.get(address="b@example.org").error


def test_a_message_that_cannot_be_written_holds_up_no_other(
    queue: Queue, post_office: PostOffice, now: datetime
) -> None:
    queue("event:1", address="a@example.org")
    queue("event:2", address="b@example.org")
    Message.objects.filter(address="a@example.org").update(subject="poison\r\nBcc: x@example.org")
    assert operations.send_due(now=now) == operations.SendCounts(sent=1, failed=1)
    assert states() == {"a@example.org": "failed", "b@example.org": "sent"}


@pytest.mark.feature("48")
def test_a_server_that_is_down_and_comes_back(queue: Queue, settings: Any, now: datetime) -> None:
    office = PostOffice()
    settings.SMTP_URL = office.url
    queue()
    for hour in range(48):
        counts = operations.send_due(now=now + timedelta(hours=hour))
        assert counts.down
    assert Message.objects.get().tries == 0
    server = Server(office)
    server.start()
    try:
        assert operations.send_due(now=now + timedelta(hours=48)).sent == 1
    finally:
        server.stop()
    assert len(office.mails) == 1


class Moody(PostOffice):
    """Says "later" to everything."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        return "451 try again later"


def test_tries_are_spaced_and_bounded(queue: Queue, settings: Any, now: datetime) -> None:
    office = Moody()
    settings.SMTP_URL = office.url
    server = Server(office)
    server.start()
    try:
        queue()
        for tried in range(1, rules.MAX_TRIES):
            due = Message.objects.get().next_try_at
            if tried > 1:
                assert operations.send_due(now=due - timedelta(seconds=1)) == operations.SendCounts()
            assert operations.send_due(now=due).later == 1
        assert operations.send_due(now=Message.objects.get().next_try_at).failed == 1
    finally:
        server.stop()
    message = Message.objects.get()
    assert (message.state, message.tries) == ("failed", rules.MAX_TRIES)
    assert "451" in message.error


@contextmanager
def hanging_server(greets: bool) -> Iterator[str]:
    """Takes connections, at best says hello, and then nothing."""
    listener = socket.create_server(("127.0.0.1", 0))
    kept: list[socket.socket] = []

    def accept() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            kept.append(peer)
            if greets:
                peer.sendall(b"220 hello\r\n")
                peer.recv(100)
                peer.sendall(b"250 ok\r\n")

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
        for peer in kept:
            peer.close()


@pytest.mark.parametrize("greets", [False, True])
def test_a_server_that_hangs_is_left_in_time(
    queue: Queue, settings: Any, now: datetime, monkeypatch: pytest.MonkeyPatch, greets: bool
) -> None:
    init = gateways.Mailer.__init__
    monkeypatch.setattr(
        gateways.Mailer, "__init__", lambda self, url, sender: init(self, url, sender, timeout=0.3)
    )
    with hanging_server(greets) as url:
        settings.SMTP_URL = url
        for n in range(6):
            queue(f"event:{n}", address=f"{n}@example.org")
        counts = operations.send_due(now=now)
    assert counts.sent == 0
    assert counts.down
    assert counts.later <= outbox.GIVE_UP_AFTER
    assert set(states().values()) == {"queued"}


def test_a_message_whose_worker_was_killed_is_sent_again(
    queue: Queue, post_office: PostOffice, now: datetime
) -> None:
    queue()
    claimed = outbox._claim(Message.objects.get().id, now)
    assert claimed is not None
    assert outbox._claim(claimed.id, now) is None
    assert operations.send_due(now=now).sent == 0
    assert operations.send_due(now=now + rules.LEASE).sent == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(queue: Queue, post_office: PostOffice, now: datetime) -> None:
    for n in range(20):
        queue(f"event:{n}", address=f"p{n}@example.org")
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait(10)
            operations.send_due(now=now)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(str(mail["To"]) for mail in post_office.mails) == sorted(
        f"p{n}@example.org" for n in range(20)
    )
    assert set(states().values()) == {"sent"}


def test_a_password_is_used_and_never_sent_in_clear_afar(now: datetime) -> None:
    seen: list[bytes] = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        seen.append(data.password)
        return AuthResult(success=data.password == b"p@ss", handled=False)

    office = PostOffice()

    class Guarded(Server):
        def __init__(self) -> None:
            Controller.__init__(self, office, hostname="0.0.0.0", port=office.port)

        def factory(self) -> Any:
            return SMTP(office, authenticator=check, auth_require_tls=False)

    server = Guarded()
    server.start()
    try:
        mail = gateways.Mail("a@example.org", "s", "b", "<a@b>", "vi", now)
        for host, password, why in (("127.0.0.1", "wrong", "535"), ("127.0.0.2", "p%40ss", "without TLS")):
            mailer = gateways.Mailer(f"smtp://me:{password}@{host}:{office.port}", "m@b.vn")
            with pytest.raises(gateways.ServerDown, match=why):
                mailer.send(mail)
            mailer.close()
        mailer = gateways.Mailer(f"smtp://me:p%40ss@127.0.0.1:{office.port}", "m@b.vn")
        mailer.send(mail)
        mailer.close()
    finally:
        server.stop()
    assert set(seen) == {b"wrong", b"p@ss"}
    assert len(office.mails) == 1
