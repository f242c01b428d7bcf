"""Strings outside of pages are what the release says: words that editors put in their place end here."""

from django.db import migrations

GONE = "sitewords"


def erase_versions(apps, schema_editor):
    """Versions and references name their model by a key of its own; the log keeps who changed words and when."""
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="campaign", model=GONE).first()
    if kind is None:
        return
    apps.get_model("wagtailcore", "Revision").objects.filter(content_type=kind).delete()
    apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(content_type=kind).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0010_who_runs_it_and_more_help"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.RunPython(erase_versions, migrations.RunPython.noop),
        migrations.DeleteModel("SiteWords"),
    ]
