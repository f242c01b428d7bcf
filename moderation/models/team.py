"""The tables of the team: its people, their keys, and those deeds of `audit_log` that have no minute."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models import QueueKey
from stories.models.submission import moderator_field, random_number

# So long a right over accounts that a colleague gave doesn't count: everybody sees it meanwhile, and can stop it.
RIGHT_WAITS = timedelta(hours=48)


class RoomPreference(models.Model):
    """One person's budget for a day, and whether they want the mail; nobody else sees it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_preference")
    daily_budget = models.PositiveSmallIntegerField(_("accounts a day"), default=10)
    wants_mail = models.BooleanField(_("a daily mail that something waits"), default=False)

    def __str__(self) -> str:
        return f"How {self.person} likes the room"


class ReadingDay(models.Model):
    """A sum of what somebody read today, without any item; the next day overwrites it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_day")
    day = models.DateField()
    points = models.PositiveSmallIntegerField(default=0)
    hard_in_a_row = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"What {self.person} read on {self.day}"


class RightGiven(models.Model):
    """A colleague's deed that lets somebody reach accounts; kept for as long as it doesn't count yet."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="rights_given")
    # The deed, as the record calls it.
    what = models.CharField(max_length=40)
    given_by = moderator_field()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.what}: {self.person}"

    @property
    def counts_from(self) -> datetime:
        return self.given_at + RIGHT_WAITS


class Invitation(models.Model):
    """A one-time link for a newcomer; what is kept is a hash of what the link carries."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("name in the room"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    role = models.CharField(_("role"), max_length=20)
    link_hash = models.CharField(max_length=64, unique=True)
    made_by = moderator_field()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    person = moderator_field(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.username


class ModeratorKey(models.Model):
    """A moderator's own pair; the private half is locked under a passphrase that only they have."""

    moderator = moderator_field()
    public = models.BinaryField(max_length=32)
    locked_private = models.BinaryField()
    made_at = models.DateTimeField()
    # The current key of a person; an older one stays for the record with its shares gone.
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["moderator"], condition=models.Q(is_current=True), name="one_current_key_for_each_moderator"
            )
        ]
        permissions = [
            ("moderate", _("Can work in the moderators' room")),
            ("coordinate", _("Can manage people, notices and batches")),
        ]

    def __str__(self) -> str:
        return f"Key of {self.moderator}"


class KeyShare(models.Model):
    """The queue key of one epoch, sealed to one holder: a moderator's key, or the paper (no key)."""

    epoch = models.ForeignKey(QueueKey, models.PROTECT, related_name="shares")
    key = models.ForeignKey(ModeratorKey, models.CASCADE, null=True, blank=True, related_name="shares")
    # Set on the share of the paper alone: the public half of the recovery key.
    paper_public = models.BinaryField(max_length=32, null=True, blank=True)
    box = models.BinaryField()
    shared_by = moderator_field(null=True, blank=True)
    # When the holder was first admitted; a rotation carries it over, so that 48 hours don't begin again.
    admitted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["epoch", "key"], name="one_share_for_each_key"),
            models.UniqueConstraint(
                fields=["epoch"], condition=models.Q(key__isnull=True), name="one_paper_for_each_epoch"
            ),
            models.CheckConstraint(
                condition=models.Q(key__isnull=False) | models.Q(paper_public__isnull=False),
                name="share_has_a_holder",
            ),
        ]

    def __str__(self) -> str:
        return f"Share of epoch {self.epoch_id} for {self.key or 'the paper'}"


class LogEntry(models.Model):
    """A deed that has a day and no minute, by whom and to what: in the order of the keys, which is chance."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    deed = models.CharField(max_length=40)
    # A chance id, or a person's name in the room.
    item = models.CharField(max_length=64, blank=True)
    by = moderator_field(null=True, blank=True)
    day = models.DateField()

    class Meta:
        db_table = "moderation_pendinglogentry"
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.deed} ({self.day})"
