"""Forces' answers become drafts with revisions; what stands keeps its words, its dates and its readers."""

import json

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import stories.models.story

_TRIGGERS = {
    "stories_response": ("response_insert", "response_update"),
    "stories_response_stories": ("response_story_insert", "response_story_update"),
}


def drop_triggers(apps, schema_editor):
    """Theirs asked for the sealed versions; what stands is guarded by the row's own constraint from here on."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for table, names in _TRIGGERS.items():
        for name in names:
            if is_sqlite:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS heard_{name}")
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS heard_{name} ON {table}")
                schema_editor.execute(f"DROP FUNCTION IF EXISTS heard_{name}()")


def keep_stories(apps, schema_editor):
    """The slugs stood in the agreed document alone."""
    for row in apps.get_model("stories", "Response").objects.all():
        try:
            said = json.loads(row.agreed)
        except ValueError:
            said = {}
        row.story_slugs = str(said.get("stories", "")) or " ".join(
            sorted(row.stories.values_list("slug", flat=True))
        )
        row.save(update_fields=["story_slugs"])


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0022_remove_answer_words"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(drop_triggers, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name='response',
            options={'default_manager_name': 'objects', 'ordering': [models.OrderBy(models.F('month'), descending=True, nulls_last=True), 'slug'], 'verbose_name': 'answer of a force', 'verbose_name_plural': 'answers of forces'},
        ),
        migrations.RemoveConstraint(
            model_name='response',
            name='response_has_two_people',
        ),
        migrations.RemoveConstraint(
            model_name='response',
            name='planned_change_has_owner_and_date',
        ),
        migrations.RemoveConstraint(
            model_name='response',
            name='change_made_has_what_shows_it',
        ),
        migrations.AddField(
            model_name='response',
            name='checked',
            field=models.CharField(blank=True, choices=[('switchboard', 'I checked it with the force by its switchboard.'), ('public', 'It was said in public: at the link, or where the source says.')], default='', max_length=11, verbose_name='how you made sure'),
        ),
        migrations.AddField(
            model_name='response',
            name='expire_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time'),
        ),
        migrations.AddField(
            model_name='response',
            name='expired',
            field=models.BooleanField(default=False, editable=False, verbose_name='expired'),
        ),
        migrations.AddField(
            model_name='response',
            name='first_published_at',
            field=models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at'),
        ),
        migrations.AddField(
            model_name='response',
            name='go_live_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='go live date/time'),
        ),
        migrations.AddField(
            model_name='response',
            name='has_unpublished_changes',
            field=models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes'),
        ),
        migrations.AddField(
            model_name='response',
            name='is_entered',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='response',
            name='last_published_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='last published at'),
        ),
        migrations.AddField(
            model_name='response',
            name='latest_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision'),
        ),
        migrations.AddField(
            model_name='response',
            name='letter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.letter'),
        ),
        migrations.AddField(
            model_name='response',
            name='live',
            field=models.BooleanField(default=True, editable=False, verbose_name='live'),
        ),
        migrations.AddField(
            model_name='response',
            name='live_revision',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision'),
        ),
        migrations.AddField(
            model_name='response',
            name='locked',
            field=models.BooleanField(default=False, editable=False, verbose_name='locked'),
        ),
        migrations.AddField(
            model_name='response',
            name='locked_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='locked at'),
        ),
        migrations.AddField(
            model_name='response',
            name='locked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by'),
        ),
        migrations.AddField(
            model_name='response',
            name='story_slugs',
            field=models.TextField(blank=True, default='', verbose_name='stories it answers'),
        ),
        migrations.AddField(
            model_name='response',
            name='why_it_stays',
            field=models.TextField(blank=True, default='', max_length=3000, verbose_name='why names and numbers stay'),
        ),
        migrations.RunPython(keep_stories, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='response',
            name='agreed',
        ),
        migrations.RemoveField(
            model_name='response',
            name='digest',
        ),
        migrations.RemoveField(
            model_name='response',
            name='salt',
        ),
        migrations.AlterField(
            model_name='response',
            name='first_reader',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='response',
            name='force',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='stories.force', verbose_name='force'),
        ),
        migrations.AlterField(
            model_name='response',
            name='second_reader',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='response',
            name='slug',
            field=models.CharField(default=stories.models.story.new_slug, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(
            model_name='response',
            name='stories',
            field=models.ManyToManyField(blank=True, editable=False, related_name='responses', to='stories.story'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('live', False), models.Q(('first_reader__isnull', False), ('second_reader__isnull', False), models.Q(('first_reader', models.F('second_reader')), _negated=True)), _connector='OR'), name='response_has_two_people'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('live', False), models.Q(('kind', 'planned'), _negated=True), models.Q(models.Q(('owner', ''), _negated=True), ('due_on__isnull', False)), _connector='OR'), name='planned_change_has_owner_and_date'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=models.CheckConstraint(condition=models.Q(('live', False), models.Q(('kind', 'made'), _negated=True), models.Q(('evidence_url', ''), _negated=True), _connector='OR'), name='change_made_has_what_shows_it'),
        ),
    ]
