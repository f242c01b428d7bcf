"""The campaign's part of Wagtail's admin: rows beside the pages, stories to quote, and pages that stay."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Q, QuerySet
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, re_path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import Truncator, capfirst
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column, LiveStatusTagColumn
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.home import LockedPagesPanel
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageSubscription
from wagtail.permission_policies.base import ModelPermissionPolicy
from wagtail.permissions import page_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CopyView, EditView, IndexView, SnippetViewSet, SnippetViewSetGroup

from campaign import checking, fixed_pages, redirects, rich_text
from campaign.blocks.stories import CHOOSE, WINDOWS, QuotableStories
from campaign.editing import HeldBack, why_not_move
from campaign.models import Addressee, Ask, Brand, Exit, HelpLine, Menu, Offence
from campaign.models.pages import EditorsPage
from campaign.quotes import quoting_pages, story_quotes
from stories.core import lifecycle
from stories.reading import ask_progress


class CopyToBeginWith(CopyView):
    """The form of a new row, filled in, which goes where new rows go: sent back here, it would overwrite this one."""

    http_method_names = ["get", "head", "options"]


class LiveEditView(EditView):
    """The form of a row that readers see once it is saved: by a press, and never over a change that it didn't show."""

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().setup(request, *args, **kwargs)
        # Half a telephone number would be public.
        self.autosave_enabled = False

    def is_valid(self, form: object) -> bool:
        """Refuse an edit conflict; what was typed stays in the form, which carries the newer version from then on."""
        if self.is_out_of_date:
            self.produced_error_message = (
                "Somebody saved this meanwhile, and the history shows what. Yours is still in the form: save again to "
                "put it in place of that, or leave the page."
            )
            return False
        return bool(super().is_valid(form))


def ask_promise(ask: Ask) -> str:
    if ask.due is None:
        return ""
    day = date_format(ask.due, "j F Y")
    return f"Overdue: promised by {day}" if ask.due <= lifecycle.today() else day


class AskViewSet(SnippetViewSet):
    """Each ask with where it stands and what is late: these follow from its updates, so nothing sorts by them."""

    model = Ask
    copy_view_class = CopyToBeginWith
    icon = "comment"
    list_display = [
        "sentence",
        "addressee",
        Column("state", label="Where it stands", accessor=lambda ask: ask_progress.STATE_WORDS[ask.state]),
        Column("promise", label="Promised by", accessor=ask_promise),
        LiveStatusTagColumn(),
    ]
    list_filter = ["addressee", "live"]
    search_fields = ["sentence"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ask]:
        return Ask.objects.select_related("addressee").prefetch_related("updates")


class AsksViewSetGroup(SnippetViewSetGroup):
    items = (
        AskViewSet,
        SnippetViewSet(
            model=Addressee,
            copy_view_class=CopyToBeginWith,
            icon="group",
            list_display=["name", "kind"],
            list_filter=["kind"],
        ),
    )
    menu_label = "Asks"
    menu_icon = "comment"
    menu_order = 240


def last_checked(row: HelpLine | Offence) -> str:
    if row.last_checked is None:
        return "Not yet"
    if getattr(row, "is_as_laid", False):
        return "Check before you open"
    day = date_format(row.last_checked, "j F Y")
    return f"Check again: last done {day}" if row.is_due(timezone.localdate()) else day


_LAST_CHECKED = Column("last_checked", label="Last checked", accessor=last_checked, sort_key="last_checked")


class HelpLinesView(IndexView):
    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        check = HeaderButton("Check many at once", url=reverse("check_help_lines"), icon_name="check")
        return [*super().header_buttons, check]


class CheckedViewSet(SnippetViewSet):
    """Rows that are public once they are saved, with when each was last checked."""

    copy_view_class = CopyToBeginWith
    edit_view_class = LiveEditView
    add_to_admin_menu = True
    ordering = ["order", "name"]


class OneRowPolicy(ModelPermissionPolicy):
    """A setting has one row, which is changed, and neither added nor deleted."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        return action not in ("add", "delete") and bool(super().user_has_permission(user, action))


class SettingIndexView(IndexView):
    """The way to the one row there is."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        setting = self.model.load()
        if setting.latest_revision_id is None:
            # What the site began with can be put back too.
            setting.save_revision(clean=False, log_action="wagtail.create")
        return redirect(self.get_edit_url(setting))


class SettingViewSet(SnippetViewSet):
    """A setting of the site, with Wagtail's history: an earlier version is looked at in the form, and saved again."""

    index_view_class = SettingIndexView
    edit_view_class = LiveEditView
    copy_view_enabled = False
    add_to_settings_menu = True

    @property
    def permission_policy(self) -> OneRowPolicy:
        return OneRowPolicy(self.model)


