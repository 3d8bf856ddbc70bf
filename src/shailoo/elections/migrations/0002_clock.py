import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("elections", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "election",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="clock",
                        serialize=False,
                        to="elections.election",
                    ),
                ),
                ("set_at", models.DateTimeField()),
                ("shows", models.DateTimeField()),
            ],
        ),
    ]
