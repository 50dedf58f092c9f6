"""The account's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.web.requests import EdgeRequest


@require_safe
@login_required
def account(request: EdgeRequest) -> HttpResponse:
    """Who is signed in, with which posts, and what can be changed."""
    return render(request, "account/account.html", {"posts": request.actor.posts})
