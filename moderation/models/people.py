"""What the room keeps of its people: how they like it, how much they read today, and who was invited."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.submission import moderator_field

# So long a right over accounts that a colleague gave doesn't count: everybody sees it meanwhile, and can stop it.
RIGHT_WAITS = timedelta(hours=48)


class RoomPreference(models.Model):
    """How much one person reads a day, and whether they want the mail; nobody else sees it."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_preference")
    daily_budget = models.PositiveSmallIntegerField(_("accounts a day"), default=10)
    wants_mail = models.BooleanField(_("a daily mail that something waits"), default=False)

    def __str__(self) -> str:
        return f"How {self.person} likes the room"


class ReadingDay(models.Model):
    """What somebody read today: a sum without any item, which the next day overwrites."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_day")
    day = models.DateField()
    points = models.PositiveSmallIntegerField(default=0)
    hard_in_a_row = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"What {self.person} read on {self.day}"


class RightGiven(models.Model):
    """What a colleague did that lets somebody reach accounts; kept for as long as it doesn't count yet."""

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
