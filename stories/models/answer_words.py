"""Other words for an answer of the form, as an editor chose them; its slug stays, so old answers read alike."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.outward import OutwardWhenKept


class AnswerWords(OutwardWhenKept):
    """What one answer is called in one language. Forces and outcomes have lists of their own."""

    answer = models.CharField(_("answer"), max_length=90)  # question.slug
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en-gb")
    words = models.CharField(
        _("words"),
        max_length=120,
        help_text=_("Keep the meaning: answers that people gave before are shown with these words too."),
    )

    class Meta:
        ordering = ["answer"]
        verbose_name = _("words of an answer")
        verbose_name_plural = _("words of answers")
        constraints = [models.UniqueConstraint(fields=["answer", "language"], name="one_wording_for_each_answer")]

    def __str__(self) -> str:
        return self.words
