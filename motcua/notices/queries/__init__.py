"""Reads of the in-site inbox, and of who listens to the platform's news."""

from motcua.notices.queries.hooks import (
    HookDeliveryView,
    HookView,
    anybody_listens,
    hook,
    hook_deliveries,
    hooks,
)
from motcua.notices.queries.messages import (
    Delivery,
    MessageView,
    deliveries,
    inbox,
    messages_for,
    unread_count,
    waiting,
)

__all__ = [
    "Delivery",
    "HookDeliveryView",
    "HookView",
    "MessageView",
    "anybody_listens",
    "deliveries",
    "hook",
    "hook_deliveries",
    "hooks",
    "inbox",
    "messages_for",
    "unread_count",
    "waiting",
]
