"""The blocks that quote a story: each holds a story and the exact passage, and asks at each showing whether it may."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from campaign.quotes import story_quotes
from campaign.quotes.story_chooser import QuotableStoryChooser, TrainingStoryChooser


class QuotableStoryBlock(blocks.FieldBlock):
    """A story that may be quoted, kept by its public address: whoever looks for that finds the page."""

    widget_class = QuotableStoryChooser

    def __init__(self, required: bool = True, help_text: Any = None, **options: Any) -> None:
        self._required, self._help_text = required, help_text
        super().__init__(**options)

    @cached_property
    def field(self) -> forms.Field:
        return forms.CharField(required=self._required, help_text=self._help_text, widget=self.widget_class())

    def get_form_state(self, value: Any) -> Any:
        return self.field.widget.get_value_data(value)

    class Meta:
        icon = "openquote"
        default = ""


class TrainingStoryBlock(QuotableStoryBlock):
    """The same, of the stories that allow training."""

    widget_class = TrainingStoryChooser

    class Meta:
        icon = "openquote"
        default = ""


class StoryQuoteBlock(blocks.StructBlock):
    """A passage of a story. Nothing of it is shown once the story is down or may not be quoted."""

    use = story_quotes.QUOTING

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
        if not self.is_deferred_validation and (errors := self._why_not(**cleaned)):
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        [context["passage"]] = story_quotes.passages_of([value], use=self.use)
        return context

    def _why_not(self, story: str, passage: str) -> dict[str, ValidationError]:
        found = story_quotes.quotable_story(story, use=self.use)
        if found is None:
            return {"story": ValidationError(self.said_of_another())}
        if not story_quotes.holds_passage(found, passage):
            said = _(
                "The story doesn’t say exactly this. Copy the passage from its page, whole words from first to last."
            )
            return {"passage": ValidationError(said)}
        return {}

    def said_of_another(self) -> str:
        """What an editor hears of a story that may not be used so."""
        return _("This story isn’t public, or its contributor doesn’t allow quoting. Choose another, or take this out.")


class TrainingQuoteBlock(StoryQuoteBlock):
    """The same, for those who train police. Nothing of it is shown once the story is down or may not train anybody."""

    use = story_quotes.TRAINING

    story = TrainingStoryBlock(
        label=gettext_lazy("Story"),
        help_text=gettext_lazy("Only stories whose contributors allow training are listed."),
    )

    class Meta:
        icon = "openquote"
        label = gettext_lazy("Passage for training")
        template = "campaign/blocks/training_quote.html"
        description = gettext_lazy("Somebody’s own words, whose contributor allows them to train police.")

    def said_of_another(self) -> str:
        return _(
            "This story isn’t public, or its contributor doesn’t allow training. Choose another, or take this out."
        )
