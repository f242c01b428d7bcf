"""The history of the settings is Wagtail's own: each version that was kept is in its log, and can be put back there.

The versions were Wagtail's revisions before. What is new is a first one for a setting that had none, and an entry in
the log for each that had none, because Wagtail's history lists the log. Versions of words of the site, whose table has
gone, go too; the log still says who changed them and when.
"""

from django.db import migrations
from django.utils import timezone
from modelcluster.models import get_serializable_data_for_fields

SETTINGS = ("brand", "exit", "menu")
GONE = "sitewords"


def erase_versions_of_what_has_gone(apps, schema_editor):
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="campaign", model=GONE).first()
    if kind is not None:
        versions = apps.get_model("wagtailcore", "Revision").objects.filter(content_type=kind)
        versions._raw_delete(versions.db)
        apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(content_type=kind).delete()


def complete_history(apps, schema_editor):
    for name in SETTINGS:
        for setting in apps.get_model("campaign", name).objects.all():
            kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
                app_label="campaign", model=name
            )
            if setting.latest_revision_id is None:
                _create_first_version(apps, kind, setting)
            _log_versions(apps, kind, setting)


def _create_first_version(apps, kind, setting):
    first = apps.get_model("wagtailcore", "Revision").objects.create(
        content_type=kind,
        base_content_type=kind,
        object_id=str(setting.pk),
        content=get_serializable_data_for_fields(setting),
        created_at=timezone.now(),
        object_str=kind.model,
    )
    type(setting).objects.filter(pk=setting.pk).update(latest_revision=first)


def _log_versions(apps, kind, setting):
    log = apps.get_model("wagtailcore", "ModelLogEntry").objects
    versions = apps.get_model("wagtailcore", "Revision").objects.filter(content_type=kind, object_id=str(setting.pk))
    for version in versions.exclude(pk__in=log.filter(revision__isnull=False).values("revision_id")):
        log.create(
            content_type=kind,
            object_id=str(setting.pk),
            label=version.object_str or kind.model,
            action="wagtail.edit",
            timestamp=version.created_at,
            user_id=version.user_id,
            revision_id=version.pk,
            content_changed=True,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("campaign", "0011_remove_site_words"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [
        migrations.RunPython(erase_versions_of_what_has_gone, migrations.RunPython.noop),
        migrations.RunPython(complete_history, migrations.RunPython.noop),
    ]
