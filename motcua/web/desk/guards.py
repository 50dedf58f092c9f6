"""Who may open the desk's pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from motcua.core.actor import Role
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


class NoDesk(Refusal):
    """The account is an officer's, but no one-stop desk's."""

    code = "not_a_desk_officer"
    cause = Text(
        "Nhận hồ sơ tại quầy là việc của cán bộ bộ phận một cửa.",
        "Taking requests in at the counter is for officers of a one-stop desk.",
    )
    next_step = Text("Mời người dân đến quầy một cửa.", "Show the person to the one-stop desk.")
    status = 403


def desk_only(view: View) -> View:
    """As ``officers_only``, for holders of a desk post."""

    @wraps(view)
    def guarded(request: EdgeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.has_role(Role.DESK):
            raise NoDesk
        return view(request, *args, **kwargs)

    return officers_only(guarded)


def officers_only(view: View) -> View:
    """Sign-in first (and back here after it), then a post that is held today."""

    @wraps(view)
    def guarded(request: EdgeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.is_officer:
            raise NotAnOfficer
        return view(request, *args, **kwargs)

    return login_required(guarded)
