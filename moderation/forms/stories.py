"""Choosing stories by words of them: what was found comes back to be ticked, each with its text. It needs no script."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from stories.core import named_lists
from stories.models import Story
from stories.models.story import SLUG_LETTERS
from stories.reading import story_queries
from stories.reading.filters import StoryFilter

# In the letters of an address: most words of twelve have others.
_ADDRESS = re.compile(f"(?:^|/)([{SLUG_LETTERS}]{{12}})(?:[/?#]|$)")
# What the button sends that looks for a story, under the field's own name.
FIND = "?"
# As many as somebody compares.
_MOST = 6


class StoryWidget(forms.Widget):
    """The stories that are chosen or were found, and a line to find others by, all under one name."""

    template_name = "moderation/forms/stories.html"
    kind = "checkbox"
    words = ""
    found: Sequence[str] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> list[str]:
        given = data.getlist(name) if isinstance(data, MultiValueDict) else [data.get(name, "")]
        lines = [line.strip() for each in given for line in each.splitlines() if line.strip()]
        # Several addresses may stand in one line.
        return [each for line in lines for each in (line.split() if all(map(_slug, line.split())) else [line])]

    def format_value(self, value: Any) -> list[str]:
        given = value.split() if isinstance(value, str) else value or []
        return [slug for each in given if (slug := _slug(each))]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = self.format_value(value)
        rows = {story.slug: story for story in _live().filter(slug__in=[*chosen, *self.found])}
        slugs = dict.fromkeys([*chosen, *self.found])
        stories = [
            {"address": f"/stories/{slug}/", "story": rows.get(slug), "is_chosen": slug in chosen} for slug in slugs
        ]
        # What found something stands over it, and not in the box: sent again, it would be looked for again.
        sought, words = (self.words, "") if self.found else ("", self.words)
        more = {"stories": stories, "kind": self.kind, "words": words, "sought": sought, "find": FIND}
        return super().get_context(name, value, attrs) | more

    def id_for_label(self, id_: str) -> str:
        return id_


class StoriesField(forms.Field):
    """Gives the slugs that were ticked or typed as addresses, in order; other words are looked for, and come back."""

    widget = StoryWidget
    default_error_messages = {
        "look": _("Look at what was found, and tick what you mean."),
        "no_words": _("Type words of the story, or its address."),
        "nothing": _("No story on the site has these words. Try others, or its address."),
    }

    def __init__(self, *, takes_one: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.widget.kind = "radio" if takes_one else "checkbox"

    def clean(self, value: list[str] | None) -> list[str]:
        given = {each: _slug(each) for each in value or []}
        words = " ".join(each for each, slug in given.items() if not slug and each != FIND)
        slugs = sorted({slug for slug in given.values() if slug})
        if words or FIND in given:
            self.widget.words, self.widget.found = words, found_by_words(words)
            name = "look" if self.widget.found else "nothing" if words else "no_words"
            raise forms.ValidationError(self.error_messages[name], code=name)
        self.validate(slugs)
        return slugs


class StoryFinding:
    """Stands before a form with such a field: while somebody looks for a story, it asks for nothing else."""

    def full_clean(self: Any) -> None:
        super().full_clean()  # type: ignore[misc]
        for name, field in self.fields.items():
            if isinstance(field, StoriesField) and self.is_bound and FIND in self[name].data:
                self._errors = ErrorDict({name: self._errors[name]})


def _slug(typed: str) -> str:
    found = _ADDRESS.search(typed.lower())
    return found[1] if found else ""


def found_by_words(words: str) -> list[str]:
    """The slugs of live stories with these words, as the site's own search finds them."""
    wanted = StoryFilter(named_lists.get_named_lists(), q=words)
    return [story.slug for story in story_queries.find_page(wanted, size=_MOST).stories] if words else []


def _live() -> QuerySet[Story]:
    return Story.live.select_related("force")
