"""The chained record ends: what had a minute moves to Wagtail's log, and what is no event keeps its day."""

from django.db import migrations

# Both stood in Wagtail's log already.
_IN_BOTH = (
    *("vault.begin", "vault.make_key", "vault.admit", "vault.recover", "vault.stop", "vault.rotate", "vault.rotated"),
    *("vault.new_paper", "record a letter", "take out a letter", "enter a response", "agree to a response"),
    *("send a response back", "drop a response", "let a response lapse", "take a response down"),
)
_NO_EVENTS = (
    *("vault.unlock", "withhold", "ask back", "settle", "write down an objection", "look at an objection"),
    *("send an objection back", "settle an objection"),
)
_OUR_GROUPS = ("Moderators", "Coordinators", "Editors")


def move_rows(apps, schema_editor):
    old, days = apps.get_model("moderation", "LogEntry"), apps.get_model("moderation", "PendingLogEntry")
    _move_minutes(apps, old.objects.filter(at__isnull=False).exclude(deed__in=_IN_BOTH).order_by("number"))
    there = {pk.hex[:12] for pk in apps.get_model("stories", "Submission").objects.values_list("pk", flat=True)}
    # An event says the rest, for as long as its submission is there.
    days.objects.bulk_create(
        (
            days(deed=row.deed, item=row.item, by_id=row.by_id, day=row.day)
            for row in old.objects.filter(at__isnull=True)
            if row.deed in _NO_EVENTS or row.item not in there
        ),
        batch_size=500,
    )
    days.objects.exclude(deed__in=_NO_EVENTS).filter(item__in=there).delete()


def _move_minutes(apps, rows):
    people = dict(apps.get_model("auth", "User").objects.values_list("username", "pk"))
    kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="auth", model="user").first()
    entries = apps.get_model("wagtailcore", "ModelLogEntry")
    moved = []
    for row in rows:
        action, label = row.deed.replace(" ", "_"), row.item
        for verb in ("put_in_", "take_out_of_"):
            if action.startswith(verb) and action.removeprefix(verb) not in _OUR_GROUPS:
                action, label = f"{verb}a_group", f"{label}: {row.deed[len(verb):]}"
        moved.append(
            entries(
                content_type=kind,
                object_id=str(people.get(row.item, "")),
                label=label,
                action=f"heard.{action}",
                timestamp=row.at,
                user_id=row.by_id,
                data={},
            )
        )
    entries.objects.bulk_create(moved, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0014_second_factor_to_allauth"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]
    operations = [
        migrations.RunPython(move_rows, migrations.RunPython.noop),
        migrations.DeleteModel("LogEntry"),
        migrations.DeleteModel("LogHead"),
        migrations.AlterModelTable("PendingLogEntry", "moderation_pendinglogentry"),
        migrations.RenameModel("PendingLogEntry", "LogEntry"),
        migrations.AlterModelOptions(
            "LogEntry",
            {"ordering": ["day", "id"], "verbose_name": "log entry", "verbose_name_plural": "log entries"},
        ),
    ]
