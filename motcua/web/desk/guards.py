"""Who may open the desk's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.web.requests import EdgeRequest

View = Callable[..., HttpResponse]


class NotAnOfficer(Refusal):
    """The account holds no post today."""

    code = "not_an_officer"
    cause = Text(
        "Trang này dành cho cán bộ; tài khoản của bạn hôm nay không giữ vị trí nào.",
        "This page is for officers; your account holds no post today.",
    )
    next_step = Text(
        "Nếu bạn là cán bộ, nhờ người quản trị của cơ quan kiểm tra vị trí của bạn.",
        "If you are an officer, ask your agency's operator to check your post.",
    )
    status = 403


def officers_only(view: View) -> View:
    """Sign-in first (and back here after it), then a post that is held today."""

    @wraps(view)
    def guarded(request: EdgeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_officer:
            raise NotAnOfficer
        return view(request, *args, **kwargs)

    return login_required(guarded)
