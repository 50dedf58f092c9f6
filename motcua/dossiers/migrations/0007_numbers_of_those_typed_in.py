"""Dossiers from before 0006 are found by the number in their form too, where nobody is registered by it."""

from django.db import migrations

MANY = 500  # rows in memory at once


def fill_numbers(apps, schema_editor):
    """Read the number in the form, keep its blind index; what has one, or cannot be opened, stays as it is."""
    from motcua.catalogue.rules.pack_reading import parse_pack
    from motcua.core.sealing import SealBroken
    from motcua.dossiers.sealed import unseal_answers
    from motcua.people.queries import index_of_number

    rows = apps.get_model("dossiers", "Dossier").objects.filter(number_index="")
    revisions, forms, last = apps.get_model("catalogue", "Revision").objects, {}, 0
    while some := list(
        rows.filter(pk__gt=last).only("code", "revision_id", "answers_sealed").order_by("pk")[:MANY]
    ):
        for row in some:
            last, key = row.pk, row.revision_id
            if key not in forms:
                pack = revisions.filter(pk=key).values_list("pack", flat=True).first()
                forms[key] = parse_pack(pack).form if pack else None
            try:
                answers = unseal_answers(row.answers_sealed, f"dossier:{row.code}")
            except SealBroken:
                continue
            named = forms[key].sources(answers) if forms[key] else {}
            row.number_index = index_of_number(str(named.get("person.personal_number") or ""))
        rows.model.objects.bulk_update([row for row in some if row.number_index], ["number_index"])


class Migration(migrations.Migration):
    atomic = False  # batch by batch: what is filled stays filled, and the next run goes on

    dependencies = [
        ("catalogue", "0006_publications"),
        ("dossiers", "0006_found_by_name_and_number"),
    ]

    operations = [migrations.RunPython(fill_numbers, migrations.RunPython.noop)]
