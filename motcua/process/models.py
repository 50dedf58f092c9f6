"""Rows of a running process. A process is known by a reference; what it is about is not known here."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Clock(models.Model):
    """The legal clock of one reference: starts at valid intake; due date recomputed from pauses."""

    reference = models.CharField(max_length=60, unique=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT)  # whose calendar counts
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)  # process.rules.clock.Unit
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    promised_at = models.DateTimeField(null=True)  # new appointment given with an apology
    stopped_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)  # when those who have it are warned that the date nears
    warned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["warn_at", "id"], name="clock_to_warn",
                condition=Q(warned_at__isnull=True, stopped_at__isnull=True, promised_at__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference} due {self.due_at}"


class Pause(models.Model):
    """An interval in which the clock stands still; open while ``until_at`` is null."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="pauses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(until_at__isnull=True), name="pause_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=models.F("from_at")),
                name="pause_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_at}–{self.until_at or ''}"


class Step(models.Model):
    """One step of one running process: who must do what, by when."""

    class State(models.TextChoices):
        OPEN = "open"
        WAITING = "waiting"  # for the applicant or for another agency; not on the agency's own list of work
        DONE = "done"
        CANCELLED = "cancelled"

    reference = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    round = models.PositiveIntegerField(default=1)  # 2 when a draft was rejected and the step came again
    kind = models.CharField(max_length=20)  # process.rules.definition.StepKind
    role = models.CharField(max_length=20)  # core.actor.Role, or "applicant"
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="steps")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="steps"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    question = models.TextField(blank=True)  # of a consultation
    outcome = models.CharField(max_length=40, blank=True)
    findings = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)  # came back from the applicant (supplement in)
    delivered_at = models.DateTimeField(null=True)  # draft proven to have reached the applicant
    silence = models.CharField(max_length=10, blank=True)  # "agree": a consultation goes on without an answer
    remind_at = models.DateTimeField(null=True)  # when who is asked is reminded; null when done or never
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "key", "round"], name="step_round_once"),
        ]
        indexes = [
            models.Index(
                fields=["agency", "role", "due_at", "id"], condition=Q(state="open"), name="step_work_list"
            ),
            # the lanes of a work list: each ends early, however much waits beside it
            models.Index(
                fields=["assignee", "due_at", "id"],
                condition=Q(state="open", assignee__isnull=False),
                name="step_mine",
            ),
            models.Index(
                fields=["agency", "role", "due_at", "id"],
                condition=Q(state="open", assignee__isnull=True),
                name="step_unassigned",
            ),
            models.Index(
                fields=["agency", "role", "due_at", "id"],
                condition=Q(state="open", resumed_at__isnull=False),
                name="step_supplement_in",
            ),
            models.Index(
                fields=["agency", "role", "due_at", "id"], condition=Q(state="waiting"), name="step_waiting"
            ),
            models.Index(
                fields=["agency", "role", "due_at", "id"],
                condition=Q(state="open", kind="intake", resumed_at__isnull=True),
                name="step_new",
            ),
            models.Index(
                fields=["agency", "role", "due_at", "id"],
                condition=Q(state="open", kind="return"),
                name="step_to_return",
            ),
            models.Index(fields=["state", "kind", "delivered_at"], name="step_silence"),
            models.Index(fields=["state", "due_at"], name="step_due"),
            models.Index(
                fields=["remind_at"], condition=Q(state="open", remind_at__isnull=False), name="step_remind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.key} {self.state}"
