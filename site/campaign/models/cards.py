"""The officers' card: one page, for the first hour of a report, to read on a phone or to print on A5 or A4."""

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from campaign import fixed_pages
from campaign.blocks.card import CardBody
from campaign.law import choosing, in_force
from campaign.models.pages import REASON, EditorsPage
from stories import lifecycle


class OfficersCardPage(EditorsPage):
    """What to do in the first hour, with the offences in force today: exactly one side of paper."""

    intro = models.CharField(
        _("introduction"), max_length=200, blank=True, help_text=_("Under the title, on paper too: keep it short.")
    )
    body = StreamField(CardBody(), verbose_name=_("card"))

    max_count = 1
    parent_page_types = ["campaign.ContentPage"]
    subpage_types: list[str] = []
    template = "campaign/officers_card.html"
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body"), REASON]

    class Meta:
        verbose_name = _("officers’ card")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        where = choosing.NATIONS.get(request.GET.get("nation", ""), "")
        paper = request.GET.get("paper", "")
        today = lifecycle.today()
        places = in_force.by_place(today, today, where=where)
        return context | {
            "where": where,
            "address": f"{settings.BASE_URL}{fixed_pages.address(self)}",
            "paper": paper if paper in choosing.PAPERS else "",
            "nations": [(slug, name, slug == where) for slug, name in in_force.PLACES.items()],
            "checked": in_force.in_words(in_force.checked_last(places)),
            "checkers": "; ".join(in_force.checkers(places)),
        }
