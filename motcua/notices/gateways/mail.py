"""Outside systems: the mail server, and the engine that fills text templates."""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.template import Context, Engine
from django.template.exceptions import TemplateDoesNotExist

from motcua.core.tracing import span

TIMEOUT = 10.0  # seconds for each word of the server
_FOLDER = Path(__file__).resolve().parent.parent / "templates"
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class ServerDown(Exception):
    """No server to talk to now; the message is not to blame."""


class MailRefused(Exception):
    """The server, or the message itself, says no; ``final`` when trying again is no use."""

    def __init__(self, reason: str, *, final: bool) -> None:
        self.reason, self.final = reason, final
        super().__init__(reason)


class MissingVariable(Exception):
    """A message speaks of something that was not given."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail, plain text."""

    to: str
    subject: str
    body: str
    message_id: str
    locale: str
    at: datetime


class Mailer:
    """A conversation with one mail server (``smtp://`` with STARTTLS where offered, ``smtps://``)."""

    def __init__(self, url: str, sender: str, timeout: float = TIMEOUT) -> None:
        parts = urlparse(url)
        self._secure = parts.scheme == "smtps"
        self._host = parts.hostname or "localhost"
        self._port = parts.port or (465 if self._secure else 25)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._name, self._sender = parseaddr(sender)
        self._timeout = timeout
        self._server: smtplib.SMTP | None = None

    @property
    def domain(self) -> str:
        """The domain of the sender, for message ids."""
        return self._sender.rpartition("@")[2] or "localhost"

    def connect(self) -> None:
        """Open the conversation unless it is open; raises ``ServerDown``."""
        if self._server is not None:
            return
        try:
            self._server = self._greet()
        except (OSError, smtplib.SMTPException) as error:
            raise ServerDown(f"{type(error).__name__}: {error}"[:300]) from error

    def send(self, mail: Mail) -> None:
        """Hand over one mail. Raises ``MailRefused``; the conversation goes on or is opened again."""
        try:
            message = self._message(mail)
        except (ValueError, LookupError, UnicodeError) as error:
            raise MailRefused(f"cannot be written as a mail: {error}"[:300], final=True) from error
        self.connect()
        if self._server is None:
            raise ServerDown("not connected")
        try:
            with span("send mail", **{"server.address": self._host}):
                self._server.send_message(message, self._sender, [mail.to])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise MailRefused(_said(code, words), final=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            raise MailRefused(
                _said(error.smtp_code, error.smtp_error), final=error.smtp_code >= 500
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            self._server.close()
            self._server = None  # nobody there to say QUIT to
            raise MailRefused(f"{type(error).__name__}: {error}"[:300], final=False) from error

    def close(self) -> None:
        """End the conversation; never raises."""
        server, self._server = self._server, None
        if server is None:
            return
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()

    def _greet(self) -> smtplib.SMTP:
        if self._secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=self._timeout, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        try:
            server.ehlo()
            private = self._secure
            if not private and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
                private = True
            if self._user:
                if not private and self._host not in _LOOPBACK:
                    raise smtplib.SMTPException("the password is not sent without TLS")
                server.login(self._user, self._password)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = formataddr((self._name, self._sender)) if self._name else self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(mail.at)
        message["Message-ID"] = mail.message_id
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = mail.locale
        message.set_content(mail.body)
        return message


def _said(code: int, words: object) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {text}"[:300]


class _Missing(str):
    """What the engine puts in place of an absent variable: an error, never silence."""

    def __contains__(self, _part: object) -> bool:
        return True

    def __mod__(self, name: Any) -> str:
        raise MissingVariable(str(name))


@cache
def _engine() -> Engine:
    return Engine(
        dirs=[str(_FOLDER)],
        autoescape=False,  # plain text
        string_if_invalid=_Missing("%s"),
        libraries={},
        builtins=[],
    )


def fill(template: str, locale: str, values: Mapping[str, object]) -> tuple[str, str]:
    """Subject and body of a message. Raises ``MissingVariable``, ``TemplateDoesNotExist``."""
    language = "en" if locale.startswith("en") else "vi"
    if not template.isidentifier():
        raise TemplateDoesNotExist(template)
    text = (
        _engine()
        .get_template(f"notices/{template}.{language}.txt")
        .render(Context(dict(values), autoescape=False))
    )
    subject, _, body = text.partition("\n")
    return subject.strip(), re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n"
