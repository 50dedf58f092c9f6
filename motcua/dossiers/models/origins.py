"""From where dossiers were filed online, unreadable and for a year: to see many that come from one place."""

from django.db import models


class Origin(models.Model):
    """A keyed hash of the network address from which one dossier came; never shown, deleted after a year."""

    dossier = models.OneToOneField("dossiers.Dossier", on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=64)  # blind index: equal places are found, none can be read
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="origin_by_moment")]

    def __str__(self) -> str:
        return str(self.dossier_id)
