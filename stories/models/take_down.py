"""Somebody's wish that a story come down: its ground and week; what they wrote is sealed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.story import Story
from stories.models.submission import QueueKey, moderator_field


class TakeDownRequest(models.Model):
    """A request from the page of a story; no code, no name, no address of the one who asks."""

    class Ground(models.TextChoices):
        ABOUT_ME = "about-me", _("It is about me")
        IDENTIFIES = "identifies", _("It could identify someone")
        LEGAL = "legal", _("There is a legal reason")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, models.CASCADE, related_name="take_down_requests")
    ground = models.CharField(_("ground"), max_length=10, choices=Ground)
    week = models.DateField(_("Monday of the week it came"))
    hid_the_story = models.BooleanField(default=False)
    # Came over the limits: the first to give way where more wait than anybody could read.
    is_flood = models.BooleanField(default=False)
    # What they wrote, sealed to the queue key of this epoch; empty when they wrote nothing, or nobody could read it.
    box = models.BinaryField(blank=True, default=b"")
    queue_epoch = models.ForeignKey(QueueKey, models.PROTECT, null=True, blank=True)
    # The day by which somebody has to look; kept for as long as that clock runs.
    due_on = models.DateField(_("day by which somebody looks"), null=True, blank=True)
    # The code that was shown to who asked: it opens the answer, which is sealed to a key of its own.
    look_up_id = models.BinaryField(max_length=32, unique=True, null=True, blank=True)
    public_key = models.BinaryField(max_length=32, null=True, blank=True)
    key_under_code = models.BinaryField(null=True, blank=True)
    answer = models.BinaryField(null=True, blank=True)
    settled_by = moderator_field(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("take-down request")
        verbose_name_plural = _("take-down requests")
        ordering = ["week"]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} ({self.week})"
