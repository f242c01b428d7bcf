"""Words that coordinators keep ready for moderators: kind questions, declines, and what to do about a risk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    """What is written in one question of the first look, where a coordinator changed it."""

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
