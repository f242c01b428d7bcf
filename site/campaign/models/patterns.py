"""Patterns: each something that happens again, from what people say of it to what a reader can do about it."""

from collections.abc import Mapping, Sequence

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.blocks import StreamBlock
from wagtail.fields import StreamField

from campaign import fixed_pages
from campaign.blocks.body import open_actions_for
from campaign.blocks.stories import StoryQuoteBlock
from campaign.editing import FIELDS
from campaign.models.actions import ActionPage
from campaign.models.asks import Ask
from campaign.models.law import Offence
from campaign.models.learning import LearningPage
from campaign.models.pages import REASON, EditorsPage, IndexPage
from campaign.quotes import story_quotes
from campaign.quotes.story_quotes import QUOTING, Passage
from stories.core import named_lists
from stories.models import Theme
from stories.reading import ask_progress, offences, patterns, responses, story_facts, story_queries
from stories.reading.offences import PublicOffence
from stories.reading.patterns import PublicPattern

# So many passages under each demand: on the page of all of them, and on that of one pattern.
_UNDER_A_DEMAND, _IN_A_PATTERN, _DONE_WELL = 3, 1, 3


class PatternIndexPage(IndexPage):
    """Every pattern in the editors' order, and what people say should change."""

    subpage_types = ["campaign.PatternPage"]
    template = "campaign/pattern_index_page.html"

    class Meta:
        verbose_name = _("patterns")

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        names = named_lists.get_named_lists()
        found = [(pattern, pattern.wanted(names)) for pattern in patterns.get_patterns()]
        return {
            "patterns": [(pattern, wanted.count(), wanted.url()) for pattern, wanted in found],
            "demands": patterns.demands_of(names, most=_UNDER_A_DEMAND),
        }


class PatternPage(EditorsPage):
    """One pattern. What is missing leaves no gap: every other part is whole without it."""

    sentence = models.CharField(max_length=110, **FIELDS["PatternPage.sentence"])
    themes = ParentalManyToManyField(Theme, related_name="+", **FIELDS["PatternPage.themes"])
    passages = StreamField(
        StreamBlock([("story_quote", StoryQuoteBlock())], max_num=7), blank=True, **FIELDS["PatternPage.passages"]
    )
    offences = ParentalManyToManyField(Offence, blank=True, related_name="+", **FIELDS["PatternPage.offences"])
    guidance = models.TextField(max_length=600, blank=True, **FIELDS["PatternPage.guidance"])
    ask = models.ForeignKey(Ask, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ask"))
    session = models.ForeignKey(
        LearningPage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("session for trainers")
    )
    action = models.ForeignKey(
        ActionPage, models.SET_NULL, null=True, blank=True, related_name="+", **FIELDS["PatternPage.action"]
    )

    words_in = ("sentence", "guidance")
    parent_page_types = ["campaign.PatternIndexPage"]
    subpage_types: list[str] = []
    template = "campaign/pattern_page.html"
    content_panels = [
        *(TitleFieldPanel("title", **FIELDS["PatternPage.title"]), "sentence"),
        *(FieldPanel("themes", widget=forms.CheckboxSelectMultiple), "passages"),
        MultiFieldPanel(
            [FieldPanel("offences", widget=forms.CheckboxSelectMultiple), "guidance"], heading=_("What the law says")
        ),
        MultiFieldPanel(["ask", "session", "action"], heading=_("What can be done")),
        REASON,
    ]

    class Meta:
        verbose_name = _("pattern")

    def shown(self) -> list[Passage]:
        values = [block.value for block in self.passages]
        return [each for each in story_quotes.passages_of(values, use=QUOTING) if each]

    def row(self, shown: Sequence[Passage]) -> dict[str, object]:
        """It in the shape of `stories.reading.patterns.PublicPattern`, as JSON."""
        return {
            **{"slug": self.slug, "title": self.title, "sentence": self.sentence},
            "themes": [theme.pk for theme in self.themes.all()],
            "ask": self.ask.slug if self.ask else "",
            "passages": [[passage.story.slug, passage.words] for passage in shown],
        }

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        names, shown = named_lists.get_named_lists(), self.shown()
        pattern = patterns.pattern_of_row(self.row(shown))
        wanted, well = pattern.wanted(names), pattern.wanted(names, says="well")
        demands = patterns.demands_of(names, pattern=pattern, most=_IN_A_PATTERN)
        asks = dict.fromkeys(ask for ask in (pattern.its_ask, *(each.ask for each in demands)) if ask)
        law = [each for each in offences.all_offences() if each.slug in {row.slug for row in self.offences.all()}]
        return {
            "pattern": pattern,
            "passages": [_told(passage, law, names) for passage in shown],
            "count": wanted.count(),
            "stories_url": wanted.url(),
            "feed_url": wanted.url("/stories.atom"),
            "csv_url": wanted.url("/stories.csv"),
            "dots": story_queries.dots_of(wanted.matching()).values(),
            "law": law,
            "well": patterns.said_in({"": well.matching()}, "well", names, most=_DONE_WELL)[""],
            "well_count": well.count(),
            "well_url": well.url(),
            "demands": demands,
            "board": ask_progress.scoreboard(asks),
            "answers": responses.answers_to_ask(pattern.ask, names),
            "actions": self._actions(pattern),
            "session_url": fixed_pages.address_if_live(self.session),
            "others": [other for other in patterns.get_patterns() if other.slug != self.slug],
        }

    def _actions(self, pattern: PublicPattern) -> list[dict[str, object]]:
        own = fixed_pages.address_if_live(self.action)
        found = [{"title": self.action.title, "url": own}] if self.action and own else []
        return [*found, *(each for each in open_actions_for(pattern.ask) if each["url"] != own)]


def _told(passage: Passage, law: Sequence[PublicOffence], names: named_lists.NamedLists) -> Mapping[str, object]:
    """A passage with its story's facts, and which of these offences were law there all through the year it tells of."""
    story = passage.story
    return {
        "words": passage.words,
        "url": story.get_absolute_url(),
        "title": story.title,
        "place": story_facts.place_words(story, names).words,
        "year": story_facts.year_of_story(story),
        "law": [each for each in law if each in offences.law_all_through(story.year, story.nation)],
    }
