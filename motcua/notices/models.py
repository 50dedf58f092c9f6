"""Messages to people: an outbox and an in-site inbox."""

from django.conf import settings
from django.db import models


class Message(models.Model):
    """One message on one channel. ``key`` makes queueing the same news twice one message."""

    class Channel(models.TextChoices):
        INBOX = "inbox"
        EMAIL = "email"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"  # handed to the channel
        FAILED = "failed"  # given up after the last try; the reason is kept
        NO_CHANNEL = "no_channel"  # nothing configured or no address

    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="messages"
    )
    address = models.CharField(max_length=254, blank=True)
    template = models.CharField(max_length=60)
    locale = models.CharField(max_length=5)
    reference = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_try_at", "id"], name="message_due"),
            models.Index(fields=["user", "channel", "-id"], name="message_inbox"),
        ]

    def __str__(self) -> str:
        return self.key
