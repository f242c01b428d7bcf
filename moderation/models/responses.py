"""What somebody entered as a force's answer, and the yeses to it, until two people stand by the same words."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.models.agreed import Yes
from stories.models import Force, Letter, QueueKey
from stories.models.submission import moderator_field


class ResponseEntry(models.Model):
    """A force's answer on its way to the public. What it says is sealed; which force and letters, and who entered it,
    isn't.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        SENT_BACK = "sent-back", _("Sent back")
        AGREED = "agreed", _("Agreed")

    # The response that comes of it has the same id, so that the words of one never fit another.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Force, models.PROTECT, related_name="+", verbose_name=_("force"))
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="+")
    # The letters that said "no answer since" until this was entered: dropped, they say it again.
    speaks_to = models.ManyToManyField(Letter, related_name="+", blank=True)
    # True where it answers nothing but stories of its letter: it goes when that letter goes with the last of them.
    # Which stories an answer is to is sealed, so of one without a letter only those who open it know.
    is_of_letter_alone = models.BooleanField(default=False)
    # True where what waits answers nothing but stories of the answer that it corrects: it goes when that goes.
    is_of_answer_alone = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    # Why, while it is sent back: one of `moderation.policies.responses.SEND_BACK`.
    sent_back_for = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return f"Response entered for {self.force_id}"


class ResponseVersion(models.Model):
    """One version of it; its words and salt are sealed, and go once two agreed or it was dropped."""

    entry = models.ForeignKey(ResponseEntry, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    # Sealed to the queue key of this epoch.
    box = models.BinaryField(blank=True, default=b"")
    queue_epoch = models.ForeignKey(QueueKey, models.PROTECT, null=True, blank=True)
    written_by = moderator_field()
    written_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_response_for_each_number")]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.entry_id}"


class ResponseYes(Yes):
    """One person's yes to exactly one version: the first by entering it, the second by agreeing."""

    version = models.ForeignKey(ResponseVersion, models.CASCADE, related_name="yeses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "by"], name="one_yes_for_each_person"),
            models.UniqueConstraint(fields=["version", "place"], name="one_yes_for_each_place"),
        ]
