from django.db import migrations


class Migration(migrations.Migration):
    """A browser's own zoom does it."""

    dependencies = [("moderation", "0015_audit_log")]
    operations = [
        migrations.RemoveField("RoomPreference", "text_size"),
        migrations.RemoveField("RoomPreference", "line_length"),
    ]
