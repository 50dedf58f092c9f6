"""Links that let whoever holds them do one thing: signed, each for one purpose."""

from django.core import signing


def sign(purpose: str, subject: str) -> str:
    """A token for one purpose and one subject; it does not end by itself."""
    return signing.dumps(subject, salt=f"motcua.link.{purpose}")


def opened(purpose: str, token: str) -> str | None:
    """The subject of a token made for that purpose; None for any other text."""
    try:
        subject = signing.loads(token, salt=f"motcua.link.{purpose}")
    except signing.BadSignature:
        return None
    return subject if isinstance(subject, str) else None
