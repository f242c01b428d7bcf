"""The campaign's part of Wagtail's admin: help lines, stories to quote, redirects, and pages that have to stay."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet

from campaign import fixed_pages, redirects, snippets
from campaign.blocks.stories import CHOOSE_FOR_TRAINING, NAME, TRAINING_NAME, QuotableStories
from campaign.editing import HeldBack, why_not_move
from campaign.models import Ask, HelpLine, Offence
from campaign.models.pages import EditorsPage
from campaign.quotes import quoting_pages, story_quotes

for viewset in snippets.REGISTERED:
    register_snippet(viewset)


@hooks.register("register_admin_viewset")
def let_stories_be_quoted() -> list[ViewSet]:
    training = {"use": story_quotes.TRAINING, "choose_one_text": CHOOSE_FOR_TRAINING}
    return [
        QuotableStories(NAME, url_prefix="stories-to-quote"),
        QuotableStories(TRAINING_NAME, url_prefix="stories-for-training", **training),
    ]


# Before Wagtail's own of the same addresses: the first one answers.
@hooks.register("register_admin_urls", order=-1)
def keep_redirects_safe() -> list[URLPattern]:
    return redirects.admin_urls()


class ChecksOfTheWords(ContentCheckerItem):
    """Wagtail's checks, of what an editor can mend: what stands around a page isn't theirs."""

    axe_include: list[str] = ["main"]


@hooks.register("construct_wagtail_userbar")
def check_the_words(request: HttpRequest, items: list[BaseItem], page: Page) -> None:
    items[:] = [ChecksOfTheWords()]


TO_CHECK: dict[type[HelpLine | Offence], tuple[Promise, Promise]] = {
    HelpLine: (
        _("Help lines to check"),
        _("Nobody has checked these for %(days)d days. Call the number or open the website, then put today’s date in."),
    ),
    Offence: (
        _("Offences to check"),
        _("Nobody has checked these for %(days)d days. Read the Act again, then put today’s date and your office in."),
    ),
}


@hooks.register("construct_homepage_panels", order=100)
def ask_to_check_again(request: HttpRequest, panels: list[Component]) -> None:
    for order, (model, told) in enumerate(TO_CHECK.items(), start=40):
        if request.user.has_perm(f"campaign.change_{model._meta.model_name}"):
            panels.append(snippets.ToCheck(model, order, *told))


class QuoteGaps(Component):
    """On the first screen of whoever may change pages: those that a passage of a story has left."""

    order = 45
    template_name = "campaign/admin/quote_gaps.html"

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        return {"gaps": quoting_pages.quote_gaps()}


@hooks.register("construct_homepage_panels", order=100)
def tell_of_passages_that_left(request: HttpRequest, panels: list[Component]) -> None:
    if page_permission_policy.user_has_permission(request.user, "change"):
        panels.append(QuoteGaps())


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def tell_of_passages_that_left_this_one(request: HttpRequest, page: object) -> None:
    if request.method == "GET" and isinstance(page, Page | Ask) and (many := quoting_pages.gaps_on(page)):
        messages.warning(request, quoting_pages.gaps_in_words(many))


@hooks.register("before_unpublish_page")
def keep_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page])


@hooks.register("before_delete_page")
def keep_what_was_public(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page]) or _refuse_to_delete(request, [page.specific])


@hooks.register("before_delete_snippet")
def keep_what_can_come_back(request: HttpRequest, instances: Iterable[object]) -> HttpResponse | None:
    return _refuse_to_delete(request, instances)


@hooks.register("before_move_page")
def keep_page_in_its_place(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return _refuse(request, [page], to=destination)


@hooks.register("before_bulk_action")
def keep_pages(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: BulkAction
) -> HttpResponse | None:
    if action_type not in ("delete", "unpublish", "move"):
        return None
    to = action.cleaned_form.cleaned_data["chooser"] if action_type == "move" else None
    refused = _refuse(request, [item for item in objects if isinstance(item, Page)], to=to)
    rows = [item.specific if isinstance(item, Page) else item for item in objects if action_type == "delete"]
    return refused or _refuse_to_delete(request, rows)


@hooks.register("before_edit_page")
def say_why_its_day_has_passed(request: HttpRequest, page: Page) -> None:
    """Tell whoever opens a page that the clock couldn't make public."""
    missed = request.method == "GET" and isinstance(page, EditorsPage) and page.missed_its_day()
    if missed and (reason := page.why_not_public()):
        messages.warning(request, HeldBack(page, reason).reason)


def _refuse(request: HttpRequest, pages: list[Page], *, to: Page | None = None) -> HttpResponse | None:
    """Say why the first page that has to stay where it is does, and go back to the list it is in."""
    for page in pages:
        depth = to.depth + 1 if to else 0
        reason = fixed_pages.why_not_remove(page) or fixed_pages.why_not_at(page.slug, depth=depth)
        if reason := reason or (why_not_move(page, to) if to else None):
            messages.error(request, reason)
            parent = page.get_parent() or page
            return redirect("wagtailadmin_explore", parent.pk)
    return None


def _refuse_to_delete(request: HttpRequest, rows: Iterable[object]) -> HttpResponse | None:
    """Say why the first row that stays isn't deleted, on its own form."""
    for row in rows if not request.user.is_superuser else ():
        if reason := why_not_delete(row):
            messages.error(request, reason)
            return redirect(AdminURLFinder(request.user).get_edit_url(row) or reverse("wagtailadmin_home"))
    return None


def why_not_delete(row: object) -> str | None:
    """Say why a page, an ask, an offence or a help line isn't deleted, and what to do instead; or None.

    A draft that nobody ever saw may go. An administrator may delete the rest: words that should never have been
    public have to leave its versions too.
    """
    # A page takes every page below it along.
    for each in row.get_descendants(inclusive=True).specific() if isinstance(row, Page) else [row]:
        if instead := _instead(each):
            said = gettext(
                "“%(title)s” stays, so that it can come back as it was. %(instead)s An administrator can delete it."
            )
            return said % {"title": Truncator(str(each)).chars(80), "instead": instead}
    return None


def _instead(row: object) -> str:
    if isinstance(row, EditorsPage | Ask):
        return gettext("Unpublish it instead.") if row.live or row.first_published_at else ""
    if isinstance(row, Offence):
        return gettext("Put it with the lawyer instead: then it is shown nowhere.")
    if isinstance(row, HelpLine):
        return gettext("Take its tick at “Shown” away instead.")
    return ""


class PublishLookedAt(PublishBulkAction):
    """As Wagtail's own, which looks while it publishes; what was found is remembered until then."""

    def prepare_action(self, objects: Iterable[Page], objects_without_access: object) -> None:
        """Raise `HeldBack` at the first page that can't be public."""
        for page in self._published(objects):
            version = page.get_latest_revision_as_object()
            if isinstance(version, EditorsPage):
                version.refuse_what_is_held_back()

    def _published(self, objects: Iterable[Page]) -> Iterator[Page]:
        below = self.cleaned_form.cleaned_data["include_descendants"]
        for page in objects:
            yield page
            yield from page.get_descendants().not_live().iterator() if below else ()


# After Wagtail's own of that name, whose place it takes.
hooks.register("register_bulk_action", PublishLookedAt, order=100)
