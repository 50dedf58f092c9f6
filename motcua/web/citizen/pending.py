"""What somebody typed while the session had already ended: sealed, kept until the page is shown again."""

import base64
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict

from motcua.core.sealing import seal, unseal
from motcua.web.requests import EdgeRequest

KEY = "typed"
MOST = 20_000  # characters
View = Callable[..., HttpResponse]


def keep_input(view: View) -> View:
    """Around the sign-in wall: a POST that meets it is kept, sealed, in the new session."""

    @wraps(view)
    def kept(request: EdgeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            typed = request.POST.copy()
            typed.pop("csrfmiddlewaretoken", None)
            text = json.dumps([request.path, typed.urlencode()])
            if len(text) <= MOST:
                sealed = seal(text.encode(), key=settings.KEYS.personal, row=KEY)
                request.session[KEY] = base64.b64encode(sealed).decode()
        return view(request, *args, **kwargs)

    return kept


def kept_input(request: EdgeRequest) -> QueryDict | None:
    """What was typed on this page before the sign-in, once; None otherwise."""
    if KEY not in request.session:
        return None
    sealed = base64.b64decode(request.session.pop(KEY))
    path, typed = json.loads(unseal(sealed, key=settings.KEYS.personal, row=KEY))
    return QueryDict(typed) if path == request.path else None
