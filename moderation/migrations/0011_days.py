"""Nothing beside a submission holds a minute, and the record is chained anew: a row has a minute or a submission.

Who knew somebody in an account that is erased, or would rather not read it, is erased too.
"""

import hashlib
import json
import random
import re
from datetime import UTC

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import TruncDate
from django.utils import timezone

import stories.models.submission

_RANDOM = {
    "sqlite": "random() & 4611686018427387903",
    "postgresql": "floor(random() * 4611686018427387903)::bigint",
}
_COUNTED = ("agreement", "aside", "claim", "putback", "releasewish", "responseyes")
# What the record says of a letter or a response of a force, by its id, which looks like a submission's.
_OF_RESPONSES = frozenset(
    {
        *("record a letter", "take out a letter", "enter a response", "agree to a response", "send a response back"),
        *("drop a response", "let a response lapse", "take a response down"),
    }
)
_ID = re.compile(r"[0-9a-f]{12}")


def let_go_of_triggers(apps, schema_editor):
    """They refuse what comes next, and SQLite gives no copy of a table its name while they name it.

    They are raised anew after every migration.
    """
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, '' FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'heard_%'")
        else:
            cursor.execute(
                "SELECT tgname, ' ON ' || tgrelid::regclass FROM pg_trigger"
                " WHERE tgname LIKE 'heard_%' AND tgrelid::regclass::text LIKE 'moderation_%'"
            )
        for name, on_table in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}{on_table}")


def keep_days(apps, schema_editor):
    def rows(name):
        return apps.get_model("moderation", name).objects

    for name in ("Agreement", "ResponseYes"):
        rows(name).update(day=TruncDate("at"))
    for name in ("PutBack", "ReleaseWish"):
        rows(name).update(asked_on=TruncDate("asked_at"))
    rows("WorkingCopy").update(written_on=TruncDate("written_at"))
    rows("Claim").filter(expires_at__lte=timezone.now()).delete()
    rows("Aside").filter(submission__erased_on__isnull=False, submission__queue_epoch=None).delete()


def shuffle(apps, schema_editor):
    for table in _COUNTED:
        number = _RANDOM[schema_editor.connection.vendor]
        schema_editor.execute(f"UPDATE moderation_{table} SET id = {number}")  # noqa: S608


def empty_wagtails_log(apps, schema_editor):
    """What it has of stories stands in their histories and in the record."""
    entries = apps.get_model("wagtailcore", "ModelLogEntry").objects
    entries.filter(content_type__app_label="stories", content_type__model="story").delete()
    entries.filter(action="heard.vault.unlock").delete()


def chain_anew(apps, schema_editor):
    entries, heads = apps.get_model("moderation", "LogEntry"), apps.get_model("moderation", "LogHead")
    # Whoever knew somebody in an account is told by no row, for none of this could ever be erased.
    kept = list(entries.objects.exclude(deed__in=("know them", "know them not")).order_by("number"))
    for entry in kept:
        entry.day = timezone.localdate(entry.at)
        if entry.deed == "vault.unlock" or (_ID.fullmatch(entry.item) and entry.deed not in _OF_RESPONSES):
            entry.at = None
    by_chance = random.SystemRandom()
    # A sort keeps the order of those that have a minute.
    kept.sort(key=lambda entry: (entry.day, 1 + by_chance.random() if entry.at is None else 0))
    before = ""
    for number, entry in enumerate(kept, start=1):
        entry.number = number
        entry.chained = before = _chained(before, entry)
    entries.objects.all().delete()
    entries.objects.bulk_create(kept, batch_size=500)
    heads.objects.update(number=len(kept), chained=before)


def check_constraints(apps, schema_editor):
    """PostgreSQL changes no table while rows of it wait to be checked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _chained(before, entry):
    when = f"{entry.at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if entry.at else f"{entry.day}"
    fields = [entry.number, entry.deed, entry.item, entry.by_id, when]
    said = f"{before}\n{json.dumps(fields, ensure_ascii=True, separators=(',', ':'))}"
    return hashlib.blake2b(said.encode(), digest_size=32, person=b"heard record").hexdigest()


def _by_chance(name):
    number = stories.models.submission.random_number
    return migrations.AlterField(name, "id", models.BigAutoField(default=number, primary_key=True, serialize=False))


_DAYS = (
    ("agreement", "at", "day"),
    ("responseyes", "at", "day"),
    ("putback", "asked_at", "asked_on"),
    ("releasewish", "asked_at", "asked_on"),
    ("workingcopy", "written_at", "written_on"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0010_log_entries"),
        ("stories", "0020_days_and_numbers"),
        ("wagtailcore", "0068_log_entry_empty_object"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(let_go_of_triggers, migrations.RunPython.noop),
        *(migrations.AddField(name, day, models.DateField(null=True)) for name, _minute, day in _DAYS),
        migrations.AddField("logentry", "day", models.DateField(null=True)),
        migrations.AlterField("logentry", "at", models.DateTimeField(null=True)),
        migrations.AddField("workingcopy", "after_event", models.PositiveIntegerField(default=0)),
        migrations.RunPython(keep_days, migrations.RunPython.noop),
        migrations.RunPython(chain_anew, migrations.RunPython.noop),
        migrations.RunPython(empty_wagtails_log, migrations.RunPython.noop),
        migrations.RunPython(check_constraints, migrations.RunPython.noop),
        *(migrations.RemoveField(name, minute) for name, minute, _day in _DAYS),
        *(migrations.AlterField(name, day, models.DateField()) for name, _minute, day in _DAYS),
        migrations.AlterField("logentry", "day", models.DateField()),
        *(_by_chance(name) for name in _COUNTED),
        migrations.RunPython(shuffle, migrations.RunPython.noop),
        migrations.CreateModel(
            "PendingLogEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        default=stories.models.submission.random_number, primary_key=True, serialize=False
                    ),
                ),
                ("deed", models.CharField(max_length=40)),
                ("item", models.CharField(blank=True, max_length=64)),
                ("day", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["day", "id"]},
        ),
    ]
