"""The tables of the moderators' room: keys and their shares, claims, working copies, agreements."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models import QueueKey, SealedText, Story, Submission
from stories.models.submission import moderator_field


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


class Claim(models.Model):
    """Who has a submission in hand, until when. Not a state: it has a holder and it ends by itself."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="claim")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Claim of {self.holder} on {self.submission_id}"


class WorkingCopy(models.Model):
    """One version of a moderator's rewriting; its words and salt are sealed, and go when the seal goes."""

    sealed = models.OneToOneField(SealedText, models.CASCADE, primary_key=True, related_name="working_copy")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="working_copies")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    written_by = moderator_field()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="one_copy_for_each_number")]

    def __str__(self) -> str:
        return f"Working copy {self.number} of {self.submission_id}"


class Agreement(models.Model):
    """One moderator's yes to exactly one text: the first by putting it forward, the second by agreeing."""

    class Place(models.TextChoices):
        FIRST = "first", _("First reader")
        SECOND = "second", _("Second reader")

    working_copy = models.ForeignKey(WorkingCopy, models.CASCADE, related_name="agreements")
    digest = models.CharField(max_length=64, db_index=True)
    place = models.CharField(max_length=6, choices=Place)
    by = moderator_field()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["working_copy", "by"], name="one_agreement_for_each_reader"),
            models.UniqueConstraint(fields=["working_copy", "place"], name="one_agreement_for_each_place"),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}'s yes to {self.digest[:8]}"


class PutBack(models.Model):
    """One moderator's wish to put a story back that a moderator took down; a second one does it."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="put_back")
    asked_by = moderator_field()
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Putting back {self.story_id}, asked by {self.asked_by}"
