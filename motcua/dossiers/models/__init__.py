"""What is filed, and everything done to it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from motcua.dossiers.models.origins import Origin
from motcua.dossiers.models.records import Record

__all__ = [
    "Decision",
    "Dossier",
    "DossierCounter",
    "DossierPaper",
    "Draft",
    "FeeReceipt",
    "Origin",
    "Record",
    "Submission",
    "Supplement",
]


class Dossier(models.Model):
    """One request with its papers and history, bound to one revision."""

    class Channel(models.IntegerChoices):
        DIRECT = 1
        ONLINE = 2
        POST = 3

    class FiledBy(models.TextChoices):
        SELF = "self"
        HELPED = "helped"
        OFFICER = "officer"

    code = models.CharField(max_length=40, unique=True)
    revision = models.ForeignKey("catalogue.Revision", on_delete=models.PROTECT, related_name="dossiers")
    procedure_code = models.CharField(max_length=20)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="dossiers"
    )  # decides
    receiving = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, related_name="received_dossiers"
    )
    applicant = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="dossiers"
    )
    applicant_name = models.CharField(max_length=200)
    applicant_folded = models.CharField(max_length=200, blank=True)  # core.folding of the name, for search
    number_index = models.CharField(max_length=64, blank=True)  # blind index of the number in the form
    filed_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="filed_dossiers"
    )
    filed_by = models.CharField(max_length=10, choices=FiledBy.choices)
    mandate = models.ForeignKey("people.Mandate", on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.PositiveSmallIntegerField(choices=Channel.choices)
    level = models.CharField(max_length=12)  # of the service when filed
    status = models.PositiveSmallIntegerField()  # dossiers.rules.Status, domain.md §2
    outcome = models.CharField(max_length=20, blank=True)  # granted, declined, refused, withdrawn, stopped
    answers_sealed = models.BinaryField()  # AES-GCM, row "dossier:<code>"
    last4_index = models.CharField(max_length=64)  # blind index of code + last four digits
    fee = models.PositiveIntegerField(null=True)  # whole đồng; null = not known
    fee_note = models.CharField(max_length=500, blank=True)
    fee_taken = models.PositiveIntegerField(default=0)  # whole đồng, the sum of its receipts
    supplements = models.PositiveSmallIntegerField(default=0)
    visits = models.PositiveSmallIntegerField(default=0)
    paper_result = models.BooleanField()  # the procedure ends in a paper result
    e_result = models.BooleanField(default=False)
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    paused_minutes = models.PositiveIntegerField(default=0)  # elapsed, closed pauses only
    supplement_requested_at = models.DateTimeField(null=True)  # set while waiting for the applicant
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    papers_awaited = models.JSONField(default=list)  # components promised for later
    result_token = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__gte=1, status__lte=10), name="dossier_status_known"),
        ]
        indexes = [
            models.Index(fields=["applicant", "-id"], name="dossier_applicant"),
            models.Index(fields=["filed_by_user", "-id"], name="dossier_filed_by"),
            models.Index(fields=["agency", "status", "-id"], name="dossier_agency"),
            models.Index(fields=["procedure_code", "received_at"], name="dossier_procedure"),
            # the lanes of a whole agency: each status by its date; and what it takes in for others
            models.Index(fields=["agency", "status", "due_at", "id"], name="dossier_lanes"),
            models.Index(
                fields=["receiving", "status", "due_at", "id"],
                condition=~Q(receiving=F("agency")),
                name="dossier_lanes_for_others",
            ),
            # search inside an agency, newest first: what is looked at stands in the index
            models.Index(fields=["agency", "-id", "applicant_folded", "code"], name="dossier_search"),
            models.Index(
                fields=["receiving", "-id", "applicant_folded", "code"],
                condition=~Q(receiving=F("agency")),
                name="dossier_search_for_others",
            ),
            models.Index(
                fields=["number_index", "-id"], condition=~Q(number_index=""), name="dossier_number"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DossierCounter(models.Model):
    """Last dossier number of one agency on one day: codes are gapless."""

    agency = models.CharField(max_length=30)
    on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "on"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.agency} {self.on}: {self.last}"


class DossierPaper(models.Model):
    """A paper handed in for one component of the dossier."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="papers")
    component = models.CharField(max_length=60)
    paper = models.ForeignKey("documents.Paper", on_delete=models.PROTECT, null=True, related_name="+")
    copy_kind = models.PositiveSmallIntegerField()  # 0 original, 1 copy, 2 electronic
    note = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "component", "paper"], name="dossier_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.component}"


class Supplement(models.Model):
    """One request for papers or corrections, with all its items, and the answer."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplement_requests")
    items = models.JSONField()  # [{component, reason, text}]
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at__isnull=True), name="supplement_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"supplement of {self.dossier_id}"


class FeeReceipt(models.Model):
    """Money taken at the desk for a dossier, by the number of the receipt that was handed over."""

    class Moment(models.IntegerChoices):  # domain.md §2
        INTAKE = 1
        SUPPLEMENT = 2
        RETURN = 4

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="fee_receipts")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")  # whose desk
    number = models.CharField(max_length=60)
    amount = models.PositiveIntegerField()  # whole đồng
    moment = models.PositiveSmallIntegerField(choices=Moment.choices)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="fee_receipt_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="fee_receipt_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.dossier_id}"


class Decision(models.Model):
    """A written refusal, decline, stop or apology: who, why, by which clause, and what one can do."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20)  # refuse, decline, stop, apologise, revoke
    reason = models.TextField()
    clause = models.CharField(max_length=300, blank=True)
    new_due_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.dossier_id}"


class Draft(models.Model):
    """Answers on the way to a dossier, saved at each page; found again by account or by its code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="drafts"
    )
    resume_index = models.CharField(max_length=64, unique=True)  # blind index of the resume code
    revision = models.ForeignKey("catalogue.Revision", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=20)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    answers_sealed = models.BinaryField()  # row "draft:<id>"
    filed_by = models.CharField(max_length=10, choices=Dossier.FiledBy.choices, default=Dossier.FiledBy.SELF)
    mandate = models.ForeignKey("people.Mandate", on_delete=models.PROTECT, null=True, related_name="+")
    done_pages = models.JSONField(default=list)
    papers = models.JSONField(default=list)  # [{component, paper, copy_kind}]
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user", "-saved_at"], name="draft_user")]

    def __str__(self) -> str:
        return f"draft {self.id}"


class Submission(models.Model):
    """One acknowledged submission: the same key again gets the same answer and no second dossier."""

    key = models.CharField(max_length=200)
    owner = models.CharField(max_length=60)  # "user:17" or "draft:<id>"
    request_hash = models.CharField(max_length=64)
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    response = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="submission_once")]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
