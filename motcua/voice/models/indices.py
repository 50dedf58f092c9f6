"""Outside indices by year, subject and part."""

from django.db import models


class IndexScore(models.Model):
    """One published part of an outside index for one subject in one year; null: published without a value."""

    index = models.CharField(max_length=20)  # "papi"
    year = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=20)  # code of the index's own book: "P38"
    part = models.CharField(max_length=20)  # "SC11"
    value = models.DecimalField(max_digits=14, decimal_places=9, null=True)
    low = models.DecimalField(max_digits=14, decimal_places=9, null=True)  # of an interval, where published
    high = models.DecimalField(max_digits=14, decimal_places=9, null=True)
    source = models.CharField(max_length=200)  # name of the file
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["index", "year", "subject", "part"], name="index_score_once"),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.year} {self.subject} {self.part}: {self.value}"
