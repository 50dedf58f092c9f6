"""Rollups fed by the log, and what each dossier has added to them."""

from django.db import models


class Tally(models.Model):
    """A signed count to be summed. Rows are only inserted; ``fold`` joins rows of one cell into one.

    A cell counts in periods that contain ``received_on`` and end on ``since_on`` or later: an open
    dossier that turns late on a day is a row that takes it out of the numerator from that day on.
    """

    definition = models.CharField(max_length=40)
    revision = models.PositiveSmallIntegerField()
    received_on = models.DateField()
    since_on = models.DateField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=20)
    place = models.CharField(max_length=20, blank=True)
    channel = models.PositiveSmallIntegerField()  # 0 = unknown
    filed_by = models.CharField(max_length=10, blank=True)
    level = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=40, blank=True)  # monitoring.rules.predicates.Reason
    numerator = models.IntegerField()
    denominator = models.IntegerField()
    excluded = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["definition", "revision", "received_on", "agency"], name="tally_by_day"),
            models.Index(
                fields=["definition", "revision", "procedure", "received_on"], name="tally_by_procedure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition} {self.received_on}: {self.numerator}/{self.denominator}"


class Standing(models.Model):
    """What one dossier has added to the tallies until now, so that the next event adds the difference."""

    dossier = models.CharField(max_length=40, unique=True)  # its code
    received_on = models.DateField(null=True)  # null: never received, adds nothing
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=20)
    place = models.CharField(max_length=20, blank=True)
    cells = models.JSONField(default=list)  # monitoring.rules.counting.Contribution, as a record
    counted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["received_on", "id"], name="standing_by_day"),
            models.Index(fields=["agency", "received_on", "id"], name="standing_by_agency"),
            models.Index(fields=["procedure", "received_on", "id"], name="standing_by_procedure"),
        ]

    def __str__(self) -> str:
        return self.dossier
