"""The asks and the bodies that are asked, as editors find them in the admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from campaign.editing.copying import CopyToBeginWith
from campaign.models import Addressee, Ask
from stories import lifecycle
from stories.public import asks


def state_in_words(ask: Ask) -> str:
    """Where an ask stands, as readers are told it."""
    return str(asks.STATE_WORDS[ask.state])


def promise_in_words(ask: Ask) -> str:
    """By when it was promised, and whether that day has come; empty where no promise stands."""
    if ask.due is None:
        return ""
    day = date_format(ask.due, "j F Y")
    return _("Overdue: promised by %(day)s") % {"day": day} if ask.due <= lifecycle.today() else day


class Asks(SnippetViewSet):
    """Each with where it stands and what is late: these follow from its updates, so nothing sorts by them."""

    model = Ask
    copy_view_class = CopyToBeginWith
    icon = "comment"
    menu_label = gettext_lazy("Asks")
    list_display = [
        "sentence",
        "addressee",
        Column("state", label=gettext_lazy("Where it stands"), accessor=state_in_words),
        Column("promise", label=gettext_lazy("Promised by"), accessor=promise_in_words),
        LiveStatusTagColumn(),
    ]
    list_filter = ["addressee", "live"]
    search_fields = ["sentence"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ask]:
        return Ask.objects.select_related("addressee").prefetch_related("updates")


class Addressees(SnippetViewSet):
    """Of whom something is asked."""

    model = Addressee
    copy_view_class = CopyToBeginWith
    icon = "group"
    menu_label = gettext_lazy("Bodies that are asked")
    list_display = ["name", Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind")]
    list_filter = ["kind"]


class WhatWeAsk(SnippetViewSetGroup):
    """Both, in one place of the menu."""

    items = (Asks, Addressees)
    menu_label = gettext_lazy("Asks")
    menu_icon = "comment"
    menu_order = 240
