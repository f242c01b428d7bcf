"""What a contributor sent: a row that says almost nothing, and sealed texts beside it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def moderator_field(**options: object) -> models.ForeignKey:
    """A moderator, who is deactivated and never deleted."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]


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
    # The contributor's yes to one exact text; a new version makes it count for nothing.
    yes_to_digest = models.CharField(max_length=64, blank=True)

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
                        "draft",
                        "received",
                        "waiting",
                        "held",
                        "prepared",
                        "agreed",
                        "published",
                        "counted",
                        "declined",
                        "withdrawn",
                    )
                ),
                name="submission_status_is_known",
            ),
            # 2 is Monday in the databases' count: no row can tell the day.
            models.CheckConstraint(condition=Q(week__week_day=2), name="submission_week_is_a_monday"),
        ]
        # Each index more is a page more that a sent account waits for on its way to the disk.
        indexes = [
            models.Index(fields=["status", "is_flood", "is_urgent", "week", "id"], name="submission_queue"),
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

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The constraint below begins with it, and is its index.
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="texts", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    number = models.PositiveIntegerField(default=1)
    box = models.BinaryField()
    # A moderator's message reaches its contributor from then on; until then it can be taken back.
    sends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "kind", "number"], name="one_text_for_each_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.submission_id}"
