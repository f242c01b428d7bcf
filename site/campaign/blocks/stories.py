"""The blocks that quote a story: each holds a story and the exact passage, and asks at each showing whether it may."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import URLPattern, reverse
from django.utils.html import format_html_join
from wagtail import blocks
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks.struct_block import StructBlockValidationError

from campaign.blocks.words import WithContext, block_meta
from campaign.editing import LABELS
from campaign.quotes import story_quotes
from stories.models import Story

# For each use of a story: the name of the window that offers such stories, and the button that opens it.
WINDOWS = {story_quotes.QUOTING: "quotable_stories", story_quotes.TRAINING: "training_stories"}
CHOOSE = {story_quotes.QUOTING: "Choose a story", story_quotes.TRAINING: "Choose a story for training"}
_SLUG = re.compile(r"\b[0-9a-z]{12}\b")


class FindStory(BaseFilterForm):
    q = forms.CharField(
        label="Find a story",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Words of it, or the address of its page"}),
    )

    def filter(self, objects: QuerySet[Story]) -> QuerySet[Story]:
        words = self.cleaned_data["q"]
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.filter(Q(slug__in=_SLUG.findall(words)) | Q(title__icontains=words) | Q(text__icontains=words))


def consents_in_words(story: Story) -> str:
    allowed = ((story.may_quote, story_quotes.QUOTING), (story.may_train, story_quotes.TRAINING))
    return ", ".join(use for is_allowed, use in allowed if is_allowed)


class _QuotableOnly:
    """The common part of the list and its pages: each story with passages of it, and choosing one fills both fields."""

    filter_form_class = FindStory
    # Set by the viewset, as the list of stories is.
    chosen_url_name: str

    @property
    def columns(self) -> list[Column]:
        title = TitleColumn(
            "title", label="Story", get_url=self._address, link_attrs={"data-chooser-modal-choice": True}
        )
        month = Column("month", label="Published", accessor=lambda story: f"{story.month:%B %Y}" if story.month else "")
        consents = Column("consents", label="Its contributor allows", accessor=consents_in_words)
        return [title, Column("passages", label="Take a passage", accessor=self._passages), consents, month]

    def _address(self, story: Story) -> str:
        return reverse(self.chosen_url_name, args=[story.slug])

    def _passages(self, story: Story) -> str:
        address, offered = self._address(story), enumerate(story_quotes.offered_passages(story))
        link = '<p><a href="{}?passage={}" data-chooser-modal-choice>{}</a></p>'
        return format_html_join("", link, ((address, number, words) for number, words in offered))


class ChooseStory(_QuotableOnly, chooser.ChooseView):
    """The window, with its search field."""


class ChooseStoryResults(_QuotableOnly, chooser.ChooseResultsView):
    """The list in the window."""


class StoryChosen(chooser.ChosenView):
    """The chosen story. It looks for itself whether it may be: an address can be made up."""

    # Set by the viewset.
    use = story_quotes.QUOTING

    def get_object(self, pk: str) -> Story:
        return story_quotes.quotable_stories(self.use).get(slug=pk)

    def get_object_id(self, instance: Story) -> str:
        return instance.slug

    def get_edit_item_url(self, instance: Story) -> None:
        """Nobody changes a story from here."""

    def get_display_title(self, instance: Story) -> str:
        return story_quotes.title_with_consent(instance, self.use)

    def get_chosen_response_data(self, item: Story) -> dict[str, object]:
        """The story with the passage that was pressed, or the first; `passage.js` puts it in its field."""
        number, offered = self.request.GET.get("passage", ""), story_quotes.offered_passages(item)
        taken = offered[int(number) if number.isdecimal() and len(number) == 1 else 0 :][:1]
        return super().get_chosen_response_data(item) | {"passage": "".join(taken)}


class QuotableStories(ChooserViewSet):
    """Wagtail's chooser, without the doors by which it makes new rows or takes several."""

    model = Story
    use = story_quotes.QUOTING
    icon = "openquote"
    choose_another_text = "Choose another story"
    # No form of the admin gets this in place of its own field for a story.
    register_widget = False
    preserve_url_parameters: list[str] = []
    choose_view_class = ChooseStory
    choose_results_view_class = ChooseStoryResults
    chosen_view_class = StoryChosen

    def get_object_list(self) -> QuerySet[Story]:
        return story_quotes.quotable_stories(self.use)

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        found: dict[str, object] = super().get_common_view_kwargs(use=self.use, **kwargs)
        return found

    def get_urlpatterns(self) -> list[URLPattern]:
        return [each for each in super().get_urlpatterns() if each.name in ("choose", "choose_results", "chosen")]


