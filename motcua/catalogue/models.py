"""What is offered: procedures, their revisions, and the services that agencies offer online."""

from django.db import models
from django.db.models import Q


class Procedure(models.Model):
    """What the law lets someone ask of an agency."""

    code = models.CharField(max_length=20, unique=True)  # "1.004873"
    name_vi = models.CharField(max_length=1000)
    name_en = models.CharField(max_length=1000, blank=True)
    agency_code = models.CharField(max_length=30)  # publishing ministry: "G15"
    agency_name = models.CharField(max_length=250, blank=True)
    field = models.CharField(max_length=250, blank=True)
    at_ministry = models.BooleanField(default=False)
    at_province = models.BooleanField(default=False)
    at_commune = models.BooleanField(default=False)
    audience = models.CharField(max_length=80, blank=True, default="")  # rules.indexing.AUDIENCES, by spaces
    stub = models.BooleanField(default=False)  # made for an imported record; to be completed
    source = models.CharField(max_length=200, blank=True)
    # what each kind of source last said: {"record" | "pack" | "list": Facts as a record}
    sources = models.JSONField(default=dict)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency_code", "code"], name="procedure_agency"),
            models.Index(fields=["field", "code"], name="procedure_field"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_vi}"


class Revision(models.Model):
    """A procedure's published content at a time. Frozen: a changed fact or pack is a new revision."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    facts = models.JSONField()  # catalogue.rules.facts.Facts, as a record
    pack = models.JSONField(null=True)  # {relative path: text} of the frozen folder
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(closed_at__isnull=True), name="revision_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} r{self.number}"


class Service(models.Model):
    """A procedure offered online by an agency, at a level, from a day until a day."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="services")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="services")
    level = models.CharField(max_length=12)  # derived from pack and agency: information, partial, full
    blockers = models.JSONField(default=list)  # codes of what keeps it from full
    level_declared = models.CharField(max_length=12, blank=True)
    declared_source = models.CharField(max_length=200, blank=True)
    eligible_full = models.BooleanField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "agency", "valid_from"], name="service_once"),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} @ {self.agency_id}"


class SearchEntry(models.Model):
    """The words of one procedure, folded and with marks, kept in step by catalogue.operations.

    The database's own full-text index hangs on ``terms`` and ``body`` (migration 0002): FTS5 by
    triggers on SQLite, a generated tsvector with a GIN index on PostgreSQL.
    """

    procedure = models.OneToOneField(Procedure, on_delete=models.CASCADE, related_name="search_entry")
    title_marked = models.CharField(max_length=1000)  # lower case, marks kept
    title = models.CharField(max_length=1000)  # folded
    terms = models.TextField(default="")  # folded: words and pairs of the title, code, English words
    body = models.TextField()  # folded words and pairs of field, agencies, results, papers
    prior = models.FloatField(default=0)  # 0 to 1: how likely a person at home asks for it

    def __str__(self) -> str:
        return self.title


class LawDocument(models.Model):
    """A decree, circular or decision behind procedures, with its dates."""

    number = models.CharField(max_length=60, unique=True)  # "75/2022/TT-BTC"
    title = models.CharField(max_length=1000, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=250, blank=True)
    issued_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.number


class Publication(models.Model):
    """A decision that published a procedure of a ministry or province: new, amended or abolished."""

    class Kind(models.TextChoices):
        NEW = "new"
        AMENDED = "amended"
        ABOLISHED = "abolished"

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="publications")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    decision = models.CharField(max_length=60)  # number of the decision
    decided_on = models.DateField()
    effective_on = models.DateField(null=True)  # of the newest document that it rests on
    legal = models.CharField(max_length=500, blank=True)  # numbers of documents, by semicolons
    public_on = models.DateField(null=True)  # on the national database
    decide_by = models.DateField(null=True)  # last day on time; null: the effect is not known
    public_by = models.DateField()
    alerted_on = models.DateField(null=True)  # when those responsible were told that it is overdue
    near_alerted_on = models.DateField(null=True)  # … that its last day nears
    parts_told = models.CharField(max_length=200, blank=True)  # parts they were told are missing, by blanks
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "agency", "decision"], name="publication_once"),
        ]
        indexes = [
            models.Index(fields=["decided_on"], name="publication_by_decision"),
            models.Index(fields=["public_by"], name="publication_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.procedure_id}"
