"""What pages about what people say share: refusals as field errors, short texts from a form."""

from django.http import HttpRequest

from motcua.core.refusals import Refusal


def words_of(refusal: Refusal, language: str) -> str:
    """What happened and what to do, in one line."""
    return f"{refusal.cause.to(language)} {refusal.next_step.to(language)}".strip()


def typed(request: HttpRequest, name: str, most: int = 5000) -> str:
    """What was written into a field, bounded."""
    return request.POST.get(name, "").replace("\x00", "")[:most]
