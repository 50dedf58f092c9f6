"""Who serves: agencies, desks, posts and calendars."""

from django.conf import settings
from django.db import models
from treebeard.mp_tree import MP_Node


class Agency(MP_Node):  # type: ignore[misc]
    """An agency: a parent (tree) and a place that it serves."""

    class Level(models.TextChoices):
        MINISTRY = "ministry"
        PROVINCE = "province"
        COMMUNE = "commune"

    identifier = models.CharField(max_length=30, unique=True)  # Decision 20/2020: "H43.12"
    name_vi = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    serves = models.ForeignKey("places.Unit", on_delete=models.PROTECT, null=True, related_name="agencies")
    made_up = models.BooleanField(default=False)  # the identifier is this demo's own, not an official one
    stub = models.BooleanField(default=False)  # made for an imported record; to be completed
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.identifier} {self.name_vi}"


class Successor(models.Model):
    """An agency that ended and the one that took over, from a day on."""

    before = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successors")
    after = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="predecessors")
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["before", "after", "on"], name="successor_once")]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"


class Desk(models.Model):
    """A one-stop desk: where dossiers enter and results leave."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="desks")
    name_vi = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name_vi


class Post(models.Model):
    """A person in a role at an agency, from a day until a day (both included)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)  # core.actor.Role
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role", "valid_from"], name="post_once"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="post_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} @ {self.agency_id}"


class CalendarYear(models.Model):
    """A year that has been frozen for the site; ``source`` says from what."""

    year = models.PositiveIntegerField(unique=True)
    source = models.CharField(max_length=200)
    frozen_at = models.DateTimeField()
    stamp = models.CharField(max_length=32)  # changes with every change of the year's days; keys the cache

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that differs from the ordinary week, for all agencies or for one and those below it."""

    on = models.DateField()
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, related_name="calendar_days")
    # "" = closed; "07:30-11:30" = half-day; "07:30-11:30 13:30-17:30" = a working Saturday
    open_hours = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "agency"], name="calendar_day_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.reason}"
