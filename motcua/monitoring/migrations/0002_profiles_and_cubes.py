# One row a definition and dossier became one profile a dossier: the old rows are thrown away, the worker builds anew.

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def ask_for_building(apps, schema_editor):
    """Where dossiers were counted, an outdated stamp makes the worker build the rollups anew."""
    if apps.get_model("monitoring", "Standing").objects.exists():
        Folded = apps.get_model("monitoring", "Folded")
        Folded.objects.create(last_id=0, registry="", built_at=django.utils.timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("monitoring", "0001_initial"),
        ('agencies', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Folded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last_id', models.BigIntegerField(default=0)),
                ('registry', models.CharField(max_length=64)),
                ('built_at', models.DateTimeField()),
            ],
        ),
        migrations.RunPython(ask_for_building, migrations.RunPython.noop),
        migrations.DeleteModel(name="Standing"),
        migrations.DeleteModel(name="Tally"),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=1500, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Cube',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('grain', models.CharField(max_length=1)),
                ('definition', models.CharField(max_length=40)),
                ('revision', models.PositiveSmallIntegerField()),
                ('start', models.DateField()),
                ('since_on', models.DateField()),
                ('root', models.CharField(blank=True, max_length=8)),
                ('agency', models.BigIntegerField(default=0)),
                ('procedure', models.CharField(blank=True, max_length=20)),
                ('place', models.CharField(blank=True, max_length=20)),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('numerator', models.BigIntegerField()),
                ('denominator', models.BigIntegerField()),
                ('excluded', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'definition', 'root', 'start'], name='cube_by_root'), models.Index(fields=['kind', 'definition', 'procedure', 'start'], name='cube_by_procedure')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'grain', 'definition', 'revision', 'start', 'root', 'agency', 'procedure', 'place', 'since_on', 'reason'), name='cube_once')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('definition', models.CharField(max_length=40)),
                ('revision', models.PositiveSmallIntegerField()),
                ('numerator', models.PositiveSmallIntegerField()),
                ('denominator', models.PositiveSmallIntegerField()),
                ('excluded', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=40)),
                ('measured', models.BooleanField(default=False)),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='monitoring.profile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('profile', 'definition', 'revision'), name='judgement_once')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dossier', models.CharField(max_length=60, unique=True)),
                ('received_on', models.DateField(null=True)),
                ('root', models.CharField(max_length=8)),
                ('procedure', models.CharField(max_length=20)),
                ('place', models.CharField(blank=True, max_length=20)),
                ('channel', models.PositiveSmallIntegerField()),
                ('filed_by', models.CharField(blank=True, max_length=10)),
                ('level', models.CharField(blank=True, max_length=12)),
                ('status', models.PositiveSmallIntegerField()),
                ('turn_on', models.DateField(null=True)),
                ('minutes', models.BigIntegerField(default=0)),
                ('counted_at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.profile')),
                ('turned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.profile')),
            ],
            options={
                'indexes': [models.Index(fields=['received_on', 'id'], name='standing_by_day'), models.Index(fields=['agency', 'received_on', 'id'], name='standing_by_agency'), models.Index(fields=['procedure', 'received_on', 'id'], name='standing_by_procedure')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_on', models.DateField()),
                ('since_on', models.DateField()),
                ('root', models.CharField(max_length=8)),
                ('procedure', models.CharField(max_length=20)),
                ('place', models.CharField(blank=True, max_length=20)),
                ('channel', models.PositiveSmallIntegerField()),
                ('filed_by', models.CharField(blank=True, max_length=10)),
                ('level', models.CharField(blank=True, max_length=12)),
                ('status', models.PositiveSmallIntegerField()),
                ('count', models.IntegerField()),
                ('minutes', models.BigIntegerField(default=0)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('profile', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='monitoring.profile')),
            ],
            options={
                'indexes': [models.Index(fields=['received_on', 'root'], name='tally_by_day'), models.Index(fields=['agency', 'received_on'], name='tally_by_agency'), models.Index(fields=['procedure', 'received_on'], name='tally_by_procedure')],
            },
        ),
    ]
