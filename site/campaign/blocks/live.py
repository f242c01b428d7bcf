"""Blocks that fill themselves from what is kept elsewhere: help lines, the law, and figures that nobody types."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaign import help_lines, site_chrome
from campaign.law import choosing, in_force
from stories.core import lifecycle
from stories.figures import counts, transparency

AUDIENCES = [("all", _("Everybody")), ("adults", _("Adults")), ("under-18", _("Under 18s"))]


class HelpLinesBlock(blocks.StructBlock):
    """The help lines for somebody, with those that are open marked: a few in the open, the others folded by where."""

    audience = blocks.ChoiceBlock(choices=AUDIENCES, default="all", label=_("For whom"))

    class Meta:
        icon = "help"
        label = _("Help lines")
        template = "campaign/blocks/help_lines.html"
        description = _("Who answers, and who is open now. They come from the list of help lines.")
        preview_value = {"audience": "under-18"}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["shown"], context["folds"] = help_lines.help_lines_in_folds(site_chrome.lines_for(value["audience"]))
        return context


class LawBlock(blocks.StaticBlock):
    """A form for a day and a nation, and under it the offences of then and there; of today where nothing is asked."""

    class Meta:
        icon = "calendar-check"
        label = _("The law on any date")
        admin_text = _(
            "A form for a date and a nation, with the offences that are shown. They come from the list of offences."
        )
        template = "campaign/blocks/law.html"
        description = _("What was law on a day that the reader names, from the list of offences.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        request = (parent_context or {}).get("request")
        choice = choosing.law_choice(request.GET if request else {}, lifecycle.today())
        places = in_force.law_by_place(choice.first, choice.last, where=choice.where)
        nations = [(slug, name, slug == choice.where) for slug, name in in_force.PLACES.items()]
        return context | {"choice": choice, "nations": nations, "places": places}


class FiguresBlock(blocks.StaticBlock):
    """How the work goes, quarter by quarter; the numbers come from what was released, and nobody types one."""

    class Meta:
        icon = "table"
        label = _("Figures of our work")
        admin_text = _("The figures of the last four quarters. They make themselves; each quarter stays as it was.")
        template = "campaign/blocks/figures.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["quarters"] = transparency.shown_figures()
        return context


class NamedFigureBlock(blocks.StructBlock):
    """One figure of the published stories, as it stands on the day the page is read."""

    figure = blocks.ChoiceBlock(
        choices=counts.figure_choices,
        label=_("Which figure"),
        help_text=_("The number is filled in, and changes by itself. It links to the stories that it counts."),
    )

    class Meta:
        icon = "order"
        label = _("Figure")
        template = "campaign/blocks/figure.html"
        description = _("“Stories in Wales”, with its number of today and its caution.")
        preview_value = {"figure": "stories"}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        # None where a list lost what the figure is of: then the block shows nothing.
        context["figure"] = counts.named_figure(value.get("figure") or "")
        return context
