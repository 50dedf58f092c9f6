"""Messages to the person who is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.notices import operations, queries
from motcua.web.requests import EdgeRequest


@require_safe
@never_cache
@login_required
def inbox(request: EdgeRequest) -> HttpResponse:
    """Messages, newest first, in pages of twenty."""
    after = request.GET.get("after", "")[:30]
    page = queries.inbox(actor=request.actor, after=after or None)
    context = {
        "items": page.items,
        "next_url": f"?after={page.next}" if page.next else "",
        "first_url": "?" if after else "",
        "unread": queries.unread_count(request.actor),
    }
    return render(request, "citizen/inbox.html", context)


@require_POST
@never_cache
@login_required
def read(request: EdgeRequest, message_id: int) -> HttpResponse:
    """Mark a message of one's own as read."""
    operations.mark_read(message_id=message_id, actor=request.actor, now=request.now)
    return redirect("citizen:inbox")


@require_POST
@never_cache
@login_required
def read_all(request: EdgeRequest) -> HttpResponse:
    """Mark all of one's own messages as read, up to the newest that the page showed."""
    until = request.POST.get("until", "")
    newest = int(until) if until.isascii() and until.isdigit() and len(until) < 19 else 0
    many = operations.mark_all_read(until=newest, actor=request.actor, now=request.now)
    told = ngettext("%(n)s message was marked as read.", "%(n)s messages were marked as read.", many)
    messages.success(request, told % {"n": many})
    return redirect("citizen:inbox")
