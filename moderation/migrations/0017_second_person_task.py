"""A second person as a task of Wagtail's workflow; answers that are still sealed wait for a vault that opens."""

import django.db.models.deletion
from django.db import migrations, models

_TRIGGERS = {
    "moderation_responseversion": ("response_version_update",),
    "moderation_responseyes": ("response_yes_insert", "response_yes_update"),
}


def drop_triggers(apps, schema_editor):
    """Nothing is agreed to in these tables any more."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table, names in _TRIGGERS.items():
        for name in names:
            if is_sqlite:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS heard_{name}")
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS heard_{name} ON {table}")
                schema_editor.execute(f"DROP FUNCTION IF EXISTS heard_{name}()")


def forget_agreed(apps, schema_editor):
    """What two people agreed to stands in its own row; only what is still sealed stays, with who wrote it."""
    apps.get_model("moderation", "ResponseEntry").objects.filter(state="agreed").delete()
    apps.get_model("moderation", "ResponseVersion").objects.filter(queue_epoch=None).delete()
    if schema_editor.connection.vendor == "postgresql":
        # Or the tables couldn't change in the same transaction.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0016_no_display_preferences'),
        ('stories', '0023_answers_as_drafts'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.RunPython(forget_agreed, migrations.RunPython.noop),
        migrations.CreateModel(
            name='AnswerTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
            ],
            options={
                'verbose_name': 'agreement of a second person to a force’s answer',
                'verbose_name_plural': 'agreements of a second person to forces’ answers',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.RemoveField(
            model_name='responseentry',
            name='is_of_answer_alone',
        ),
        migrations.RemoveField(
            model_name='responseentry',
            name='is_of_letter_alone',
        ),
        migrations.RemoveField(
            model_name='responseentry',
            name='sent_back_for',
        ),
        migrations.RemoveField(
            model_name='responseversion',
            name='digest',
        ),
        migrations.RemoveField(
            model_name='responseversion',
            name='written_on',
        ),
        migrations.AlterField(
            model_name='responseentry',
            name='state',
            field=models.CharField(default='waiting', max_length=9, verbose_name='state'),
        ),
        migrations.DeleteModel(
            name='ResponseYes',
        ),
    ]
