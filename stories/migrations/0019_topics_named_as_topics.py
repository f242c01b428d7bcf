"""Two themes are topics, and were named like findings: readers took "kept informed" for what had happened.

Published texts keep the theme that two people agreed to. What happened has two themes of its own from now on, and a
moderator who reads a story anew chooses between them.
"""

from django.db import migrations

_NAMES = {"kept-informed": ("Kept informed", "Updates"), "anonymity": ("Staying anonymous", "Anonymity")}


def rename(apps, schema_editor):
    themes = apps.get_model("stories", "Theme").objects
    for slug, (before, after) in _NAMES.items():
        # A name that an editor chose stays.
        themes.filter(slug=slug, name=before).update(name=after)


class Migration(migrations.Migration):
    dependencies = [("stories", "0018_flood_keeps_its_ticks")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
