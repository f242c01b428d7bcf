"""The block that quotes a story: it holds the story and the exact passage, and asks at each showing whether it may."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from campaign import story_quotes
from campaign.story_chooser import QuotableStoryChooser


class QuotableStoryBlock(blocks.FieldBlock):
    """A story that may be quoted, kept by its public address: whoever looks for that finds the page."""

    def __init__(self, required: bool = True, help_text: Any = None, **options: Any) -> None:
        self._required, self._help_text = required, help_text
        super().__init__(**options)

    @cached_property
    def field(self) -> forms.Field:
        return forms.CharField(required=self._required, help_text=self._help_text, widget=QuotableStoryChooser())

    def get_form_state(self, value: Any) -> Any:
        return self.field.widget.get_value_data(value)

    class Meta:
        icon = "openquote"
        default = ""


class StoryQuoteBlock(blocks.StructBlock):
    """A passage of a story. Nothing of it is shown once the story is down or may not be quoted."""

    story = QuotableStoryBlock(
        label=gettext_lazy("Story"), help_text=gettext_lazy("Only stories whose contributors allow quoting are listed.")
    )
    passage = blocks.TextBlock(
        label=gettext_lazy("Exact passage"),
        rows=3,
        help_text=gettext_lazy("Copy it from the story’s page, whole words, nothing left out and nothing put in."),
    )

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Passage of a story")
        template = "campaign/blocks/story_quote.html"
        description = gettext_lazy("Somebody’s own words, with a link to their story.")

    def clean(self, value: Any) -> Any:
        """Refuse what may not be quoted, and words that are not the story's."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := _why_not(cleaned["story"], cleaned["passage"])):
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        story = story_quotes.find(value.get("story") or "")
        context["story"] = story if story and story_quotes.holds(story, value.get("passage") or "") else None
        return context


def _why_not(slug: str, passage: str) -> dict[str, ValidationError]:
    story = story_quotes.find(slug)
    if story is None:
        said = _("This story isn’t public, or its contributor doesn’t allow quoting. Choose another, or take this out.")
        return {"story": ValidationError(said)}
    if not story_quotes.holds(story, passage):
        said = _("The story doesn’t say exactly this. Copy the passage from its page, whole words from first to last.")
        return {"passage": ValidationError(said)}
    return {}
