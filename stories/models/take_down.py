"""Somebody's wish that a story come down, or a police force's: its ground and week; what they wrote is sealed."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from stories.models.story import Story
from stories.models.submission import QueueKey, moderator_field
from stories.models.taxonomies import Force


class TakeDownRequest(models.Model):
    """A request from the page of a story; no code, no name, no address of the one who asks.

    A police force's objection is one, too: a coordinator writes it down, and two people decide it, one after the other.
    """

    class Ground(models.TextChoices):
        ABOUT_ME = "about-me", _("It is about me")
        IDENTIFIES = "identifies", _("It could identify someone")
        LEGAL = "legal", _("There is a legal reason")
        OTHER = "other", _("Something else")
        FORCE_LAW = "force-law", _("A police force: law")
        FORCE_WHO = "force-who", _("A police force: it could identify someone")

    class Outcome(models.TextChoices):
        WITHHELD = "withheld", _("Withheld")
        CORRECTED = "corrected", _("To be corrected")
        STAYS = "stays", _("Stays as it is")

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
    # Of a force's objection alone: which force, while the story shows that same one (the box says it in any case), what
    # the first person chose and why (one of a closed list), and whether the story is down for it.
    force = models.ForeignKey(Force, models.PROTECT, null=True, blank=True, related_name="objections")
    written_down_by = moderator_field(null=True, blank=True)
    first_outcome = models.CharField(max_length=9, choices=Outcome, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=20, blank=True, default="")
    first_by = moderator_field(null=True, blank=True)
    is_upheld = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("take-down request")
        verbose_name_plural = _("take-down requests")
        ordering = ["week"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_by__isnull=True) | Q(settled_by__isnull=True) | ~Q(first_by=F("settled_by")),
                name="objection_is_settled_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(ground__in=["force-law", "force-who"])
                | Q(settled_on__isnull=True)
                | (Q(first_by__isnull=False) & Q(settled_by__isnull=False) & ~Q(first_outcome="") & ~Q(reason="")),
                name="settled_objection_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_upheld=False) | (Q(first_outcome="withheld") & Q(settled_on__isnull=False)),
                name="upheld_objection_is_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} ({self.week})"

    @property
    def is_of_force(self) -> bool:
        return self.ground in OF_FORCES

    @property
    def outcome(self) -> str:
        """The outcome of a force's objection, once two people decided it."""
        return self.first_outcome if self.settled_on else ""


OF_FORCES = (TakeDownRequest.Ground.FORCE_LAW, TakeDownRequest.Ground.FORCE_WHO)
