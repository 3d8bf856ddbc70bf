"""Acts hashed in form 2, and the log: leaves, subtrees, heads."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_acts_by_norm'),
    ]

    operations = [
        migrations.CreateModel(
            name='Head',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('origin', models.CharField(max_length=32)),
                ('size', models.BigIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('chains', models.TextField()),
                ('chains_sha256', models.CharField(max_length=64)),
                ('previous', models.CharField(blank=True, max_length=64)),
                ('note', models.TextField()),
                ('signature', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Logged',
            fields=[
                ('chain', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='logged', serialize=False, to='ledger.chain')),
                ('sequence', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Subtree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.AddField(
            model_name='act',
            name='form',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='act',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', [1, 2])), name='an_act_is_hashed_in_a_known_form'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='head',
            trigger=pgtrigger.compiler.Trigger(name='heads_are_never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fe46c9689a75534c5379e791ec094b99e493e695', operation='UPDATE OR DELETE', pgid='pgtrigger_heads_are_never_changed_19964', table='ledger_head', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='head',
            trigger=pgtrigger.compiler.Trigger(name='heads_are_never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'heads are never emptied' USING ERRCODE = 'check_violation';", hash='cf13be6c54942fbc8171c2e4c9da628b7426fc22', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_heads_are_never_emptied_d2dd0', table='ledger_head', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='leaf',
            name='act',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='ledger.act'),
        ),
        migrations.AddConstraint(
            model_name='subtree',
            constraint=models.UniqueConstraint(fields=('level', 'index'), name='a_subtree_has_one_hash'),
        ),
        migrations.AddConstraint(
            model_name='subtree',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', [8, 16, 24])), name='subtrees_are_of_three_sizes'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='subtree',
            trigger=pgtrigger.compiler.Trigger(name='subtrees_are_never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='afb6452538c7c77f6254a30edae79200aeaf00a0', operation='UPDATE OR DELETE', pgid='pgtrigger_subtrees_are_never_changed_dbad0', table='ledger_subtree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='subtree',
            trigger=pgtrigger.compiler.Trigger(name='subtrees_are_never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'subtrees are never emptied' USING ERRCODE = 'check_violation';", hash='55839178a795e2b346a4ca1cf2cb5214bc88f7ea', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_subtrees_are_never_emptied_789dd', table='ledger_subtree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaf',
            trigger=pgtrigger.compiler.Trigger(name='leaves_are_never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='df8938d0d054c4c786a122acaa98223c5ffa2b22', operation='UPDATE OR DELETE', pgid='pgtrigger_leaves_are_never_changed_9c7fb', table='ledger_leaf', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leaf',
            trigger=pgtrigger.compiler.Trigger(name='leaves_are_never_emptied', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'leaves are never emptied' USING ERRCODE = 'check_violation';", hash='af105ff145dc62b64daa3f0ca3788ee4e3cbb3e8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_leaves_are_never_emptied_2c63f', table='ledger_leaf', when='BEFORE')),
        ),
    ]
