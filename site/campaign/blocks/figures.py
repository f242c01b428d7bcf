"""Blocks that show numbers, of which an editor picks the name and never types the number."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from stories.public import transparency
from stories.public.figures import counts


class FiguresBlock(blocks.StaticBlock):
    """How the work goes, quarter by quarter; the numbers come from what was released, and nobody types one."""

    class Meta:
        icon = "table"
        label = _("Figures of our work")
        admin_text = _("The figures of the last four quarters. They make themselves; each quarter stays as it was.")
        template = "campaign/blocks/figures.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["quarters"] = transparency.shown()
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