_LINE = ("name", "phone", "audience", "hours_text", BooleanColumn("shows", label="Shown", sort_key="shows"))
_LAW = ("name", "stands", "jurisdiction", "since", "until")
for viewset in (
    partial(
        CheckedViewSet,
        model=HelpLine,
        index_view_class=HelpLinesView,
        icon="help",
        menu_order=250,
        list_display=[*_LINE, _LAST_CHECKED],
        list_filter=["shows", "audience", "region"],
    ),
    partial(
        CheckedViewSet,
        model=Offence,
        icon="clipboard-list",
        menu_order=255,
        list_display=[*_LAW, _LAST_CHECKED],
        list_filter=["stands", "jurisdiction"],
    ),
    AsksViewSetGroup,
    partial(SettingViewSet, model=Brand, icon="tag", menu_label="Brand", menu_order=10),
    partial(SettingViewSet, model=Exit, icon="logout", menu_label="Exit", menu_order=20),
    partial(SettingViewSet, model=Menu, icon="list-ul", menu_label="Menu and footer", menu_order=30),
):
    register_snippet(viewset)


@hooks.register("register_admin_viewset")
def let_stories_be_quoted() -> list[ViewSet]:
    prefixes = {story_quotes.QUOTING: "stories-to-quote", story_quotes.TRAINING: "stories-for-training"}
    return [
        QuotableStories(WINDOWS[use], url_prefix=prefix, use=use, choose_one_text=CHOOSE[use])
        for use, prefix in prefixes.items()
    ]


@hooks.register("insert_editor_js")
def put_passages_in() -> str:
    return format_html('<script src="{}"></script>', static("js/passage.js"))


# Before Wagtail's own of the same addresses: the first one answers. Redirects are left by pages alone.
@hooks.register("register_admin_urls", order=-1)
def leave_redirects_to_pages() -> list[URLPattern]:
    return [re_path("^redirects/", redirects.no_screen, name="redirects")]


@hooks.register("register_admin_urls")
def check_help_lines_at_once() -> list[URLPattern]:
    return [path("help-lines/check/", checking.check_help_lines, name="check_help_lines")]


class ChecksOfTheWords(ContentCheckerItem):
    """Wagtail's checks, of what an editor can mend: what stands around a page isn't theirs."""

    axe_include: list[str] = ["main"]


@hooks.register("construct_settings_menu")
def leave_out_redirects(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != "redirects"]


@hooks.register("construct_wagtail_userbar")
def check_the_words(request: HttpRequest, items: list[BaseItem], page: Page) -> None:
    items[:] = [ChecksOfTheWords()]


# What the first screen asks for where nobody has checked the rows of a kind for long.
_TO_CHECK: dict[type[HelpLine | Offence], str] = {
    HelpLine: "Call the number or open the website, then put today’s date in.",
    Offence: "Read the Act again, then put today’s date and your office in.",
}


class ToCheck(Component):
    """On the first screen of whoever may change them: the rows of one kind that nobody has checked for long."""

    template_name = "campaign/admin/to_check.html"

    def __init__(self, model: type[HelpLine | Offence], order: int) -> None:
        self.model, self.order = model, order

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        edit = self.model.snippet_viewset.get_url_name("edit")  # type: ignore[attr-defined]
        rows = [(row, reverse(edit, args=[row.pk])) for row in self.model.due(timezone.localdate())]
        asked = f"Nobody has checked these for {self.model.checked_for.days} days. {_TO_CHECK[self.model]}"
        heading = f"{capfirst(self.model._meta.verbose_name_plural)} to check"
        name = f"{self.model._meta.model_name}-to-check"
        many_at_once = reverse("check_help_lines") if self.model is HelpLine else ""
        return {"heading": heading, "what_to_do": asked, "rows": rows, "id": name, "many_at_once": many_at_once}


@dataclass(frozen=True)
class LinesPanel(Component):
    """On the first screen of whoever may change pages: lines of an address, a title and a note, if there are any."""

    id: str
    heading: str
    order: int
    lines: Callable[[], Iterable[tuple[str, str, str]]]
    explains: str = ""
    template_name: ClassVar[str] = "campaign/admin/listed.html"

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        return vars(self) | {"lines": list(self.lines())}


