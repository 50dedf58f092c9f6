"""Before signing, an officer proves anew who sits there, unless that was done a moment ago."""

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.core.refusals import Refusal
from motcua.core.texts import Text
from motcua.web.requests import EdgeRequest


class SignInAgain(Refusal):
    """This account proves itself by signing in only, and that was a while ago."""

    code = "sign_in_again"
    cause = Text(
        "Trước khi ký, cần xác nhận lại danh tính; tài khoản này chỉ xác nhận bằng cách đăng nhập lại.",
        "Before signing you prove who you are; this account does so by signing in again.",
    )
    next_step = Text("Đăng xuất, đăng nhập lại rồi ký.", "Sign out, sign in again, then sign.")
    status = 403


def proven(request: EdgeRequest) -> bool:
    """True when password, second step or provider were used within ``REAUTHENTICATION_TIMEOUT`` seconds."""
    records = get_authentication_records(request, request.user)
    return any(time.time() - float(r.get("at", 0)) < app_settings.REAUTHENTICATION_TIMEOUT for r in records)


def prove_first(request: EdgeRequest, back: str) -> HttpResponse | None:
    """The way to prove it, leading ``back``; None when it was done recently. Raises ``SignInAgain``."""
    if proven(request):
        return None
    if not get_reauthentication_flows(request.user):
        raise SignInAgain
    messages.info(request, _("Before signing, show once more that it is you. Then sign."))
    return redirect(f"/tai-khoan/reauthenticate/?{urlencode({'next': back})}")
