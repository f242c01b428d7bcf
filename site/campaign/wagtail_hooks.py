"""The campaign's part of Wagtail's admin: help lines, stories to quote, redirects, and pages that have to stay."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from campaign import checking, fixed_pages
from campaign.holding_back import HeldBack
from campaign.models import HelpLine
from campaign.models.pages import EditorsPage
from campaign.publishing_many import PublishLookedAt
from campaign.redirecting import screens
from campaign.story_chooser import NAME, QuotableStories


class HelpLines(SnippetViewSet):
    """The help lines, with when each was last checked."""

    model = HelpLine
    icon = "help"
    menu_label = _("Help lines")
    menu_order = 250
    add_to_admin_menu = True
    list_display = [
        "name",
        "phone",
        Column("audience", label=_("For whom"), accessor="get_audience_display", sort_key="audience"),
        "hours_text",
        Column("last_checked", label=_("Last checked"), accessor=checking.in_words, sort_key="last_checked"),
    ]
    list_filter = ["audience", "region"]
    ordering = ["order", "name"]


register_snippet(HelpLines)


@hooks.register("register_admin_viewset")
def let_stories_be_quoted() -> ViewSet:
    return QuotableStories(NAME, url_prefix="stories-to-quote")


# Before Wagtail's own of the same addresses: the first one answers.
@hooks.register("register_admin_urls", order=-1)
def let_addresses_lead_on() -> list[URLPattern]:
    return screens.urlpatterns()


class ChecksOfTheWords(ContentCheckerItem):
    """Wagtail's checks, of what an editor can mend: what stands around a page isn't theirs."""

    axe_include: list[str] = ["main"]


@hooks.register("construct_wagtail_userbar")
def check_the_words(request: HttpRequest, items: list[BaseItem], page: Page) -> None:
    items[:] = [ChecksOfTheWords()]


class LinesToCheck(Component):
    """On the first screen of whoever may change help lines: those that nobody has checked for 90 days."""

    order = 40
    template_name = "campaign/admin/lines_to_check.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"lines": checking.due(timezone.localdate())}


@hooks.register("construct_homepage_panels", order=100)
def ask_to_check_help_lines(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("campaign.change_helpline"):
        panels.append(LinesToCheck())


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def keep_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page])


@hooks.register("before_move_page")
def keep_page_in_its_place(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return _refuse(request, [page])


@hooks.register("before_bulk_action")
def keep_pages(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    if action_type not in ("delete", "unpublish", "move"):
        return None
    return _refuse(request, [item for item in objects if isinstance(item, Page)])


# After Wagtail's own of that name, whose place it takes.
hooks.register("register_bulk_action", PublishLookedAt, order=100)


@hooks.register("before_edit_page")
def say_why_its_day_has_passed(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens a page that the clock couldn't make public."""
    missed = request.method == "GET" and isinstance(page, EditorsPage) and page.missed_its_day()
    if missed and (reason := page.why_not_public()):
        messages.warning(request, HeldBack(page, reason).reason)


def _refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """Say why the first page that has to stay stays, and go back to the list it is in."""
    for page in pages:
        if reason := fixed_pages.why_not_remove(page):
            messages.error(request, reason)
            parent = page.get_parent() or page
            return redirect("wagtailadmin_explore", parent.pk)
    return None
