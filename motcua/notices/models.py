"""Messages to people: an outbox and an in-site inbox."""

import uuid

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


class Hook(models.Model):
    """A system that listens: its address, and the key that signs what it is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="hooks")
    agency = models.ForeignKey(  # none: the owner's own dossiers
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="hooks"
    )
    url = models.CharField(max_length=500)
    secret_sealed = models.BinaryField()  # AES-GCM, row "hook:<id>"
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner"], name="hook_in_force", condition=models.Q(ended_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"hook {self.pk}"


class HookDelivery(models.Model):
    """One piece of news for one listener. The same event twice is one delivery; a replay sends it anew."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    event_id = models.BigIntegerField()
    body = models.TextField()  # CloudEvents JSON, byte for byte as it is signed
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)  # status or fault of the last try

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hook", "event_id"], name="hook_event_once")]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], name="hook_delivery_due", condition=models.Q(state="queued")
            )
        ]

    def __str__(self) -> str:
        return f"event {self.event_id} for {self.hook_id}"
