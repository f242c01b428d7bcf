"""Claims, versions of a text and the yeses to them, skips and wishes, and words that are kept ready."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models import SealedText, Story, Submission
from stories.models.submission import moderator_field, random_number


class WorkingCopy(models.Model):
    """One version of a moderator's rewriting; its words and salt are sealed, and go when the seal goes."""

    sealed = models.OneToOneField(SealedText, models.CASCADE, primary_key=True, related_name="working_copy")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="working_copies")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    written_by = moderator_field()
    written_on = models.DateField()
    # The number of the newest event of its submission at that moment: what is numbered higher came after it.
    after_event = models.PositiveIntegerField(default=0)
    # The window that kept it while somebody typed, by a chance name, and how often that had sent; null: saved by hand.
    window = models.CharField(max_length=32, null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="one_copy_for_each_number")]

    def __str__(self) -> str:
        return f"Working copy {self.number} of {self.submission_id}"


class Agreement(models.Model):
    """One moderator's yes to exactly one text, which the digest names: the first by putting it forward, the second by
    agreeing. It is never changed, and nobody is their own second.
    """

    class Place(models.TextChoices):
        FIRST = "first", _("First reader")
        SECOND = "second", _("Second reader")

    id = models.BigAutoField(primary_key=True, default=random_number)
    working_copy = models.ForeignKey(WorkingCopy, models.CASCADE, related_name="agreements")
    digest = models.CharField(max_length=64, db_index=True)
    place = models.CharField(max_length=6, choices=Place)
    by = moderator_field()
    day = models.DateField()
    # "Nobody's life is in danger now, and the person it happened to isn't under 18": every yes to every story says
    # so, and the triggers take none without. So it tells nothing of any one of them.
    no_danger = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["working_copy", "by"], name="one_agreement_for_each_reader"),
            models.UniqueConstraint(fields=["working_copy", "place"], name="one_agreement_for_each_place"),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}'s yes to {self.digest[:8]}"


class Wish(models.Model):
    """One moderator's wish for what takes two: a second one does it."""

    id = models.BigAutoField(primary_key=True, default=random_number)
    asked_by = moderator_field()
    asked_on = models.DateField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}, asked by {self.asked_by}"


class PutBack(Wish):
    """To put a story back that a moderator took down."""

    story = models.OneToOneField(Story, models.CASCADE, related_name="put_back")


class ReleaseWish(Wish):
    """To release what is held."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="release_wish")


class Claim(models.Model):
    """A submission in somebody's hands for a time. Not a state: it has a holder, ends by itself, and then it goes."""

    # It ends by itself after so long without a piece of work.
    LASTS = timedelta(minutes=30)

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


class ReadyWords(models.Model):
    """One text of the library, which a moderator sends as it is or changes first; or somebody whom they can call."""

    class Purpose(models.TextChoices):
        QUESTION = "question", _("A question to the contributor")
        DECLINE = "decline", _("Why a story isn't published")
        CARE = "care", _("Whom a moderator can call here")
        SAFEGUARDING = "safety", _("Safeguarding: whom to ring when somebody may be in danger")

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    title = models.CharField(_("title"), max_length=100, help_text=_("Seen by moderators alone."))
    text = models.TextField(_("text"), max_length=2000)
    text_cy = models.TextField(_("text in Welsh"), max_length=2000, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("ready words")
        verbose_name_plural = _("ready words")
        ordering = ["purpose", "order", "title"]

    def __str__(self) -> str:
        return self.title


class RiskWords(models.Model):
    """A coordinator's words for one question of the first look."""

    question = models.CharField(_("question"), max_length=20, unique=True, editable=False)
    what_to_do = models.TextField(_("what to do"), max_length=2000)
    message = models.TextField(_("message to the contributor"), max_length=2000, blank=True)
    message_cy = models.TextField(_("message in Welsh"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("question of the first look")
        verbose_name_plural = _("questions of the first look")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.question
