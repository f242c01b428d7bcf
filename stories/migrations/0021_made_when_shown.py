"""What readers see of a story is made of its agreed text each time: no column holds a second, other one."""

from django.db import migrations, models


def let_go_of_triggers(apps, schema_editor):
    """SQLite copies the table and gives the copy its name, which it refuses while triggers name the table."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'heard_%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')


class Migration(migrations.Migration):
    dependencies = [("stories", "0020_days_and_numbers")]

    operations = [
        # They are raised anew after every migration.
        migrations.RunPython(let_go_of_triggers, migrations.RunPython.noop),
        migrations.RemoveConstraint("story", "story_body_is_its_text"),
        migrations.RemoveConstraint("story", "story_opening_begins_its_text"),
        migrations.RemoveConstraint("story", "removed_story_has_no_words"),
        migrations.RemoveField("story", "body"),
        migrations.RemoveField("story", "opening"),
        migrations.RemoveField("story", "renderer"),
        migrations.AddConstraint(
            "story",
            models.CheckConstraint(
                condition=models.Q(("status", "removed"), _negated=True)
                | models.Q(agreed="", differently="", text="", title="", well=""),
                name="removed_story_has_no_words",
            ),
        ),
    ]
