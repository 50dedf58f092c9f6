"""Where: administrative units, dated, with successors."""

from django.db import models


class Unit(models.Model):  # type: ignore[django-manager-missing]  # treebeard has no types
    """A province, commune or hamlet, in force from ``valid_from`` until ``valid_to``."""

    class Level(models.TextChoices):
        PROVINCE = "province"
        DISTRICT = "district"  # only as history: none since 1 July 2025
        COMMUNE = "commune"
        HAMLET = "hamlet"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    formed_from = models.TextField(blank=True)  # names of the units that it was formed from, as published
    folded = models.CharField(max_length=250)
    formed_folded = models.TextField(blank=True)  # the same for formed_from: old names stay searchable

    class Meta:
        indexes = [models.Index(fields=["level", "folded"], name="unit_level_folded")]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """A unit that ended and the one that took its place, from a day on."""

    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["before", "after", "on"], name="succession_once")]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
