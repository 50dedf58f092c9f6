from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0007_publication_alerts'),
    ]

    operations = [
        migrations.AddField(
            model_name='publication',
            name='near_alerted_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='publication',
            name='parts_told',
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
