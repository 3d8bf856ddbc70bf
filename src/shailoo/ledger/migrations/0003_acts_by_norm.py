"""Acts are looked up by the norms that they rest on: the pages of the law show where each norm was applied."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append")]

    operations = [
        migrations.AddIndex(
            model_name="act",
            index=django.contrib.postgres.indexes.GinIndex(fields=["grounds"], name="acts_by_the_norms_they_rest_on"),
        )
    ]