def _pages_in_work() -> Iterator[tuple[str, str, str]]:
    open_comments = Count(COMMENTS_RELATION_NAME, filter=Q(**{f"{COMMENTS_RELATION_NAME}__resolved_at": None}))
    pages = Page.objects.annotate(comments=open_comments).filter(Q(locked=True) | Q(comments__gt=0))
    for page in pages.select_related("locked_by").order_by("title"):
        note = f", locked by {page.locked_by or 'the site'}" if page.locked else ""
        if page.comments:
            note += ngettext(", %d open comment", ", %d open comments", page.comments) % page.comments
        yield reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title(), note


_GAPS = (
    "A story was taken down or changed, or its contributor took the permission back. Each page reads on without the "
    "passage. Choose another, or take it out."
)
_FOR_EDITORS = (
    LinesPanel("quote-gaps", "Passages that are shown no more", 45, quoting_pages.quote_gaps, _GAPS),
    LinesPanel("pages-in-work", "Pages in work", 230, _pages_in_work),
)


@receiver(pre_save, sender=PageSubscription)
def follow_comments(instance: PageSubscription, **kwargs: object) -> None:
    """Whoever opens a page to change it hears of its comments, until they say otherwise there."""
    if instance.pk is None:
        instance.comment_notifications = True


@hooks.register("construct_homepage_panels", order=100)
def show_what_to_mend(request: HttpRequest, panels: list[Component]) -> None:
    for order, model in enumerate(_TO_CHECK, start=40):
        if request.user.has_perm(f"campaign.change_{model._meta.model_name}"):
            panels.append(ToCheck(model, order))
    if page_permission_policy.user_has_permission(request.user, "change"):
        panels[:] = [panel for panel in panels if type(panel) is not LockedPagesPanel]
        panels += _FOR_EDITORS


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def warn_of_what_to_mend(request: HttpRequest, page: object) -> None:
    """Tell whoever opens it that a passage of a story has left it, and why its day passed and it isn't public."""
    if request.method == "GET" and isinstance(page, Page | Ask) and (many := quoting_pages.gaps_on(page)):
        messages.warning(request, quoting_pages.gaps_in_words(many))
    if request.method == "GET" and isinstance(page, EditorsPage) and page.has_unpublished_changes:
        has_passed = page.go_live_at and page.go_live_at <= timezone.now()
        if has_passed and (reason := page.why_not_public()):
            messages.warning(request, HeldBack(page, reason).reason)


@hooks.register("before_unpublish_page")
@hooks.register("before_move_page")
def keep_page_in_its_place(request: HttpRequest, page: Page, destination: Page | None = None) -> HttpResponse | None:
    return _refuse(request, [page], to=destination)


@hooks.register("before_delete_page")
def keep_what_was_public(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, [page]) or _refuse_to_delete(request, [page.specific])


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


@hooks.register("before_delete_snippet")
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
            title = Truncator(str(each)).chars(80)
            return f"“{title}” stays, so that it can come back as it was. {instead} An administrator can delete it."
    return None


def _instead(row: object) -> str:
    if isinstance(row, EditorsPage | Ask):
        return "Unpublish it instead." if row.live or row.first_published_at else ""
    if isinstance(row, Offence):
        return "Put it with the lawyer instead: then it is shown nowhere."
    if isinstance(row, HelpLine):
        return "Take its tick at “Shown” away instead."
    return ""


class PublishLookedAt(PublishBulkAction):
    """As Wagtail's own, which looks while it publishes; what was found is remembered until then."""

    def prepare_action(self, objects: Iterable[Page], objects_without_access: object) -> None:
        """Raise `HeldBack` at the first page that can't be public."""
        with_those_below = self.cleaned_form.cleaned_data["include_descendants"]
        for page in objects:
            below = page.get_descendants().not_live() if with_those_below else ()
            for each in (page, *below):
                version = each.get_latest_revision_as_object()
                if isinstance(version, EditorsPage):
                    version.refuse_what_is_held_back()


@hooks.register("register_rich_text_features")
def _mark_english(features: FeatureRegistry) -> None:
    """Let editors mark English words on a page in another language: a screen reader then says them as English."""
    style = {"type": "ENGLISH", "label": "En", "description": "English words", "style": {"borderBottom": "1px dotted"}}
    features.register_editor_plugin("draftail", "english", InlineStyleFeature(style))
    rules = {
        "from_database_format": {f'span[lang="{rich_text.ENGLISH["lang"]}"]': InlineStyleElementHandler("ENGLISH")},
        "to_database_format": {"style_map": {"ENGLISH": {"element": "span", "props": rich_text.ENGLISH}}},
    }
    features.register_converter_rule("contentstate", "english", rules)


# After Wagtail's own of that name, whose place it takes.
hooks.register("register_bulk_action", PublishLookedAt, order=100)
