"""Independent assessments of online services, and what became of their recommendations."""

from django.conf import settings
from django.db import models

from motcua.voice.rules.assessments import Answer


class Assessment(models.Model):
    """One assessment as its assessor gave it; ``facts`` is the checked file, never written anew by hand."""

    code = models.CharField(max_length=40, unique=True)
    subject = models.CharField(max_length=30)  # identifier of the agency that was assessed
    made_on = models.DateField()  # its last day
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated_by")
    facts = models.JSONField()
    digest = models.CharField(max_length=64)
    brought_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject", "-made_on"], name="assessment_of")]

    def __str__(self) -> str:
        return self.code


class Recommendation(models.Model):
    """What an assessment asks of an agency, and its answer with the reason; the words stay in the facts."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, blank=True, choices=[(a.value, a.name) for a in Answer])
    reason = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="recommendation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id}/{self.number}"


class AssessmentDraft(models.Model):
    """An assessment that officers type in; ``facts`` has the form of the file and may lack things."""

    code = models.CharField(max_length=40)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField()
    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, null=True, related_name="draft"
    )  # what was published of it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(assessment=None), name="assessment_draft_once"
            ),
        ]
        indexes = [models.Index(fields=["agency", "-changed_at"], name="assessment_draft_of")]

    def __str__(self) -> str:
        return self.code
