"""Every table of the moderation app, empty: what apps.py connects makes triggers, groups and ready words."""

import stories.models.submission
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("stories", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [
        migrations.CreateModel(
            "WorkingCopy",
            fields=[
                ("sealed", models.OneToOneField(
                    on_delete=models.CASCADE, primary_key=True, related_name="working_copy", serialize=False,
                    to="stories.sealedtext",
                )),
                ("submission", models.ForeignKey(
                    on_delete=models.CASCADE, related_name="working_copies", to="stories.submission",
                )),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("written_by", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("written_on", models.DateField()),
                ("after_event", models.PositiveIntegerField(default=0)),
                ("window", models.CharField(max_length=32, null=True)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "number"), name="one_copy_for_each_number"),
                ],
            },
        ),
        migrations.CreateModel(
            "Agreement",
            fields=[
                ("id", models.BigAutoField(
                    default=stories.models.submission.random_number, primary_key=True, serialize=False,
                )),
                ("working_copy", models.ForeignKey(
                    on_delete=models.CASCADE, related_name="agreements", to="moderation.workingcopy",
                )),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("place", models.CharField(
                    choices=[("first", "First reader"), ("second", "Second reader")], max_length=6,
                )),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("day", models.DateField()),
                ("no_danger", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("working_copy", "by"), name="one_agreement_for_each_reader"),
                    models.UniqueConstraint(fields=("working_copy", "place"), name="one_agreement_for_each_place"),
                ],
            },
        ),
        migrations.CreateModel(
            "PutBack",
            fields=[
                ("id", models.BigAutoField(
                    default=stories.models.submission.random_number, primary_key=True, serialize=False,
                )),
                ("asked_by", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("asked_on", models.DateField()),
                ("story", models.OneToOneField(on_delete=models.CASCADE, related_name="put_back", to="stories.story")),
            ],
        ),
        migrations.CreateModel(
            "ReleaseWish",
            fields=[
                ("id", models.BigAutoField(
                    default=stories.models.submission.random_number, primary_key=True, serialize=False,
                )),
                ("asked_by", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("asked_on", models.DateField()),
                ("submission", models.OneToOneField(
                    on_delete=models.CASCADE, related_name="release_wish", to="stories.submission",
                )),
            ],
        ),
        migrations.CreateModel(
            "Claim",
            fields=[
                ("id", models.BigAutoField(
                    default=stories.models.submission.random_number, primary_key=True, serialize=False,
                )),
                ("submission", models.OneToOneField(
                    on_delete=models.CASCADE, related_name="claim", to="stories.submission",
                )),
                ("holder", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="claims", to=settings.AUTH_USER_MODEL,
                )),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "Aside",
            fields=[
                ("id", models.BigAutoField(
                    default=stories.models.submission.random_number, primary_key=True, serialize=False,
                )),
                ("submission", models.ForeignKey(
                    on_delete=models.CASCADE, related_name="asides", to="stories.submission",
                )),
                ("person", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="asides", to=settings.AUTH_USER_MODEL,
                )),
                ("is_conflict", models.BooleanField(default=False, verbose_name="knows the force or a person in it")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("submission", "person"), name="one_aside_for_each_person"),
                ],
            },
        ),
        migrations.CreateModel(
            "ReadyWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(
                    choices=[
                        ("question", "A question to the contributor"), ("decline", "Why a story isn't published"),
                        ("care", "Whom a moderator can call here"),
                        ("safety", "Safeguarding: whom to ring when somebody may be in danger"),
                    ],
                    max_length=10, verbose_name="purpose",
                )),
                ("title", models.CharField(
                    help_text="Seen by moderators alone.", max_length=100, verbose_name="title",
                )),
                ("text", models.TextField(max_length=2000, verbose_name="text")),
                ("text_cy", models.TextField(blank=True, max_length=2000, verbose_name="text in Welsh")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
            ],
            options={
                "verbose_name": "ready words",
                "verbose_name_plural": "ready words",
                "ordering": ["purpose", "order", "title"],
            },
        ),
        migrations.CreateModel(
            "Contact",
            fields=[],
            options={
                "verbose_name": "safeguarding number",
                "verbose_name_plural": "safeguarding numbers",
                "proxy": True,
            },
            bases=("moderation.readywords",),
        ),
        migrations.CreateModel(
            "RiskWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(editable=False, max_length=20, unique=True, verbose_name="question")),
                ("what_to_do", models.TextField(max_length=2000, verbose_name="what to do")),
                ("message", models.TextField(blank=True, max_length=2000, verbose_name="message to the contributor")),
                ("message_cy", models.TextField(blank=True, max_length=2000, verbose_name="message in Welsh")),
            ],
            options={
                "verbose_name": "question of the first look",
                "verbose_name_plural": "questions of the first look",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            "AnswerTask",
            fields=[
                ("task_ptr", models.OneToOneField(
                    auto_created=True, on_delete=models.CASCADE, parent_link=True, primary_key=True, serialize=False,
                    to="wagtailcore.task",
                )),
            ],
            options={
                "verbose_name": "agreement of a second person to a force’s answer",
                "verbose_name_plural": "agreements of a second person to forces’ answers",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            "ResponseEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("force", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to="stories.force", verbose_name="force",
                )),
                ("letter", models.ForeignKey(
                    blank=True, null=True, on_delete=models.SET_NULL, related_name="+", to="stories.letter",
                )),
                ("state", models.CharField(default="waiting", max_length=9, verbose_name="state")),
                ("speaks_to", models.ManyToManyField(blank=True, related_name="+", to="stories.letter")),
            ],
        ),
        migrations.CreateModel(
            "ResponseVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.ForeignKey(
                    on_delete=models.CASCADE, related_name="versions", to="moderation.responseentry",
                )),
                ("number", models.PositiveIntegerField()),
                ("box", models.BinaryField(blank=True, default=b"")),
                ("queue_epoch", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, to="stories.queuekey",
                )),
                ("written_by", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "number"), name="one_response_for_each_number"),
                ],
            },
        ),
        migrations.CreateModel(
            "RoomPreference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.OneToOneField(
                    on_delete=models.CASCADE, related_name="room_preference", to=settings.AUTH_USER_MODEL,
                )),
                ("daily_budget", models.PositiveSmallIntegerField(default=10, verbose_name="accounts a day")),
                ("wants_mail", models.BooleanField(default=False, verbose_name="a daily mail that something waits")),
                ("languages", models.JSONField(
                    db_default=models.Value([], models.JSONField()), default=list, verbose_name="languages they read",
                )),
            ],
        ),
        migrations.CreateModel(
            "ReadingDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.OneToOneField(
                    on_delete=models.CASCADE, related_name="reading_day", to=settings.AUTH_USER_MODEL,
                )),
                ("day", models.DateField()),
                ("points", models.PositiveSmallIntegerField(default=0)),
                ("hard_in_a_row", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            "RightGiven",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="rights_given", to=settings.AUTH_USER_MODEL,
                )),
                ("what", models.CharField(max_length=40)),
                ("given_by", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("given_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("username", models.CharField(max_length=150, verbose_name="name in the room")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("role", models.CharField(max_length=20, verbose_name="role")),
                ("link_hash", models.CharField(max_length=64, unique=True)),
                ("made_by", models.ForeignKey(
                    null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("person", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
            ],
            options={"verbose_name": "invitation", "verbose_name_plural": "invitations", "ordering": ["-made_at"]},
        ),
        migrations.CreateModel(
            "ModeratorKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("moderator", models.ForeignKey(
                    on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("public", models.BinaryField(max_length=32)),
                ("locked_private", models.BinaryField()),
                ("made_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
            ],
            options={
                "permissions": [
                    ("moderate", "Can work in the moderators' room"),
                    ("coordinate", "Can manage people, notices and batches"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("moderator",),
                        name="one_current_key_for_each_moderator",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "KeyShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("epoch", models.ForeignKey(on_delete=models.PROTECT, related_name="shares", to="stories.queuekey")),
                ("key", models.ForeignKey(
                    blank=True, null=True, on_delete=models.CASCADE, related_name="shares",
                    to="moderation.moderatorkey",
                )),
                ("paper_public", models.BinaryField(blank=True, max_length=32, null=True)),
                ("box", models.BinaryField()),
                ("shared_by", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("admitted_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("epoch", "key"), name="one_share_for_each_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("key__isnull", True)), fields=("epoch",), name="one_paper_for_each_epoch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__isnull", False), ("paper_public__isnull", False), _connector="OR"),
                        name="share_has_a_holder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "LogEntry",
            fields=[
                ("id", models.BigAutoField(
                    default=stories.models.submission.random_number, primary_key=True, serialize=False,
                )),
                ("deed", models.CharField(max_length=40)),
                ("item", models.CharField(blank=True, max_length=64)),
                ("by", models.ForeignKey(
                    blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL,
                )),
                ("day", models.DateField()),
            ],
            options={
                "verbose_name": "log entry",
                "verbose_name_plural": "log entries",
                "db_table": "moderation_pendinglogentry",
                "ordering": ["day", "id"],
            },
        ),
    ]
