"""Words of ours in the place of a string of the catalogue, in one language; each version is kept."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import RevisionMixin

from campaign import furniture
from campaign.models.own_words import OwnWords
from campaign.site_words import catalogued, locked, refusals
from campaign.site_words.catalogued import Catalogued
from stories import going_public
from stories.identifying.wordings import Wording

# What is said there can stand in the file of notes that a contributor takes along, which doesn't tell where it is from.
_TAKEN_ALONG = "stories/telling/"


class SiteWords(RevisionMixin, OwnWords):
    """Each form of the string in a line of its own. With no words in it, the original stands."""

    # Its name in the catalogue: the string itself may be gone with a release, and is then said nowhere.
    key = models.CharField(max_length=12, editable=False)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, editable=False)
    words = models.TextField(gettext_lazy("words"), blank=True)

    class Meta:
        ordering = ["key", "language"]
        verbose_name = gettext_lazy("words of the site")
        verbose_name_plural = gettext_lazy("words of the site")
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="one_wording_in_each_language")]

    def __str__(self) -> str:
        return self.forms[0] if self.forms else self.key

    @property
    def forms(self) -> list[str]:
        """The words, form by form; none where the original stands."""
        return self.words.split("\n") if self.words else []

    @property
    def string(self) -> Catalogued | None:
        """What they stand in the place of; None if no page says it any more."""
        return catalogued.by_key().get(self.key)

    def clean(self) -> None:
        """Refuse what can't stand there, whoever wrote it and by which way it came."""
        super().clean()
        if reason := self.why_not_spoken() or self._why_not_named():
            raise ValidationError(reason)

    def why_not_spoken(self) -> str | None:
        """Say why these words can't be said in the string's place, or None; asked again wherever they are read."""
        if self.string is None:
            return _("No page says this any more.")
        if reason := locked.why_locked(self.string):
            return reason
        reasons = self.why_not_forms()
        return next((reason for reason in reasons if reason), None)

    def why_not_forms(self) -> list[str | None]:
        """Say of each form why it can't stand there, or None."""
        string, said = self.string, self.forms
        if string is None or not said:
            return []
        shipped = string.shipped(self.language)
        if len(said) != len(shipped) or not all(said):
            return [_("Fill in each of the %(many)d, or none of them.") % {"many": len(shipped)}]
        return [
            self._why_not_promised(string, words, was)
            or refusals.why_not(
                words,
                shipped=was,
                original=string.words[0 if number == 0 else -1],
                may_lose_number=string.is_of_a_number and number == 0,
            )
            for number, (words, was) in enumerate(zip(said, shipped, strict=True))
        ]

    def _why_not_promised(self, string: Catalogued, words: str, was: str) -> str | None:
        new = locked.new_promise(string, words, shipped=was)
        if new is None:
            return None
        return _(
            "“%(word)s” can’t come in here: somebody could take it for a promise, or tell us who they are because of "
            "it. Say it another way."
        ) % {"word": new}

    def _why_not_named(self) -> str | None:
        string, name = self.string, furniture.read()["brand"]["name"]
        if string is None or not any(place.startswith(_TAKEN_ALONG) for place in string.places):
            return None
        named = re.compile(rf"\b{re.escape(name)}\b") if name else None
        if named is None or not named.search(self.words) or named.search("\n".join(self._originals())):
            return None
        return _("Leave out the name of this site: these words can stand in a file on somebody’s phone.")

    def held_back(self) -> list[Wording]:
        """What the original says already is no find: the number of a help line may stay where it stood."""
        found = super().held_back()
        there = {each.key for each in going_public.held_back(self._originals())} if found else set()
        return [each for each in found if each.key not in there]

    def _originals(self) -> Iterator[str]:
        yield from self.string.shipped(self.language) if self.string and self.language else ()
