"""For whom a procedure is, kept beside it so that a search can be narrowed by it."""

from django.db import migrations, models

from motcua.catalogue.rules.indexing import audience_of


def fill(apps, schema_editor):
    procedures = apps.get_model("catalogue", "Procedure").objects
    revisions = apps.get_model("catalogue", "Revision").objects.filter(closed_at__isnull=True)
    for procedure, facts in revisions.order_by("id").values_list("procedure_id", "facts").iterator():
        audience = audience_of(facts.get("subjects", ()))
        if audience:
            procedures.filter(pk=procedure).update(audience=audience)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_search_index")]

    operations = [
        migrations.AddField(
            model_name="procedure",
            name="audience",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
