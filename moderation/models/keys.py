"""Moderators' keys, and the queue key shared with each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models import QueueKey
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
