"""Files in and out: papers that people hand in, documents that agencies issue."""

import uuid

from django.conf import settings
from django.db import models


class Paper(models.Model):
    """An uploaded file. Its bytes are in storage under ``storage_name``, a name of our own."""

    class State(models.TextChoices):
        SCANNING = "scanning"
        CLEAN = "clean"
        UNSCANNED = "unscanned"  # no scanner is configured here
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="papers"
    )
    session = models.CharField(max_length=64, blank=True)  # blind index of the anonymous draft that holds it
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)  # of the bytes that are kept
    sent_sha256 = models.CharField(max_length=64, blank=True, default="")  # of the bytes that were sent
    changes = models.CharField(max_length=60, blank=True, default="")  # upright,scaled,place_removed
    storage_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=200, blank=True)
    uploaded_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["uploaded_at"], name="paper_waiting", condition=models.Q(state="scanning")),
        ]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file that is coming in parts. ``parts``: storage names of what has come, in order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=200)
    length = models.PositiveIntegerField()  # bytes of the whole file
    received = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=list)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received__lte=models.F("length")), name="upload_within_length"
            ),
        ]
        indexes = [models.Index(fields=["owner", "begun_at"], name="upload_of_owner")]

    def __str__(self) -> str:
        return f"{self.name}: {self.received}/{self.length}"


class IssuedDocument(models.Model):
    """A signed document. ``token`` is in its QR; the public check tells state, never personal data."""

    token = models.CharField(max_length=40, unique=True)
    reference = models.CharField(max_length=60)  # dossier code
    number = models.CharField(max_length=60)  # "12/GXN"
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="issued_documents")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signed_documents"
    )
    storage_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    valid_until_on = models.DateField(null=True)  # last day of validity
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    changes_sealed = models.BinaryField(default=b"")  # what it says otherwise than its dossier
    trial = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["reference"], name="issued_reference")]

    def __str__(self) -> str:
        return f"{self.number} {self.reference}"


class Slip(models.Model):
    """A numbered slip of a desk (receipt, request, refusal …): what it says is fixed when it is issued.

    Its PDF is made afterwards from those words, once, and is the same bytes from then on. The one kind that
    goes on (``running``: the control slip) has its number from the start and its words when it is closed.
    """

    token = models.CharField(max_length=40, unique=True)  # in its QR
    reference = models.CharField(max_length=60)  # dossier code
    key = models.CharField(max_length=20)  # "01", "03-2": names it under its reference
    kind = models.CharField(max_length=10)  # "01" … "05"
    form = models.CharField(max_length=10)  # the layout: the kind, or a field's own form such as "CT04"
    number = models.CharField(max_length=60)  # "12/TNHS"
    book = models.CharField(max_length=100)
    sequence = models.PositiveIntegerField()
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="slips")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    trial = models.BooleanField(default=True)
    running = models.BooleanField(default=False)
    fields_sealed = models.BinaryField()  # row "slip:<token>"
    storage_name = models.CharField(max_length=200, blank=True)  # empty until the PDF is made
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "key"], name="slip_key_once"),
            models.UniqueConstraint(fields=["book", "sequence"], name="slip_number_once"),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="slip_unmade", condition=models.Q(storage_name="", running=False)
            ),
            models.Index(fields=["agency", "kind", "issued_at", "id"], name="slip_follow_up"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.reference}"


class NumberBook(models.Model):
    """The last number given in one book (agency, kind, year)."""

    book = models.CharField(max_length=100, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.book}: {self.last}"
