"""A force's objection becomes a take-down request that two people decide; each keeps its id, so that its box opens."""

from datetime import timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


_GROUNDS = {"law": "force-law", "identifies": "force-who"}
# Until here the day on which a settled one's words go was written down: so many days after it was settled.
_DAYS_AFTER_DECISION = 30
_KEPT = ("story_id", "force_id", "week", "due_on", "box", "queue_epoch_id", "written_down_by_id", "first_outcome")


def move(apps, schema_editor):
    """Open ones stay open, and settled ones keep who decided what and why."""
    objections = apps.get_model("stories", "Objection").objects
    requests = apps.get_model("stories", "TakeDownRequest").objects
    for old in objections.all():
        settled_on = old.settled_month
        if old.outcome and old.erase_on:
            settled_on = old.erase_on - timedelta(days=_DAYS_AFTER_DECISION)
        requests.create(
            pk=old.pk,
            ground=_GROUNDS[old.ground],
            reason=old.reason,
            first_by_id=old.first_by_id,
            settled_by_id=old.second_by_id,
            settled_on=settled_on,
            is_upheld=old.is_standing,
            **{name: getattr(old, name) for name in _KEPT},
        )
    if schema_editor.connection.vendor == "postgresql":
        # Or the tables couldn't change in the same transaction.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def drop_functions(apps, schema_editor):
    """The triggers went with their table."""
    if schema_editor.connection.vendor == "postgresql":
        for name in ("objection_insert", "objection_update"):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS heard_{name}()")


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0023_answers_as_drafts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='takedownrequest',
            name='first_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='takedownrequest',
            name='first_outcome',
            field=models.CharField(blank=True, choices=[('withheld', 'Withheld'), ('corrected', 'To be corrected'), ('stays', 'Stays as it is')], default='', max_length=9),
        ),
        migrations.AddField(
            model_name='takedownrequest',
            name='force',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='stories.force'),
        ),
        migrations.AddField(
            model_name='takedownrequest',
            name='is_upheld',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='takedownrequest',
            name='reason',
            field=models.CharField(blank=True, default='', max_length=20, verbose_name='reason'),
        ),
        migrations.AddField(
            model_name='takedownrequest',
            name='written_down_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='takedownrequest',
            name='ground',
            field=models.CharField(choices=[('about-me', 'It is about me'), ('identifies', 'It could identify someone'), ('legal', 'There is a legal reason'), ('other', 'Something else'), ('force-law', 'A police force: law'), ('force-who', 'A police force: it could identify someone')], max_length=10, verbose_name='ground'),
        ),
        migrations.AddConstraint(
            model_name='takedownrequest',
            constraint=models.CheckConstraint(condition=models.Q(('first_by__isnull', True), ('settled_by__isnull', True), models.Q(('first_by', models.F('settled_by')), _negated=True), _connector='OR'), name='objection_is_settled_by_two'),
        ),
        migrations.AddConstraint(
            model_name='takedownrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ground__in', ['force-law', 'force-who']), _negated=True), ('settled_on__isnull', True), models.Q(('first_by__isnull', False), ('settled_by__isnull', False), models.Q(('first_outcome', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='settled_objection_has_its_reason'),
        ),
        migrations.AddConstraint(
            model_name='takedownrequest',
            constraint=models.CheckConstraint(condition=models.Q(('is_upheld', False), models.Q(('first_outcome', 'withheld'), ('settled_on__isnull', False)), _connector='OR'), name='upheld_objection_is_settled'),
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(
            name='Objection',
        ),
        migrations.RunPython(drop_functions, migrations.RunPython.noop),
    ]
