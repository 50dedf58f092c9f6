from django.db import migrations


class Migration(migrations.Migration):
    """A petition stands in the rollups as a dossier does."""

    dependencies = [("monitoring", "0003_targets")]
    operations = [migrations.RenameField("standing", "dossier", "code")]
