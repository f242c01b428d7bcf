"""Every table of the stories app, empty: `create_defaults` in apps.py makes the rows that a site begins with."""

import stories.models.story
import stories.models.submission
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [
        migrations.CreateModel(
            "Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=1)),
                ("made", models.JSONField(default=dict)),
                ("followed", models.PositiveBigIntegerField(db_default=0, default=0)),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="edition_is_one_row")]},
        ),
        migrations.CreateModel(
            "MarkedSet",
            fields=[
                ("mark", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("places", models.BinaryField()),
                ("changed_in", models.PositiveBigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            "LastRun",
            fields=[
                ("name", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "PepperCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BinaryField(max_length=16)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="pepper_check_is_one_row"),
                ],
            },
        ),
        migrations.CreateModel(
            "UsualWait",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pace", models.CharField(
                    choices=[
                        ("normal", "Normal: we say what the queue says"), ("slow", "Slow: we say four weeks or more"),
                        ("away", "Away: nobody reads at the moment"),
                    ],
                    default="normal", max_length=6, verbose_name="how it goes",
                )),
                ("back_on", models.DateField(
                    blank=True, help_text="For “away” alone. From this day on it is normal again by itself.", null=True,
                    verbose_name="back on",
                )),
            ],
            options={
                "verbose_name": "usual wait",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="usual_wait_is_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("pace__in", ("normal", "slow", "away"))), name="usual_wait_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "CountedAnswers",
            fields=[
                ("quarter", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("people", models.PositiveIntegerField(default=0)),
                ("totals", models.JSONField(default=dict)),
            ],
            options={"verbose_name_plural": "counted answers"},
        ),
        migrations.CreateModel(
            "ReleasedAnswers",
            fields=[
                ("release", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("tables", models.JSONField()),
                ("checksum", models.CharField(max_length=64)),
            ],
            options={"verbose_name_plural": "released answers"},
        ),
        migrations.CreateModel(
            "ReleasedFigures",
            fields=[
                ("quarter", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("figures", models.JSONField()),
            ],
            options={"verbose_name_plural": "released figures"},
        ),
        migrations.CreateModel(
            "QueueKey",
            fields=[
                ("epoch", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("public", models.BinaryField(max_length=32)),
                ("is_current", models.BooleanField(default=True)),
                ("made_for_demo", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("is_current",), name="one_current_queue_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Submission",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("look_up_id", models.BinaryField(max_length=32, unique=True)),
                ("status", models.CharField(
                    choices=[
                        ("draft", "Draft"), ("received", "Received"), ("waiting", "Waiting for the contributor"),
                        ("held", "Held"), ("prepared", "Put forward"), ("agreed", "Agreed"), ("published", "Published"),
                        ("correcting", "Being corrected"), ("rereading", "Correction put forward"),
                        ("counted", "Counted"), ("declined", "Declined"), ("withdrawn", "Withdrawn"),
                    ],
                    default="received", max_length=10,
                )),
                ("week", models.DateField(verbose_name="Monday of the week received")),
                ("language", models.CharField(default="en", max_length=5)),
                ("is_urgent", models.BooleanField(default=False)),
                ("is_flood", models.BooleanField(default=False)),
                ("erase_on", models.DateField(db_index=True)),
                ("look_again_on", models.DateField(
                    blank=True, null=True, verbose_name="date a held one is looked at again",
                )),
                ("erased_on", models.DateField(blank=True, null=True)),
                ("labels", models.BinaryField(blank=True, null=True)),
                ("practice_for", models.ForeignKey(
                    blank=True, db_index=False, null=True, on_delete=models.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL,
                )),
                ("unopened_since", models.DateField(blank=True, null=True)),
                ("meant_for", models.ForeignKey(
                    blank=True, db_index=False, null=True, on_delete=models.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL,
                )),
                ("yes_to_digest", models.CharField(blank=True, max_length=64)),
                ("waits_for_yes", models.BooleanField(null=True)),
                ("public_key", models.BinaryField(max_length=32)),
                ("key_under_code", models.BinaryField(blank=True, default=b"")),
                ("key_for_queue", models.BinaryField(blank=True, default=b"")),
                ("queue_epoch", models.ForeignKey(
                    blank=True, db_index=False, null=True, on_delete=models.PROTECT, to="stories.queuekey",
                )),
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("is_flood", False), ("is_urgent", False), ("status", "received"), ("practice_for", None),
                        ),
                        fields=["status", "week", "id"], name="submission_new",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("is_flood", False), ("is_urgent", True), ("status", "received"), ("practice_for", None),
                        ),
                        fields=["status", "week", "id"], name="submission_urgent",
                    ),
                    models.Index(
                        condition=models.Q(
                            models.Q(("status", "prepared"), ("status", "rereading"), _connector="OR"),
                            ("practice_for", None),
                        ),
                        fields=["week", "id"], name="submission_put_forward",
                    ),
                    models.Index(
                        condition=models.Q(
                            models.Q(
                                ("status", "waiting"), ("status", "held"), ("status", "correcting"),
                                ("status", "agreed"), ("status", "published"), ("status", "counted"),
                                ("status", "declined"), ("status", "withdrawn"), _connector="OR",
                            ),
                            ("practice_for", None),
                        ),
                        fields=["status", "week", "id"], name="submission_others",
                    ),
                    models.Index(
                        condition=models.Q(("unopened_since__isnull", False), ("practice_for", None)),
                        fields=["week", "id"], name="submission_unopened",
                    ),
                    models.Index(
                        condition=models.Q(("meant_for__isnull", False)), fields=["meant_for", "week", "id"],
                        name="submission_meant_for",
                    ),
                    models.Index(
                        condition=models.Q(("is_flood", True)), fields=["status", "erased_on", "id"],
                        name="submission_flood_tray",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", (
                                "draft", "received", "waiting", "held", "prepared", "agreed", "published", "correcting",
                                "rereading", "counted", "declined", "withdrawn",
                            )),
                        ),
                        name="submission_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week__week_day", 2)), name="submission_week_is_a_monday",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "SealedText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("submission", models.ForeignKey(
                    db_index=False, on_delete=models.CASCADE, related_name="texts", to="stories.submission",
                )),
                ("kind", models.CharField(
                    choices=[
                        ("account", "Account"), ("answers", "Answers"), ("message", "Message"),
                        ("note", "Note between moderators"), ("working-copy", "Working copy"),
                        ("check", "Anonymity check"), ("first-look", "First look"),
                        ("unsent", "What a moderator hasn’t sent yet"),
                    ],
                    max_length=12,
                )),
                ("number", models.PositiveIntegerField(default=1)),
                ("box", models.BinaryField()),
                ("sends_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("sends_at__isnull", False)), fields=["sends_at"], name="text_on_its_way",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "kind", "number"), name="one_text_for_each_place"),
                ],
            },
        ),
        migrations.CreateModel(
            "OnItsWay",
            fields=[
                ("submission", models.OneToOneField(
                    on_delete=models.CASCADE, primary_key=True, related_name="on_its_way", serialize=False,
                    to="stories.submission",
                )),
                ("deed", models.CharField(max_length=20)),
                ("message", models.UUIDField(blank=True, null=True)),
                ("status", models.CharField(
                    choices=[
                        ("draft", "Draft"), ("received", "Received"), ("waiting", "Waiting for the contributor"),
                        ("held", "Held"), ("prepared", "Put forward"), ("agreed", "Agreed"), ("published", "Published"),
                        ("correcting", "Being corrected"), ("rereading", "Correction put forward"),
                        ("counted", "Counted"), ("declined", "Declined"), ("withdrawn", "Withdrawn"),
                    ],
                    max_length=10,
                )),
                ("erase_on", models.DateField()),
                ("sends_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "Event",
            fields=[
                ("id", models.BigAutoField(
                    default=stories.models.submission.random_number, primary_key=True, serialize=False,
                )),
                ("submission", models.ForeignKey(
                    db_index=False, on_delete=models.CASCADE, related_name="events", to="stories.submission",
                )),
                ("number", models.PositiveIntegerField(default=1)),
                ("deed", models.CharField(max_length=20)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("by", models.ForeignKey(
                    blank=True, db_index=False, null=True, on_delete=models.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL,
                )),
                ("week", models.DateField()),
                ("day", models.DateField(blank=True, null=True)),
                ("counts", models.JSONField(blank=True, null=True)),
            ],
            options={
                "ordering": ["number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("deed", "agree"), ("deed", "count"), ("deed", "decline"), ("deed", "lapse"),
                            ("deed", "withdraw"), ("deed", "differ"), _connector="OR",
                        ),
                        fields=["week"], name="event_figures",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "number"), name="one_event_for_each_number"),
                    models.CheckConstraint(
                        condition=models.Q(("by__isnull", False), ("day__isnull", True), _connector="OR"),
                        name="event_of_a_contributor_has_no_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Force",
            fields=[
                ("id", models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("nation", models.CharField(max_length=40, verbose_name="nation")),
                ("region", models.CharField(max_length=60, verbose_name="region")),
                ("kind", models.CharField(
                    choices=[
                        ("territorial", "Territorial"), ("special", "Special"), ("example", "Invented for the demo"),
                    ],
                    max_length=12, verbose_name="kind",
                )),
                ("column", models.PositiveSmallIntegerField(verbose_name="column on the tile map")),
                ("row", models.PositiveSmallIntegerField(verbose_name="row on the tile map")),
                ("about", models.TextField(blank=True, verbose_name="about, in a sentence or two")),
            ],
            options={"verbose_name": "force", "verbose_name_plural": "forces", "ordering": ["name"]},
        ),
        migrations.CreateModel(
            "Outcome",
            fields=[
                ("slug", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="slug")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("explanation", models.CharField(blank=True, max_length=250, verbose_name="what it means")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={"verbose_name": "outcome", "verbose_name_plural": "outcomes", "ordering": ["order", "name"]},
        ),
        migrations.CreateModel(
            "Theme",
            fields=[
                ("slug", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="slug")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("explanation", models.CharField(blank=True, max_length=250, verbose_name="what it means")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={"verbose_name": "theme", "verbose_name_plural": "themes", "ordering": ["order", "name"]},
        ),
        migrations.CreateModel(
            "ContentNote",
            fields=[
                ("slug", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="slug")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("explanation", models.CharField(blank=True, max_length=250, verbose_name="what it means")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "content note",
                "verbose_name_plural": "content notes",
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            "Demand",
            fields=[
                ("slug", models.SlugField(max_length=40, primary_key=True, serialize=False, verbose_name="slug")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("explanation", models.CharField(blank=True, max_length=250, verbose_name="what it means")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={"verbose_name": "demand", "verbose_name_plural": "demands", "ordering": ["order", "name"]},
        ),
        migrations.CreateModel(
            "Story",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.CharField(default=stories.models.story.new_slug, max_length=12, unique=True)),
                ("submission", models.OneToOneField(
                    on_delete=models.PROTECT, related_name="story", to="stories.submission",
                )),
                ("status", models.CharField(
                    choices=[
                        ("agreed", "Agreed, goes live with the next batch"), ("live", "Live"),
                        ("hidden", "Taken down; can be put back"), ("removed", "Removed; its words are erased"),
                    ],
                    default="agreed", max_length=8, verbose_name="status",
                )),
                ("sequence", models.PositiveBigIntegerField(blank=True, null=True, unique=True)),
                ("month", models.DateField(blank=True, null=True, verbose_name="month it went live")),
                ("agreed_week", models.DateField(verbose_name="Monday of the week it was agreed")),
                ("left_out_until", models.DateField(blank=True, null=True)),
                ("hidden_by_request", models.BooleanField(default=False)),
                ("is_withheld", models.BooleanField(db_default=False, default=False)),
                ("is_answered", models.BooleanField(db_default=False, default=False)),
                ("edited_month", models.DateField(blank=True, null=True, verbose_name="month it was edited")),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("differently", models.TextField(
                    blank=True, db_default="", default="", verbose_name="what they should have done differently",
                )),
                ("well", models.TextField(blank=True, db_default="", default="", verbose_name="what was done well")),
                ("place_shown", models.CharField(blank=True, max_length=7)),
                ("force", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="stories", to="stories.force",
                )),
                ("region", models.CharField(blank=True, max_length=60, verbose_name="region")),
                ("nation", models.CharField(blank=True, max_length=40, verbose_name="nation")),
                ("year", models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="year they first told the police",
                )),
                ("outcome", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to="stories.outcome",
                )),
                ("themes", models.CharField(blank=True, max_length=200)),
                ("content_notes", models.CharField(blank=True, max_length=200)),
                ("demand", models.CharField(
                    blank=True, db_default="", default="", max_length=40, verbose_name="what it asks",
                )),
                ("agreed", models.TextField(blank=True)),
                ("salt", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("first_reader", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("second_reader", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("may_publish", models.BooleanField(default=True)),
                ("may_quote", models.BooleanField(default=False)),
                ("may_train", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "story",
                "verbose_name_plural": "stories",
                "ordering": [models.OrderBy(models.F("sequence"), descending=True, nulls_first=True)],
                "indexes": [
                    models.Index(fields=["status", "-sequence"], name="story_list"),
                    models.Index(fields=["status", "force", "-sequence"], name="story_by_force"),
                    models.Index(fields=["status", "outcome", "-sequence"], name="story_by_outcome"),
                    models.Index(fields=["status", "year", "-sequence"], name="story_by_year"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_reader", models.F("second_reader")), _negated=True),
                        name="two_people_one_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("agreed", "live", "hidden", "removed"))),
                        name="story_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "live"), _negated=True),
                            models.Q(
                                ("sequence__isnull", False), ("month__isnull", False),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="live_story_has_its_place_and_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("may_publish", True), models.Q(("status__in", ("agreed", "live")), _negated=True),
                            _connector="OR",
                        ),
                        name="story_is_up_only_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "removed"), _negated=True),
                            models.Q(("agreed", ""), ("differently", ""), ("text", ""), ("title", ""), ("well", "")),
                            _connector="OR",
                        ),
                        name="removed_story_has_no_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__isnull", True), ("month__day", 1), _connector="OR"),
                        name="story_month_is_a_first_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[0-9a-z]{12}$")), name="story_slug_says_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "Letter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("force", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="letters", to="stories.force", verbose_name="force",
                )),
                ("month", models.DateField(verbose_name="month it was sent")),
                ("role", models.CharField(
                    help_text="An office, never a name.", max_length=120, verbose_name="to which office",
                )),
                ("ask", models.SlugField(blank=True, max_length=60, verbose_name="ask")),
                ("is_answered", models.BooleanField(default=False, editable=False)),
                ("written_down_by", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("stories", models.ManyToManyField(
                    blank=True, related_name="letters", to="stories.story", verbose_name="stories",
                )),
            ],
            options={
                "verbose_name": "letter to a force",
                "verbose_name_plural": "letters to forces",
                "ordering": ["-month", "force"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="letter_month_is_a_first_day"),
                ],
            },
        ),
        migrations.CreateModel(
            "Response",
            fields=[
                ("latest_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="latest revision",
                )),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                ("has_unpublished_changes", models.BooleanField(
                    default=False, editable=False, verbose_name="has unpublished changes",
                )),
                ("first_published_at", models.DateTimeField(
                    blank=True, db_index=True, null=True, verbose_name="first published at",
                )),
                ("last_published_at", models.DateTimeField(
                    editable=False, null=True, verbose_name="last published at",
                )),
                ("live_revision", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="+",
                    to="wagtailcore.revision", verbose_name="live revision",
                )),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("locked", models.BooleanField(default=False, editable=False, verbose_name="locked")),
                ("locked_at", models.DateTimeField(editable=False, null=True, verbose_name="locked at")),
                ("locked_by", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.SET_NULL, related_name="locked_%(class)ss",
                    to=settings.AUTH_USER_MODEL, verbose_name="locked by",
                )),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.CharField(
                    default=stories.models.story.new_slug, editable=False, max_length=12, unique=True,
                )),
                ("force", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="responses", to="stories.force", verbose_name="force",
                )),
                ("kind", models.CharField(
                    choices=[
                        ("apology", "Apology"), ("review", "Review opened"), ("planned", "Change planned"),
                        ("made", "Change made"), ("disagrees", "Disagrees"), ("other", "Another kind of answer"),
                    ],
                    max_length=10, verbose_name="kind",
                )),
                ("words", models.TextField(verbose_name="exact words")),
                ("context", models.TextField(blank=True, verbose_name="what it is about, in our words")),
                ("about_year", models.PositiveSmallIntegerField(
                    blank=True, null=True, verbose_name="year it is about",
                )),
                ("month", models.DateField(blank=True, null=True, verbose_name="month it was said")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("source_url", models.URLField(blank=True, verbose_name="link to the source")),
                ("owner", models.CharField(blank=True, max_length=120, verbose_name="who will make the change")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="by when")),
                ("evidence_url", models.URLField(blank=True, verbose_name="link to what shows it")),
                ("story_slugs", models.TextField(blank=True, default="", verbose_name="stories it answers")),
                ("ask", models.SlugField(blank=True, max_length=60, verbose_name="ask it answers")),
                ("letter", models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to="stories.letter",
                )),
                ("checked", models.CharField(
                    blank=True,
                    choices=[
                        ("switchboard", "I checked it with the force by its switchboard."),
                        ("public", "It was said in public: at the link, or where the source says."),
                    ],
                    default="", max_length=11, verbose_name="how you made sure",
                )),
                ("why_it_stays", models.TextField(
                    blank=True, default="", max_length=3000, verbose_name="why names and numbers stay",
                )),
                ("is_entered", models.BooleanField(default=False, editable=False)),
                ("first_reader", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL,
                )),
                ("second_reader", models.ForeignKey(
                    blank=True, editable=False, null=True, on_delete=models.PROTECT, related_name="+",
                    to=settings.AUTH_USER_MODEL,
                )),
                ("stories", models.ManyToManyField(
                    blank=True, editable=False, related_name="responses", to="stories.story",
                )),
            ],
            options={
                "verbose_name": "answer of a force",
                "verbose_name_plural": "answers of forces",
                "ordering": [models.OrderBy(models.F("month"), descending=True, nulls_last=True), "slug"],
                "default_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("live", False),
                            models.Q(
                                ("first_reader__isnull", False), ("second_reader__isnull", False),
                                models.Q(("first_reader", models.F("second_reader")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="response_has_two_people",
                    ),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="response_month_is_a_first_day"),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[0-9a-z]{12}$")), name="response_slug_says_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("live", False), models.Q(("kind", "planned"), _negated=True),
                            models.Q(models.Q(("owner", ""), _negated=True), ("due_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="planned_change_has_owner_and_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("live", False), models.Q(("kind", "made"), _negated=True),
                            models.Q(("evidence_url", ""), _negated=True), _connector="OR",
                        ),
                        name="change_made_has_what_shows_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "TakeDownRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("story", models.ForeignKey(
                    on_delete=models.CASCADE, related_name="take_down_requests", to="stories.story",
                )),
                ("ground", models.CharField(
                    choices=[
                        ("about-me", "It is about me"), ("identifies", "It could identify someone"),
                        ("legal", "There is a legal reason"), ("other", "Something else"),
                        ("force-law", "A police force: law"),
                        ("force-who", "A police force: it could identify someone"),
                    ],
                    max_length=10, verbose_name="ground",
                )),
                ("week", models.DateField(verbose_name="Monday of the week it came")),
                ("hid_the_story", models.BooleanField(default=False)),
                ("is_flood", models.BooleanField(default=False)),
                ("box", models.BinaryField(blank=True, default=b"")),
                ("queue_epoch", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, to="stories.queuekey",
                )),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="day by which somebody looks")),
                ("look_up_id", models.BinaryField(blank=True, max_length=32, null=True, unique=True)),
                ("public_key", models.BinaryField(blank=True, max_length=32, null=True)),
                ("key_under_code", models.BinaryField(blank=True, null=True)),
                ("answer", models.BinaryField(blank=True, null=True)),
                ("settled_by", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("settled_on", models.DateField(blank=True, null=True)),
                ("force", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="objections", to="stories.force",
                )),
                ("written_down_by", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("first_outcome", models.CharField(
                    blank=True,
                    choices=[("withheld", "Withheld"), ("corrected", "To be corrected"), ("stays", "Stays as it is")],
                    default="", max_length=9,
                )),
                ("reason", models.CharField(blank=True, default="", max_length=20, verbose_name="reason")),
                ("first_by", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("is_upheld", models.BooleanField(db_default=False, default=False)),
            ],
            options={
                "verbose_name": "take-down request",
                "verbose_name_plural": "take-down requests",
                "ordering": ["week"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_by__isnull", True), ("settled_by__isnull", True),
                            models.Q(("first_by", models.F("settled_by")), _negated=True), _connector="OR",
                        ),
                        name="objection_is_settled_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground__in", ["force-law", "force-who"]), _negated=True),
                            ("settled_on__isnull", True),
                            models.Q(
                                ("first_by__isnull", False), ("settled_by__isnull", False),
                                models.Q(("first_outcome", ""), _negated=True), models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="settled_objection_has_its_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_upheld", False),
                            models.Q(("first_outcome", "withheld"), ("settled_on__isnull", False)), _connector="OR",
                        ),
                        name="upheld_objection_is_settled",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="letter", name="answer",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=models.SET_NULL, related_name="letters", to="stories.response",
            ),
        ),
    ]
