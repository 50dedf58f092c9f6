"""Satisfaction after a result, complaints against a decision, proposals for going online."""

from django.conf import settings
from django.db import models

from motcua.voice.rules.complaints import ComplaintState
from motcua.voice.rules.proposals import ProposalState


class Rating(models.Model):
    """How satisfied the applicant is with one dossier: given once; an unhappy one is answered by the desk."""

    dossier = models.CharField(max_length=60, unique=True)  # its code
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=20)
    satisfied = models.BooleanField()
    reason = models.CharField(max_length=20, blank=True)  # voice.rules.ratings.REASONS
    words = models.TextField(max_length=1000, blank=True)
    way = models.CharField(max_length=10)  # link, page, api
    given_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["agency", "satisfied", "answered_at"], name="rating_by_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {'+' if self.satisfied else '-'}"


class Complaint(models.Model):
    """A complaint against a decision on a dossier (Law on Complaints 2011), with a clock of its own."""

    code = models.CharField(max_length=30, unique=True)
    dossier = models.CharField(max_length=60)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    against = models.CharField(max_length=20)  # refuse, decline, result, delay, conduct
    words = models.TextField(max_length=5000)
    wanted = models.TextField(max_length=2000, blank=True)
    author = models.ForeignKey(  # none: it was stripped
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=[(s.value, s.name) for s in ComplaintState])
    filed_at = models.DateTimeField()
    accept_due_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    decide_due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    decision = models.TextField(max_length=10_000, blank=True)  # or why it was not accepted
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stripped_at = models.DateTimeField(null=True)  # when words, account and files were deleted

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state", "accept_due_at"], name="complaint_by_desk"),
            models.Index(fields=["dossier"], name="complaint_by_dossier"),
        ]

    def __str__(self) -> str:
        return self.code


class Proposal(models.Model):
    """A proposal that a procedure go online, or further online; people vote for it."""

    code = models.CharField(max_length=30, unique=True)
    procedure = models.CharField(max_length=20)
    words = models.TextField(max_length=2000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=[(s.value, s.name) for s in ProposalState])
    proposed_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(state="open"), name="proposal_open_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "-votes", "-id"], name="proposal_by_votes")]

    def __str__(self) -> str:
        return self.code


class ProposalVote(models.Model):
    """One account's vote for a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="proposal_vote_once")]

    def __str__(self) -> str:
        return str(self.proposal_id)
