"""What a force said in public, with where it said it."""

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

    def clean(self) -> None:
        """Refuse what would lead straight to somebody and has no reason beside it."""
        try:
            super().clean()
        except ValidationError as refused:
            raise ValidationError({"why_it_stays": refused.messages}) from None
        self.note_what_the_reason_covers()
