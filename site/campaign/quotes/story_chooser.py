"""Where editors choose a story: of the live ones those that may be used so, and no right over any of them."""

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from campaign.quotes import story_quotes
from stories.models import Story

NAME, TRAINING_NAME = "quotable_stories", "training_stories"
_SLUG = re.compile(r"\b[0-9a-z]{12}\b")


class FindStory(BaseFilterForm):
    """Words of the title or the text, or the address of the story's page."""

    q = forms.CharField(
        label=_("Find a story"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Words of it, or the address of its page")}),
    )

    def filter(self, objects: QuerySet[Story]) -> QuerySet[Story]:
        words = self.cleaned_data["q"]
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return objects.filter(Q(slug__in=_SLUG.findall(words)) | Q(title__icontains=words) | Q(text__icontains=words))


class _QuotableOnly:
    """What the list and its pages share."""

    filter_form_class = FindStory
    # Both are set by the viewset.
    use = story_quotes.QUOTING
    chosen_url_name: str

    def get_object_list(self) -> QuerySet[Story]:
        return story_quotes.quotable_stories(self.use)

    @property
    def columns(self) -> list[Column]:
        lines = Column("opening", label=_("How it begins"))
        return [self.title_column, lines, Column("month", label=_("Published"), accessor=_month)]

    @property
    def title_column(self) -> TitleColumn:
        return TitleColumn(
            "title",
            label=_("Title"),
            get_url=lambda story: reverse(self.chosen_url_name, args=[story.slug]),
            link_attrs={"data-chooser-modal-choice": True},
        )


class ChooseStory(_QuotableOnly, chooser.ChooseView):
    """The window, with its search field."""


class ChooseStoryResults(_QuotableOnly, chooser.ChooseResultsView):
    """The list in the window."""


class StoryChosen(chooser.ChosenView):
    """What was chosen. It looks for itself whether it may be: an address can be made up."""

    # Set by the viewset.
    use = story_quotes.QUOTING

    def get_object(self, pk: str) -> Story:
        story = story_quotes.quotable_story(pk, use=self.use)
        if story is None:
            raise Http404
        return story

    def get_object_id(self, instance: Story) -> str:
        return instance.slug

    def get_edit_item_url(self, instance: Story) -> None:
        """Nobody changes a story from here."""


class QuotableStories(ChooserViewSet):
    """Wagtail's chooser, without the doors by which it makes new rows or takes several."""

    model = Story
    use = story_quotes.QUOTING
    icon = "openquote"
    choose_one_text = _("Choose a story")
    choose_another_text = _("Choose another story")
    # No form of the admin gets this in place of its own field for a story.
    register_widget = False
    preserve_url_parameters: list[str] = []
    choose_view_class = ChooseStory
    choose_results_view_class = ChooseStoryResults
    chosen_view_class = StoryChosen

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_common_view_kwargs(use=self.use, **kwargs)
        return found

    def get_urlpatterns(self) -> list[URLPattern]:
        return [each for each in super().get_urlpatterns() if each.name in ("choose", "choose_results", "chosen")]


class TrainingStories(QuotableStories):
    """The same, of the stories whose contributors allow training."""

    use = story_quotes.TRAINING
    choose_one_text = _("Choose a story for training")


class QuotableStoryChooser(BaseChooser):
    """The field in a page's form: it holds the public address of a story, and shows its title."""

    use = story_quotes.QUOTING
    model = Story
    icon = QuotableStories.icon
    choose_one_text = QuotableStories.choose_one_text
    choose_another_text = QuotableStories.choose_another_text
    show_edit_link = False
    chooser_modal_url_name = f"{NAME}:choose"

    def get_value_data(self, value: str | None) -> dict[str, Any] | None:
        if not value:
            return None
        story = story_quotes.quotable_story(value, use=self.use)
        title = story.title if story else _("A story that is not public, or may not be quoted")
        return {"id": value, "edit_url": None, self.display_title_key: str(title)}


class TrainingStoryChooser(QuotableStoryChooser):
    """The same field, which offers stories for training alone."""

    use = story_quotes.TRAINING
    choose_one_text = TrainingStories.choose_one_text
    chooser_modal_url_name = f"{TRAINING_NAME}:choose"


def _month(story: Story) -> str:
    return f"{story.month:%B %Y}" if story.month else ""
