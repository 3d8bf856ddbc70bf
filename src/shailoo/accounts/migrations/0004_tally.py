"""The counts of `accounts.limits`: unlogged, so that counting costs no write-ahead log, and gone after a crash."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_bodies_and_roles")]
    run_before = [("account", "0001_initial")]  # django-allauth's tables look at a person's mail address

    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE accounts_tally (
                key text PRIMARY KEY,
                tries integer NOT NULL,
                ends_at timestamptz NOT NULL,
                CONSTRAINT a_tally_counts_from_one CHECK (tries >= 1),
                CONSTRAINT a_tally_keeps_a_hash_alone CHECK (key ~ '^[0-9a-f]{64}$')
            ) WITH (fillfactor = 70);
            CREATE INDEX tallies_by_their_end ON accounts_tally (ends_at);
            """,
            "DROP TABLE accounts_tally",
        )
    ]
