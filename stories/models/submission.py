"""An account on its way: a row that says almost nothing, sealed texts beside it, and what happened to it."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stories.models import lists


def moderator_field(**options: object) -> models.ForeignKey:
    """A moderator, who is deactivated and never deleted."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]


def random_number() -> int:
    """62 bits by chance, for the key of a row: one that counts would say which of two rows came first."""
    return secrets.randbits(62)


class QueueKey(models.Model):
    """The public half of the team's key, to which each story key is sealed; one epoch is current."""

    epoch = models.PositiveIntegerField(primary_key=True)
    public = models.BinaryField(max_length=32)
    is_current = models.BooleanField(default=True)
    # So that the demo and a real site refuse each other's vault.
    made_for_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_current_queue_key")
        ]

    def __str__(self) -> str:
        return f"Queue key {self.epoch}"


class Submission(models.Model):
    """One account on its way. Nothing here says who, when to the hour, or which force."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RECEIVED = "received", _("Received")
        WAITING = "waiting", _("Waiting for the contributor")
        HELD = "held", _("Held")
        PREPARED = "prepared", _("Put forward")
        AGREED = "agreed", _("Agreed")
        PUBLISHED = "published", _("Published")
        CORRECTING = "correcting", _("Being corrected")
        REREADING = "rereading", _("Correction put forward")
        COUNTED = "counted", _("Counted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    look_up_id = models.BinaryField(max_length=32, unique=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)
    week = models.DateField(_("Monday of the week received"))
    language = models.CharField(max_length=5, default="en")
    is_urgent = models.BooleanField(default=False)
    is_flood = models.BooleanField(default=False)
    erase_on = models.DateField(db_index=True)
    look_again_on = models.DateField(_("date a held one is looked at again"), null=True, blank=True)
    erased_on = models.DateField(null=True, blank=True)
    # Kinds of harm and minutes to read, sealed to the story key for the list of whoever has an open vault.
    labels = models.BinaryField(null=True, blank=True)
    # Whose practice account it is. It stands in no queue, is never published, and touches no figure.
    practice_for = moderator_field(null=True, blank=True, db_index=False)
    # Monday of the week in which the contributor wrote or chose what no moderator has opened since.
    unopened_since = models.DateField(null=True, blank=True)
    # Whose next step it is: who asked, or wrote the text that came back, or whom it was given to.
    meant_for = moderator_field(null=True, blank=True, db_index=False)
    # The contributor's yes to one exact text; a new version makes it count for nothing.
    yes_to_digest = models.CharField(max_length=64, blank=True)
    # True while a text that was put forward waits for that yes, so that the list says whose turn it is.
    waits_for_yes = models.BooleanField(null=True)

    public_key = models.BinaryField(max_length=32)
    key_under_code = models.BinaryField(blank=True, default=b"")
    key_for_queue = models.BinaryField(blank=True, default=b"")
    queue_epoch = models.ForeignKey(QueueKey, models.PROTECT, null=True, blank=True, db_index=False)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=(
                        *("draft", "received", "waiting", "held", "prepared", "agreed", "published"),
                        *("correcting", "rereading", "counted", "declined", "withdrawn"),
                    )
                ),
                name="submission_status_is_known",
            ),
            # 2 is Monday in the databases' count: no row can tell the day.
            models.CheckConstraint(condition=Q(week__week_day=2), name="submission_week_is_a_monday"),
        ]
        # Each index more is a page more that a sent account waits for on its way to the disk.
        indexes = [
            # A sent account stands in the first of these alone; one of a flood, in the tray below.
            models.Index(fields=["status", "week", "id"], condition=lists.NEW, name="submission_new"),
            models.Index(fields=["status", "week", "id"], condition=lists.URGENT, name="submission_urgent"),
            models.Index(fields=["week", "id"], condition=lists.PUT_FORWARD, name="submission_put_forward"),
            models.Index(fields=["status", "week", "id"], condition=lists.ONE_OF_OTHERS, name="submission_others"),
            models.Index(fields=["week", "id"], condition=lists.UNOPENED, name="submission_unopened"),
            models.Index(
                fields=["meant_for", "week", "id"],
                condition=Q(meant_for__isnull=False),
                name="submission_meant_for",
            ),
            models.Index(
                fields=["status", "erased_on", "id"], condition=Q(is_flood=True), name="submission_flood_tray"
            ),
        ]

    def __str__(self) -> str:
        return f"Submission {self.short_name}"

    @property
    def short_name(self) -> str:
        """The first six characters of the id, as moderators speak of it."""
        return self.id.hex[:6]

    @property
    def is_erased(self) -> bool:
        return self.erased_on is not None

    @property
    def is_empty(self) -> bool:
        """True where nothing sealed is left; after an erasure a correction has a text and a key of its own."""
        return self.is_erased and self.queue_epoch_id is None


class SealedText(models.Model):
    """One text sealed to its submission's story key; the key inside names this row's place."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", _("Account")
        ANSWERS = "answers", _("Answers")
        MESSAGE = "message", _("Message")
        NOTE = "note", _("Note between moderators")
        WORKING_COPY = "working-copy", _("Working copy")
        CHECK = "check", _("Anonymity check")
        FIRST_LOOK = "first-look", _("First look")
        UNSENT = "unsent", _("What a moderator hasn’t sent yet")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The constraint below begins with it, and is its index.
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="texts", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.PositiveIntegerField(default=1)
    box = models.BinaryField()
    # A moderator's message reaches its contributor from then on; until then it can be taken back. Emptied once it has.
    sends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "kind", "number"], name="one_text_for_each_place")]
        # Of the few that aren't sent yet, or whose time is to be emptied.
        indexes = [models.Index(fields=["sends_at"], condition=Q(sends_at__isnull=False), name="text_on_its_way")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.submission_id}"


class OnItsWay(models.Model):
    """The state of a submission before a deed that its contributor isn't told yet; until then it can be taken back."""

    submission = models.OneToOneField(Submission, models.CASCADE, primary_key=True, related_name="on_its_way")
    deed = models.CharField(max_length=20)
    # The words that go with it, if any do: the id of a sealed text.
    message = models.UUIDField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Submission.Status)
    erase_on = models.DateField()
    sends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.deed} of {self.submission_id}, on its way"


# What figures are made of.
IS_FIGURE = lists.one_of("deed", ("agree", "count", "decline", "lapse", "withdraw", "differ"))


class Event(models.Model):
    """One deed, in a word: never the words themselves.

    A contributor's keeps the week (`day` is empty), a moderator's the day; `number` counts within a submission, and no
    column orders the deeds of two.
    """

    id = models.BigAutoField(primary_key=True, default=random_number)
    # The constraint below begins with it, and is its index.
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events", db_index=False)
    number = models.PositiveIntegerField(default=1)
    deed = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, blank=True)
    by = moderator_field(null=True, blank=True, db_index=False)
    week = models.DateField()
    day = models.DateField(null=True, blank=True)
    # Of a text that was put forward, {"replaced": {kind: how many}, "left": {kind: how many}}. An event stays when
    # the words are erased, so it holds kinds and counts and nothing of the words.
    counts = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["week"], condition=IS_FIGURE, name="event_figures")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_event_for_each_number"),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(day__isnull=True),
                name="event_of_a_contributor_has_no_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} ({self.week})"
