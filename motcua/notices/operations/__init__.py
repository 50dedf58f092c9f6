"""Queueing and sending of messages to people, and of news to systems that listen."""

from motcua.notices.operations.hooks import HookRefused, add_hook, call_due, end_hook, queue_news, replay
from motcua.notices.operations.outbox import SendCounts, forget, mark_all_read, mark_read, queue, send_due

__all__ = [
    "HookRefused",
    "SendCounts",
    "add_hook",
    "call_due",
    "end_hook",
    "forget",
    "mark_all_read",
    "mark_read",
    "queue",
    "queue_news",
    "replay",
    "send_due",
]
