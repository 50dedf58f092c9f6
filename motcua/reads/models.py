"""Rows of who looked at whose data."""

from django.db import models


class Read(models.Model):
    """One look. Its content is never changed; ``batch`` is set once, when it is put under a root."""

    at = models.DateTimeField(db_index=True)
    user_id = models.BigIntegerField(db_index=True)  # an account; no foreign key: the row outlives it
    posts = models.TextField(blank=True)  # held at that moment: "H43.12:desk H43.12:specialist"
    kind = models.CharField(max_length=20)  # dossier, paper, result, draft, slip, person, list
    subject = models.CharField(max_length=60)  # code, paper's id, person's id; "" for a list
    dossier = models.CharField(max_length=40, blank=True, db_index=True)
    listed = models.TextField(blank=True)  # codes shown by a list, each between two spaces
    via = models.CharField(max_length=120)  # method and name of the page or call
    why = models.CharField(max_length=40, blank=True)
    mark = models.CharField(max_length=64)  # HMAC-SHA-256 of all of the above
    batch = models.PositiveIntegerField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.subject}"
