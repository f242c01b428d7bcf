"""The lists a story is sorted by: forces, outcomes, themes, content notes, demands."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.models.outward import OutwardWhenKept


class Force(OutwardWhenKept):
    """A police force; its id is the readable slug that addresses and filters use."""

    class Kind(models.TextChoices):
        TERRITORIAL = "territorial", _("Territorial")
        SPECIAL = "special", _("Special")
        # The demo's own, which nobody is policed by: in no map, no count, no letter to copy.
        EXAMPLE = "example", _("Invented for the demo")

    id = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(_("name"), max_length=80)
    nation = models.CharField(_("nation"), max_length=40)
    region = models.CharField(_("region"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    column = models.PositiveSmallIntegerField(_("column on the tile map"))
    row = models.PositiveSmallIntegerField(_("row on the tile map"))
    about = models.TextField(_("about, in a sentence or two"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("force")
        verbose_name_plural = _("forces")

    def __str__(self) -> str:
        return self.name


class SortedWord(OutwardWhenKept):
    """A word with a fixed slug, whose name an editor may change."""

    slug = models.SlugField(_("slug"), primary_key=True, max_length=40)
    name = models.CharField(_("name"), max_length=80)
    explanation = models.CharField(_("what it means"), max_length=250, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Outcome(SortedWord):
    """The end of a report; at most eight, so that none singles anybody out."""

    class Meta(SortedWord.Meta):
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")


class Theme(SortedWord):
    """A subject of stories, as a trainer or a journalist would ask for it."""

    class Meta(SortedWord.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class ContentNote(SortedWord):
    """A fact about what a story mentions, so that a reader can choose."""

    class Meta(SortedWord.Meta):
        verbose_name = _("content note")
        verbose_name_plural = _("content notes")


class Demand(SortedWord):
    """What people ask of the police, in a few words: moderators sort by it what should have been done differently."""

    class Meta(SortedWord.Meta):
        verbose_name = _("demand")
        verbose_name_plural = _("demands")
