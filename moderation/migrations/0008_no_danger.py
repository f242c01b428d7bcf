"""Every yes to a story says that nobody is in danger; those of before said nothing of it."""

from django.db import migrations, models


def let_go_of_triggers(apps, schema_editor):
    """SQLite copies the table and gives the copy its name, which it refuses while triggers name the table."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'heard_story_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


class Migration(migrations.Migration):
    dependencies = [("moderation", "0007_responses")]

    operations = [
        # They are raised anew after every migration.
        migrations.RunPython(let_go_of_triggers, migrations.RunPython.noop),
        migrations.AddField("agreement", "no_danger", models.BooleanField(default=False)),
    ]
