"""Sessions for trainers of police: fields and no free page, so that each has the same parts in the same order."""

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from campaign import site_chrome
from campaign.blocks import learning
from campaign.editing import FIELDS, SessionForm
from campaign.models.pages import REASON, EditorsPage, IndexPage
from campaign.quotes import story_quotes
from campaign.quotes.story_quotes import TRAINING
from stories.figures import counts


class LearningIndexPage(IndexPage):
    subpage_types = ["campaign.LearningPage"]
    template = "campaign/learning_index_page.html"

    class Meta:
        verbose_name = _("learning")

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        return {"packs": list(LearningPage.objects.live().child_of(self).order_by("path"))}


class LearningPage(EditorsPage):
    """One session of twenty minutes: notes for whoever leads it, and a sheet for the room."""

    aim = models.TextField(max_length=300, **FIELDS["LearningPage.aim"])
    for_whom = models.CharField(max_length=120, **FIELDS["LearningPage.for_whom"])
    plan = StreamField(learning.PlanBlock(), **FIELDS["LearningPage.plan"])
    notes = StreamField(learning.NOTES, **FIELDS["LearningPage.notes"])
    passages = StreamField(learning.PASSAGES, **FIELDS["LearningPage.passages"])
    questions = StreamField(learning.QUESTIONS, **FIELDS["LearningPage.questions"])
    figure = StreamField(learning.FIGURE, verbose_name=_("figure"))
    good = StreamField(learning.GOOD, **FIELDS["LearningPage.good"])
    wording = StreamField(learning.WORDING, verbose_name=_("what to say"))

    words_in = ("aim", "for_whom", "plan", "notes", "questions", "good", "wording")
    base_form_class = SessionForm
    parent_page_types = ["campaign.LearningIndexPage"]
    subpage_types: list[str] = []
    template = "campaign/learning_page.html"
    content_panels = [
        *(*Page.content_panels, "aim", "for_whom"),
        MultiFieldPanel(["plan", "notes"], heading=_("For the trainer")),
        MultiFieldPanel(["passages", "questions", "figure", "good", "wording"], heading=_("For the room")),
        REASON,
    ]

    class Meta:
        verbose_name = _("session for trainers")

    def minutes(self) -> int:
        return learning.minutes_of(self.plan)

    def why_not_public(self) -> str | None:
        """Say why this can't go public, or None: a session that lacks a part is none, whatever way it is published.

        Counts what is there alone: a passage that left a public page by itself mustn't stop a word from changing.
        """
        parts = [field for field in self._meta.concrete_fields if isinstance(field, StreamField)]
        short = [each for each in parts if len(getattr(self, each.name)) < (each.stream_block.meta.min_num or 1)]
        if short:
            names = ", ".join(str(field.verbose_name) for field in short)
            return gettext("Something is missing yet: %(parts)s.") % {"parts": names}
        return learning.why_not_a_session(self.plan) or super().why_not_public()

    def extra_context(self, request: HttpRequest) -> dict[str, object]:
        told, well = (
            [block.value for block in field if block.block_type == "training_quote"]
            for field in (self.passages, self.good)
        )
        # All of them are asked for at once.
        found = story_quotes.passages_of([*told, *well], use=TRAINING)
        return {
            "passages": [each for each in found[: len(told)] if each],
            "well": [each for each in found[len(told) :] if each],
            # None where a list lost what the figure is of: then no heading stands over nothing.
            "figure": next((counts.named_figure(block.value.get("figure") or "") for block in self.figure), None),
            "lines": site_chrome.lines_for("adults"),
            # What stands on paper leads somewhere only with its whole address.
            "site_address": settings.BASE_URL,
            # They stand in the page, and on its paper.
            "help_lines_shown": True,
        }
