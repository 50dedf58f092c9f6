"""Dossiers that other systems handled, as they reported them: counted, never handled here."""

from django.db import models
from django.db.models import Q


class Record(models.Model):
    """One dossier of another handling system, without personal data. Null: the source does not say."""

    code = models.CharField(max_length=60, unique=True)
    procedure_code = models.CharField(max_length=20)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # decides
    applicant_kind = models.CharField(max_length=40, blank=True)
    channel = models.PositiveSmallIntegerField(null=True)  # 1 direct, 2 online, 3 public post
    filed_by = models.CharField(max_length=10, blank=True)  # self, helped, officer; "" unknown
    status = models.PositiveSmallIntegerField(default=0)  # domain.md §2; 0 unknown
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # as promised at reception: pauses are not in it
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    supplements = models.PositiveSmallIntegerField(null=True)
    supplement_requested_at = models.DateTimeField(null=True)
    paused_minutes = models.PositiveIntegerField(null=True)  # elapsed, from request to answer
    visits = models.PositiveSmallIntegerField(null=True)
    fee = models.BigIntegerField(null=True)  # owed, whole đồng
    paid_online = models.BooleanField(null=True)
    e_result = models.BooleanField(null=True)
    digitised = models.BooleanField(null=True)
    reused = models.BooleanField(null=True)
    from_store = models.BooleanField(null=True)
    vneid = models.BooleanField(null=True)
    synced = models.BooleanField(null=True)
    source = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=32)  # of all that the line said: the same again changes nothing
    batch = models.UUIDField()  # of the event that told of its last change

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__lte=10), name="record_status_known"),
        ]
        indexes = [
            models.Index(fields=["batch"], name="record_batch"),
            models.Index(fields=["procedure_code", "id"], name="record_procedure"),
        ]

    def __str__(self) -> str:
        return self.code
