"""Outside systems: the mail server, the engine that fills text templates, and systems that listen."""

from motcua.notices.gateways.mail import Mail, Mailer, MailRefused, MissingVariable, ServerDown, fill

__all__ = ["Mail", "MailRefused", "Mailer", "MissingVariable", "ServerDown", "fill"]
