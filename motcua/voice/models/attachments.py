"""Files that go with a petition or a complaint."""

import uuid

from django.db import models


class Attachment(models.Model):
    """A file with a petition or a complaint; of neither: kept for a form that was not sent yet.

    It is set free when its record is removed, and the sweep then removes it with its bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.OneToOneField("documents.Paper", on_delete=models.PROTECT, related_name="+")
    petition = models.ForeignKey(
        "voice.Petition", on_delete=models.SET_NULL, null=True, related_name="attachments"
    )
    complaint = models.ForeignKey(
        "voice.Complaint", on_delete=models.SET_NULL, null=True, related_name="attachments"
    )
    place = models.PositiveSmallIntegerField(default=0)  # in the order in which they were sent
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(petition__isnull=True) | models.Q(complaint__isnull=True),
                name="attachment_of_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kept_at"],
                name="attachment_loose",
                condition=models.Q(petition__isnull=True, complaint__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
