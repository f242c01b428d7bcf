"""Who has a submission in hand, who would rather not, and who asked to let a held one go."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models import Submission
from stories.models.submission import moderator_field, random_number


class Claim(models.Model):
    """Who has a submission in hand, until when. Not a state: it has a holder, it ends by itself, and then it goes."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="claim")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Claim of {self.holder} on {self.submission_id}"


class Aside(models.Model):
    """An item that somebody would rather not read, or may not because they know the force or a person in it."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="asides")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="asides")
    is_conflict = models.BooleanField(_("knows the force or a person in it"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "person"], name="one_aside_for_each_person")]

    def __str__(self) -> str:
        return f"{self.submission_id} is put aside by {self.person}"


class ReleaseWish(models.Model):
    """One moderator's wish to release what is held; a second one does it."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="release_wish")
    asked_by = moderator_field()
    asked_on = models.DateField()

    def __str__(self) -> str:
        return f"Release of {self.submission_id}, asked by {self.asked_by}"
