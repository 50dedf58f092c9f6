"""Rollups fed by the log, and what each dossier has added to them.

Three sizes of the same counts: a ``Standing`` for each dossier, ``Tally`` rows for each change (only
inserted), ``Cube`` rows that hold the sums of all tallies up to ``Folded.last_id``.
"""

from django.conf import settings
from django.db import models


class Profile(models.Model):
    """How the definitions judge a dossier, all at once; few dossiers differ in it."""

    key = models.CharField(max_length=1500, unique=True)  # monitoring.rules.profile.key_of

    def __str__(self) -> str:
        return self.key


class Judgement(models.Model):
    """What one definition makes of a profile: 0 or 1 each; ``measured`` sums minutes in the numerator."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="judgements")
    definition = models.CharField(max_length=40)
    revision = models.PositiveSmallIntegerField()
    numerator = models.PositiveSmallIntegerField()
    denominator = models.PositiveSmallIntegerField()
    excluded = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=40, blank=True)  # monitoring.rules.predicates.Reason
    measured = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "definition", "revision"], name="judgement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.definition}@{self.revision}: {self.numerator}/{self.denominator}"


class Tally(models.Model):
    """So many dossiers more (or fewer) of one kind. Rows are only inserted; ``compact`` joins them.

    They count in periods that contain ``received_on`` and end on ``since_on`` or later: an open dossier
    that turns late on a day is a pair of rows that moves it to another profile from that day on.
    """

    received_on = models.DateField()
    since_on = models.DateField()
    root = models.CharField(max_length=8)  # tree path of the ministry or province at the root
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=20)
    place = models.CharField(max_length=20, blank=True)
    channel = models.PositiveSmallIntegerField()  # 0 = unknown
    filed_by = models.CharField(max_length=10, blank=True)
    level = models.CharField(max_length=12, blank=True)
    status = models.PositiveSmallIntegerField()
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")
    count = models.IntegerField()
    minutes = models.BigIntegerField(default=0)  # of handling, summed over the counted dossiers

    class Meta:
        indexes = [
            models.Index(fields=["received_on", "root"], name="tally_by_day"),
            models.Index(fields=["agency", "received_on"], name="tally_by_agency"),
            models.Index(fields=["procedure", "received_on"], name="tally_by_procedure"),
        ]

    def __str__(self) -> str:
        return f"{self.received_on} {self.procedure}: {self.count:+}"


class Cube(models.Model):
    """Sums of tallies for one definition: by root, agency, procedure or pairs of them; by day, month, year.

    ``since_on`` is never before the end of its month or year: only longer periods read the row.
    """

    kind = models.CharField(max_length=10)  # root, agency, procedure, pair, service
    grain = models.CharField(max_length=1)  # d, m, y
    definition = models.CharField(max_length=40)
    revision = models.PositiveSmallIntegerField()
    start = models.DateField()  # first day of the day, month or year
    since_on = models.DateField()
    root = models.CharField(max_length=8, blank=True)  # "" where the cube does not tell them apart
    agency = models.BigIntegerField(default=0)  # row of the agency; 0 where it does not tell them apart
    procedure = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    excluded = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "grain", "definition", "revision", "start", "root", "agency", "procedure",
                        "place", "since_on", "reason"],
                name="cube_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["kind", "definition", "root", "start"], name="cube_by_root"),
            models.Index(fields=["kind", "definition", "procedure", "start"], name="cube_by_procedure"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.grain} {self.start} {self.definition}: {self.numerator}/{self.denominator}"


class Target(models.Model):
    """A target that was imported: a rate to be reached by a scope, in force from a day until a day."""

    definition = models.CharField(max_length=40)
    scope = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField(null=True)
    percent = models.DecimalField(max_digits=6, decimal_places=2)
    phase = models.CharField(max_length=100, blank=True)
    criteria = models.CharField(max_length=1000, blank=True)
    source = models.CharField(max_length=500, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["definition", "scope", "first"], name="target_once"),
            models.CheckConstraint(
                condition=models.Q(percent__gte=0, percent__lte=100), name="target_is_per_cent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition} {self.scope}: {self.percent} %"


class Folded(models.Model):
    """The one row that says how far the cubes go, and by which definitions the rollups were made."""

    last_id = models.BigIntegerField(default=0)  # of the last tally that the cubes hold
    registry = models.CharField(max_length=64)  # monitoring.rules.profile.stamp
    built_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"cubes up to tally {self.last_id}"


class Standing(models.Model):
    """What one dossier or petition counts as now, so that the next event adds the difference."""

    code = models.CharField(max_length=60, unique=True)
    received_on = models.DateField(null=True)  # null: never received, adds nothing
    root = models.CharField(max_length=8)  # tree path of the ministry or province at the root
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=20)
    place = models.CharField(max_length=20, blank=True)
    channel = models.PositiveSmallIntegerField()
    filed_by = models.CharField(max_length=10, blank=True)
    level = models.CharField(max_length=12, blank=True)
    status = models.PositiveSmallIntegerField()
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, null=True, related_name="+")
    turn_on = models.DateField(null=True)  # in periods that end on this day or later it has another profile
    turned = models.ForeignKey(Profile, on_delete=models.PROTECT, null=True, related_name="+")
    minutes = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["received_on", "id"], name="standing_by_day"),
            models.Index(fields=["root", "received_on", "id"], name="standing_by_root"),
            models.Index(fields=["agency", "received_on", "id"], name="standing_by_agency"),
            models.Index(fields=["procedure", "received_on", "id"], name="standing_by_procedure"),
        ]

    def __str__(self) -> str:
        return self.code


class Entered(models.Model):
    """A figure whose data is elsewhere, imported or typed in: counts of a component for a scope and days."""

    component = models.CharField(max_length=40)  # key of the index, or identifier of a definition
    scope = models.CharField(max_length=40)
    first = models.DateField()
    last = models.DateField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    source = models.CharField(max_length=500)
    told_on = models.DateField(null=True)  # the day of the source
    entered_by = models.ForeignKey(  # none: imported
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    imported_at = models.DateTimeField()  # or typed in

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["component", "scope", "first", "last"], name="entered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.component} {self.scope}: {self.numerator}/{self.denominator}"


class EnteredRevision(models.Model):
    """What an entered figure said before it was replaced."""

    figure = models.ForeignKey(Entered, on_delete=models.CASCADE, related_name="revisions")
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    source = models.CharField(max_length=500)
    told_on = models.DateField(null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.figure_id}: {self.numerator}/{self.denominator}"


class SignOff(models.Model):
    """The head of a unit signs its index of a month, or gives a reason; what was signed stays."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    scheme = models.PositiveSmallIntegerField()  # revision of the index
    agrees = models.BooleanField()
    reason = models.TextField(max_length=2000, blank=True)  # why not
    points = models.DecimalField(max_digits=6, decimal_places=2)
    possible = models.DecimalField(max_digits=6, decimal_places=2)
    components = models.JSONField()  # as they stood: key → [numerator, denominator, rate, points]
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "month"], name="sign_off_once")]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.month:%Y-%m}: {self.points}"


class Signal(models.Model):
    """A question to an agency about how its dossiers were filed; deleted after a year."""

    kind = models.CharField(max_length=20)  # monitoring.rules.signals.SignalKind
    agency = models.ForeignKey("agencies.Agency", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, unique=True)
    first = models.DateField()
    last = models.DateField()
    count = models.PositiveIntegerField()
    codes = models.JSONField()  # of the dossiers, at most 200
    found_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["agency", "-last", "-id"], name="signal_by_agency")]

    def __str__(self) -> str:
        return self.key
