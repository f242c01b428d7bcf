"""The block that shows what the law was on a day that the reader names."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from campaign.law import choosing, in_force
from stories import lifecycle


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
        choice = choosing.read(request.GET if request else {}, lifecycle.today())
        places = in_force.by_place(choice.first, choice.last, where=choice.where)
        nations = [(slug, name, slug == choice.where) for slug, name in in_force.PLACES.items()]
        return context | {"choice": choice, "nations": nations, "places": places}