class QuotableStoryChooser(BaseChooser):
    """The field in a page's form: it holds the public address of a story, and shows its title."""

    model = Story
    icon = QuotableStories.icon
    choose_another_text = QuotableStories.choose_another_text
    show_edit_link = False

    def __init__(self, use: str = story_quotes.QUOTING, **options: object) -> None:
        super().__init__(choose_one_text=CHOOSE[use], **options)
        self.use, self.chooser_modal_url_name = use, f"{WINDOWS[use]}:choose"

    def get_value_data(self, value: str | None) -> dict[str, object] | None:
        if not value:
            return None
        story = story_quotes.quotable_story(value, use=self.use)
        not_allowed = "A story that is not public, or may not be quoted"
        title = story_quotes.title_with_consent(story, self.use) if story else not_allowed
        return {"id": value, "edit_url": None, self.display_title_key: title}


class QuotableStoryBlock(blocks.FieldBlock):
    """A story that may be quoted, kept by its public address: whoever looks for that finds the page."""

    use = story_quotes.QUOTING

    def __init__(self, required: bool = True, help_text: object = None, **options: object) -> None:
        widget = QuotableStoryChooser(self.use)
        self.field = forms.CharField(required=required, help_text=str(help_text or ""), widget=widget)
        super().__init__(**options)

    def get_form_state(self, value: object) -> object:
        return self.field.widget.get_value_data(value)

    class Meta:
        icon = "openquote"
        default = ""


class TrainingStoryBlock(QuotableStoryBlock):
    """The same, of the stories that allow training."""

    use = story_quotes.TRAINING


class StoryQuoteBlock(WithContext, blocks.StructBlock):
    """A passage of a story. Nothing of it is shown once the story is down or may not be quoted."""

    use = story_quotes.QUOTING

    story = QuotableStoryBlock(**LABELS["StoryQuoteBlock.story"])
    passage = blocks.TextBlock(rows=3, **LABELS["StoryQuoteBlock.passage"])

    Meta = block_meta("story_quote")

    def clean(self, value: object) -> object:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := self._why_not(**cleaned)):
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def extra_context(self, value: blocks.StructValue, around: dict[str, object]) -> dict[str, object]:
        return {"passage": story_quotes.passages_of([value], use=self.use)[0]}

    def _why_not(self, story: str, passage: str) -> dict[str, ValidationError]:
        found = story_quotes.quotable_story(story, use=self.use)
        if found is None:
            said = f"This story isn’t public, or its contributor doesn’t allow {self.use}."
            return {"story": ValidationError(f"{said} Choose another, or take this out.")}
        said = "The story doesn’t say exactly this. Copy the passage from its page, whole words from first to last."
        return {} if story_quotes.holds_passage(found, passage) else {"passage": ValidationError(said)}


class TrainingQuoteBlock(StoryQuoteBlock):
    """The same, for those who train police. Nothing of it is shown once the story is down or may not train anybody."""

    use = story_quotes.TRAINING

    story = TrainingStoryBlock(**LABELS["TrainingQuoteBlock.story"])

    Meta = block_meta("training_quote")
