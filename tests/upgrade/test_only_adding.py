"""Each migration since the release before leaves a database that the release before can live with (docs/adr/0017)."""

from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import CASCADE, CheckConstraint, ForeignKey, Q, UniqueConstraint
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField

from tests.upgrade.history import migrations_of, release_before
from tests.upgrade.only_adding import why_not

OURS = {"heard", "campaign", "moderation", "stories"}
# What `migrate` asks a database to have gone through.
END_OF_THE_OLD_CHAIN = "c29ee287"


def test_migrations_since_the_release_before_only_add():
    loader, before = MigrationLoader(None), migrations_of(release_before())
    assert before
    assert not before - loader.graph.nodes.keys(), "a migration of the release before is gone"
    others = {key for key in loader.graph.nodes if key[0] not in OURS}
    base = loader.graph.make_state(nodes=sorted(before | others), real_apps=loader.unmigrated_apps)
    new = [key for key in loader.graph.nodes if key[0] in OURS and key not in before]

    wrong = [f"{'.'.join(key)}: {reason}" for key in sorted(new) for reason in _reasons(loader, key, base)]

    assert not wrong, "\n".join(wrong)


def test_no_migration_has_the_name_of_one_that_is_gone():
    """A database that went through the old chain remembers its names, and would take such a migration for applied."""
    again = MigrationLoader(None).graph.nodes.keys() & migrations_of(END_OF_THE_OLD_CHAIN)

    assert {name for _app, name in again} == {"0001_initial"}


def _reasons(loader, key, base):
    state = loader.project_state(key, at_end=False)
    for operation in loader.graph.nodes[key].operations:
        if reason := why_not(operation, app=key[0], state=state, base=base):
            yield f"{operation.describe()}: {reason}"
        operation.state_forwards(key[0], state)


def _state():
    story = [
        ("id", models.BigAutoField(primary_key=True)),
        ("title", models.CharField(max_length=80)),
        ("note", models.TextField(null=True)),
        ("count", models.IntegerField(db_default=0)),
        ("body", _stream("text")),
        ("force", ForeignKey("stories.force", CASCADE, null=True)),
        ("free", ForeignKey("stories.force", CASCADE, null=True, db_constraint=False)),
    ]
    checked = CheckConstraint(condition=Q(count__gte=0), name="count_is_known")
    state = ProjectState()
    state.add_model(ModelState("stories", "Force", [("id", models.BigAutoField(primary_key=True))]))
    state.add_model(ModelState("stories", "Story", story, {"constraints": [checked]}))
    return state


def _stream(*names):
    return StreamField([(name, CharBlock()) for name in names])


def _given_up(operation, *in_database):
    return migrations.SeparateDatabaseAndState(state_operations=[operation], database_operations=list(in_database))


def _add(field):
    return migrations.AddField("story", "new", field)


def _alter(name, field):
    return migrations.AlterField("story", name, field)


def _constraint(name, condition=None):
    made = CheckConstraint(condition=condition, name=name) if condition else UniqueConstraint("title", name=name)
    return migrations.AddConstraint("story", made)


REMOVE = migrations.RemoveField
ADDS = [
    migrations.CreateModel("Letter", [("id", models.BigAutoField(primary_key=True))]),
    migrations.AddField("letter", "words", models.TextField()),
    migrations.RunPython(migrations.RunPython.noop),
    _add(models.TextField(null=True)),
    _add(models.TextField(db_default="")),
    _add(models.ManyToManyField("stories.force")),
    _alter("title", models.CharField(max_length=90, verbose_name="A title", choices=[("a", "a")])),
    _alter("title", models.CharField(max_length=80, null=True)),
    _alter("body", _stream("text", "notice")),
    _alter("force", ForeignKey("stories.force", models.SET_NULL, null=True, db_constraint=False)),
    _constraint("count_is_known", Q(count__gte=-1)),
    _given_up(REMOVE("story", "note")),
    _given_up(REMOVE("story", "count")),
    _given_up(REMOVE("story", "free")),
    migrations.RunSQL("ALTER TABLE stories_story DROP COLUMN given_up_before"),
    migrations.RunSQL(["DROP TABLE IF EXISTS stories_letter", "UPDATE stories_story SET count = 1"]),
]
DOES_MORE = [
    REMOVE("story", "note"),
    migrations.DeleteModel("Story"),
    migrations.RenameField("story", "title", "name"),
    migrations.RenameModel("Story", "Tale"),
    migrations.AlterModelTable("Story", "tale"),
    migrations.AlterUniqueTogether("Story", {("title", "count")}),
    _add(models.TextField()),
    _add(models.TextField(default="")),
    _alter("note", models.TextField()),
    _alter("title", models.CharField(max_length=70)),
    _alter("title", models.CharField(max_length=80, unique=True)),
    _alter("title", models.IntegerField()),
    _alter("body", _stream("notice")),
    _alter("count", models.IntegerField()),
    _constraint("title_is_short", Q(title__lt="z")),
    _constraint("title_is_unique"),
    _given_up(REMOVE("story", "title")),
    _given_up(REMOVE("story", "force")),
    _given_up(migrations.DeleteModel("Story")),
    _given_up(REMOVE("story", "note"), REMOVE("story", "note")),
    migrations.RunSQL("ALTER TABLE stories_story DROP COLUMN note"),
    migrations.RunSQL('DROP TABLE "stories_story"'),
    migrations.RunSQL("ALTER TABLE stories_story RENAME COLUMN title TO name"),
]


def test_release_before_can_live_with_what_only_adds_and_would_trip_over_the_rest():
    for operation in (*ADDS, *DOES_MORE):
        reason = why_not(operation, app="stories", state=_state(), base=_state())
        assert (reason is None) == (operation in ADDS), operation.describe()
