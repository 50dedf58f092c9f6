"""Rows of the one append-only log."""

from django.db import models


class Event(models.Model):
    """One thing that happened. Never updated, never deleted; order of ids is order of commits."""

    stream = models.CharField(max_length=100)  # "dossier:H43.12-260710-0001"
    sequence = models.PositiveIntegerField()  # gapless inside the stream, from 1
    kind = models.CharField(max_length=60)  # "dossier.received"
    at = models.DateTimeField()
    actor = models.JSONField()  # Actor.as_record()
    data = models.JSONField()
    previous = models.CharField(max_length=64)  # hash of the stream's event before; "" for the first
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="event_sequence_in_stream"),
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.sequence} {self.kind}"


class Checkpoint(models.Model):
    """How far one reader of the log has come."""

    reader = models.CharField(max_length=60, unique=True)
    last_id = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.reader} at {self.last_id}"


class Setback(models.Model):
    """An event that a reader could not apply; parked so that the log goes on, shown by doctor."""

    reader = models.CharField(max_length=60)
    event = models.ForeignKey(Event, on_delete=models.PROTECT)
    error = models.TextField()
    tries = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "event"], name="setback_once_per_event")]

    def __str__(self) -> str:
        return f"{self.reader}: event {self.event_id}"


class Seal(models.Model):
    """A signed Merkle root over all events of a range of ids; makes truncation and edits visible."""

    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)  # root of the seal before; "" for the first
    signature = models.TextField()  # Ed25519, base64
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"
