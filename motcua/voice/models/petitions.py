"""Petitions (PAKN) and what others think of how they were settled."""

from django.conf import settings
from django.db import models

from motcua.voice.rules.petitions import Kind, State


class Petition(models.Model):
    """A complaint or suggestion about procedures or officials, with the times of each step and its dues."""

    code = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.name) for k in Kind])
    title = models.CharField(max_length=200)
    words = models.TextField(max_length=5000)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=20, blank=True)
    dossier = models.CharField(max_length=60, blank=True)  # code of the dossier that it is about
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=100, blank=True)  # as the author gave it
    email = models.EmailField(blank=True)
    locale = models.CharField(max_length=5, default="vi")
    consent = models.BooleanField(default=False)  # the answer may be published, without the author's name
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated_by")
    state = models.CharField(max_length=12, choices=[(s.value, s.name) for s in State])
    received_at = models.DateTimeField()
    refuse_due_at = models.DateTimeField()
    ask_due_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()  # moved by the time that the author took to say more
    publish_due_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # refused, answered or withdrawn
    published_at = models.DateTimeField(null=True)
    question = models.TextField(max_length=2000, blank=True)
    more = models.TextField(max_length=5000, blank=True)
    answer = models.TextField(max_length=10_000, blank=True)  # of a refusal: its reason
    stripped_at = models.DateTimeField(null=True)  # when words, names, account and files were deleted
    likes = models.PositiveIntegerField(default=0)
    dislikes = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "state", "answer_due_at"], name="petition_by_desk"),
            models.Index(fields=["state", "-published_at", "-id"], name="petition_published"),
            models.Index(fields=["author", "-id"], name="petition_by_author"),
            models.Index(fields=["dossier"], name="petition_by_dossier"),
        ]

    def __str__(self) -> str:
        return self.code


class Reaction(models.Model):
    """One account's like or dislike of how a petition was settled."""

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    likes = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "user"], name="reaction_once")]

    def __str__(self) -> str:
        return f"{self.petition_id}: {'+' if self.likes else '-'}"
