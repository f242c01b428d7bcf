"""No row of a history holds a minute: a moderator's deed keeps its day, and events are numbered within a submission."""

from django.db import migrations, models
from django.db.models.functions import TruncDate
from django.utils import timezone

import stories.models.submission

# What was numbered across submissions, and so in the order in which deeds were done.
_NUMBER = (
    "UPDATE stories_event SET number = (SELECT COUNT(*) FROM stories_event AS earlier"
    " WHERE earlier.submission_id = stories_event.submission_id AND earlier.id <= stories_event.id)"
)
_SHUFFLE = {
    "sqlite": "UPDATE stories_event SET id = random() & 4611686018427387903",
    "postgresql": "UPDATE stories_event SET id = floor(random() * 4611686018427387903)::bigint",
}


def keep_days(apps, schema_editor):
    apps.get_model("stories", "Event").objects.exclude(at=None).update(day=TruncDate("at"))
    requests = apps.get_model("stories", "TakeDownRequest").objects.exclude(settled_at=None)
    requests.update(settled_on=TruncDate("settled_at"))
    now = timezone.now()
    apps.get_model("stories", "OnItsWay").objects.filter(sends_at__lte=now).delete()
    apps.get_model("stories", "SealedText").objects.filter(sends_at__lte=now).update(sends_at=None)
    schema_editor.execute(_NUMBER)


def shuffle(apps, schema_editor):
    schema_editor.execute(_SHUFFLE[schema_editor.connection.vendor])


def check_constraints(apps, schema_editor):
    """PostgreSQL changes no table while rows of it wait to be checked."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("stories", "0019_topics_named_as_topics")]

    operations = [
        migrations.AlterModelOptions(name="event", options={"ordering": ["number"]}),
        migrations.RemoveConstraint(model_name="event", name="event_of_a_contributor_has_no_time"),
        migrations.AddField(model_name="event", name="day", field=models.DateField(blank=True, null=True)),
        migrations.AddField(model_name="event", name="number", field=models.PositiveIntegerField(default=1)),
        migrations.AddField(
            model_name="takedownrequest", name="settled_on", field=models.DateField(blank=True, null=True)
        ),
        migrations.RunPython(keep_days, migrations.RunPython.noop),
        migrations.RunPython(check_constraints, migrations.RunPython.noop),
        migrations.RemoveField(model_name="event", name="at"),
        migrations.RemoveField(model_name="takedownrequest", name="settled_at"),
        migrations.AlterField(
            model_name="event",
            name="id",
            field=models.BigAutoField(
                default=stories.models.submission.random_number, primary_key=True, serialize=False
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="submission",
            field=models.ForeignKey(
                db_index=False,
                on_delete=models.deletion.CASCADE,
                related_name="events",
                to="stories.submission",
            ),
        ),
        migrations.AddIndex(
            model_name="sealedtext",
            index=models.Index(
                condition=models.Q(("sends_at__isnull", False)), fields=["sends_at"], name="text_on_its_way"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("submission", "number"), name="one_event_for_each_number"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(("by__isnull", False), ("day__isnull", True), _connector="OR"),
                name="event_of_a_contributor_has_no_day",
            ),
        ),
        migrations.RunPython(shuffle, migrations.RunPython.noop),
    ]
