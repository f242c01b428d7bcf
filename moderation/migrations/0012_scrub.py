"""Have the database forget the minutes that the migrations before took out, and the order in which rows came."""

from django.db import migrations

# In the order of their keys, which are drawn by lot.
_TABLES = (
    *("stories_event", "stories_submission", "stories_sealedtext", "stories_onitsway", "stories_takedownrequest"),
    *("moderation_agreement", "moderation_aside", "moderation_claim", "moderation_logentry", "moderation_putback"),
    *("moderation_releasewish", "moderation_responseyes", "moderation_workingcopy", "wagtailcore_modellogentry"),
)


def scrub(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in _TABLES:
            cursor.execute(f"CLUSTER {table} USING {table}_pkey")
            cursor.execute(f"ALTER TABLE {table} SET WITHOUT CLUSTER")


class Migration(migrations.Migration):
    # Neither store can do it inside a transaction.
    atomic = False
    dependencies = [("moderation", "0011_days")]
    operations = [migrations.RunPython(scrub, migrations.RunPython.noop)]
