"""The first page."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from campaign import fixed_pages
from campaign.blocks.asks import open_actions_for
from campaign.editing import EditorsPageForm
from campaign.models.pages import REASON, EditorsPage
from stories.figures import counts
from stories.reading import ask_progress, story_queries


class HomePageForm(EditorsPageForm):
    """With the figures there are today: a field of the table can't ask for them."""

    named_figure = forms.ChoiceField(
        label=_("figure of the stories"),
        required=False,
        choices=lambda: [("", _("None")), *counts.figure_choices()],
        help_text=_("Its number is filled in and changes by itself; nobody types one."),
    )


class HomePage(EditorsPage):
    """The first page: one question, three ways in, the newest story, one figure."""

    question = models.CharField(_("question"), max_length=120, default="What happened when you told the police?")
    intro = models.TextField(_("introduction"), blank=True)
    tell_words = models.CharField(_("words under Tell"), max_length=120, blank=True)
    read_words = models.CharField(_("words under Read"), max_length=120, blank=True)
    learn_words = models.CharField(_("words under Learn"), max_length=120, blank=True)
    learn_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where Learn leads")
    )
    ask = models.ForeignKey(
        "campaign.Ask",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ask of the moment"),
        help_text=_("Shown until it is done or refused; after that, nothing stands in its place."),
    )
    named_figure = models.CharField(_("figure of the stories"), max_length=100, blank=True)
    figure = models.CharField(
        _("official figure"),
        max_length=250,
        blank=True,
        help_text=_("One sentence, from a source that the page below names. Leave it empty to show none."),
    )
    figure_caution = models.CharField(
        _("its caution"), max_length=250, blank=True, help_text=_("What the figure doesn't say. A figure needs one.")
    )
    figure_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where its source is told")
    )

    base_form_class = HomePageForm
    # The name of a figure, picked from a list.
    may_hold = (*EditorsPage.may_hold, "named_figure")
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        *("campaign.ContentPage", "campaign.NewsIndexPage", "campaign.ActionPage", "campaign.LearningIndexPage"),
    ]
    template = "campaign/home_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("tell_words"), FieldPanel("read_words"), FieldPanel("learn_words"), FieldPanel("learn_page")],
            heading=_("Three ways in"),
        ),
        FieldPanel("ask"),
        MultiFieldPanel(
            [
                FieldPanel("named_figure"),
                FieldPanel("figure"),
                FieldPanel("figure_caution"),
                FieldPanel("figure_page"),
            ],
            heading=_("Figures"),
        ),
        REASON,
    ]

    class Meta:
        verbose_name = _("home page")

    def clean(self) -> None:
        """No figure stands without its caution and its source."""
        super().clean()
        if self.figure and not self.figure_caution:
            raise ValidationError({"figure_caution": _("Say what the figure doesn't say.")})
        if self.figure and not self.figure_page:
            raise ValidationError({"figure_page": _("Choose the page that names its source.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["ask"] = ask_progress.asked_now(self.ask.slug) if self.ask else None
        context["actions"] = open_actions_for(self.ask.slug) if self.ask else []
        context["named_figure"] = counts.named_figure(self.named_figure) if self.named_figure else None
        context["opening"] = next(iter(story_queries.newest_openings(1)), None)
        context["learn_url"] = fixed_pages.address_if_live(self.learn_page)
        context["figure_url"] = fixed_pages.address_if_live(self.figure_page)
        return context

    def facts_for_machines(self) -> dict[str, Any]:
        return {"@type": "WebSite", "potentialAction": _search_action()}


def _search_action() -> dict[str, Any]:
    """The search box, in the words of schema.org."""
    place = {"@type": "EntryPoint", "urlTemplate": f"{settings.BASE_URL}/search/?q={{words}}"}
    return {"@type": "SearchAction", "target": place, "query-input": "required name=words"}
