"""The block that shows help lines."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaign import furniture, help_lines

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
        context["shown"], context["folds"] = help_lines.in_folds(furniture.lines_for(value["audience"]))
        return context
