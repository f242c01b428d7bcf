"""What a force said in public, with where it said it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.outward import OutwardWhenKept, OutwardWithReason
from stories.models.taxonomies import Force


class Response(OutwardWithReason, OutwardWhenKept):
    """A force's answer, in its exact words."""

    class Kind(models.TextChoices):
        APOLOGY = "apology", _("Apology")
        REVIEW = "review", _("Review opened")
        PLANNED = "planned", _("Change planned")
        MADE = "made", _("Change made")
        DISAGREES = "disagrees", _("Disagrees")
        OTHER = "other", _("Other")

    force = models.ForeignKey(Force, models.PROTECT, related_name="responses")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    words = models.TextField(_("exact words"))
    context = models.TextField(_("what it is about, in our words"), blank=True)
    about_year = models.PositiveSmallIntegerField(_("year it is about"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("link to the source"), blank=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.force_id}"

    def save(self, *args: Any, **options: Any) -> None:
        """Save, refusing what would lead straight to somebody and has no reason beside it."""
        self.refuse_what_is_held_back()
        self.note_what_the_reason_covers()
        super().save(*args, **options)

    def clean(self) -> None:
        """Say so in a form, beside the reason."""
        self.refuse_what_is_held_back()
        super().clean()
        self.note_what_the_reason_covers()

    def refuse_what_is_held_back(self) -> None:
        """Raise `ValidationError` where these words can't be public."""
        if reason := self.why_not_public():
            raise ValidationError({"why_it_stays": reason})
