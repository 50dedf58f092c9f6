"""News of what people said, to those who said it."""

from datetime import datetime

from django.conf import settings

from motcua.agencies.queries import agency_by_id
from motcua.core.texts import Text
from motcua.notices.operations import forget, queue
from motcua.people.queries import contact_of_user

_TEMPLATE = "voice"


def tell(
    *,
    key: str,
    user_id: int | None,
    email: str = "",
    locale: str = "vi",
    agency_id: int,
    code: str,
    news: Text,
    words: str,
    path: str,
    now: datetime,
) -> None:
    """Queue one piece of news for an account, or for an address where there is none; else nothing."""
    if user_id is not None:
        contact = contact_of_user(user_id)
        email, locale = contact.email or email, contact.locale
    elif not email:
        return
    context = {
        "code": code,
        "news": news.to(locale),
        "words": words,
        "agency": agency_by_id(agency_id).name.to(locale),
        "link": f"{settings.PUBLIC_URL}{path}",
    }
    queue(
        key=key, user_id=user_id, address=email, template=_TEMPLATE, locale=locale, context=context,
        reference=code, now=now,
    )  # fmt: skip


def forget_told(*codes: str) -> None:
    """Delete what was told about some matters: its words, addresses and accounts are kept no longer."""
    forget(references=codes, template=_TEMPLATE)
