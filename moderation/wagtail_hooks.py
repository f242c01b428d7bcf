"""The moderators' room in Wagtail's admin: addresses, menu, panels, search, log, lists, and two refusals."""

from functools import partial

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.snippets.models import register_snippet

from moderation import event_words, panels, snippets, urls
from moderation.team import audit_log, permissions
from moderation.views.decorators import StaffRequest
from moderation.views.lists.stories import StoryViewSet
from moderation.views.office.answers import AnswerViewSet, without_publishing
from moderation.views.office.words import ContactsViewSet, ReadyWordsViewSet
from moderation.views.team import people
from stories.core import tables


class RoomMenuItem(MenuItem):
    """A menu item that is there for whoever has its permission."""

    def __init__(self, url_name: str, *, permission: str, label: str, icon: str, order: int) -> None:
        super().__init__(label, reverse_lazy(url_name), name=url_name, icon_name=icon, order=order)
        self.permission = permission

    def is_shown(self, request: StaffRequest) -> bool:
        return permissions.why_not(self.permission, request.user) is None


for _hook, _items in tables.read(__file__, "menu.toml").items():
    for _url_name, _says in _items.items():
        _item = RoomMenuItem(_url_name, **_says)
        hooks.register(_hook, lambda item=_item: item)

register_snippet(snippets.Lists)
register_snippet(AnswerViewSet)
hooks.register("construct_snippet_action_menu", without_publishing)
hooks.register("before_delete_snippet", snippets.refuse_to_delete)
hooks.register("before_delete_snippet", snippets.log_deletion)
hooks.register("before_create_user", people.refuse_to_change)
hooks.register("before_edit_user", people.refuse_to_change)
hooks.register("before_delete_user", people.refuse_to_delete)
hooks.register("before_bulk_action", people.refuse_to_do_to_many)
hooks.register("register_admin_urls", lambda: urls.room_urlpatterns)
hooks.register("register_log_actions", audit_log.register_actions)
hooks.register("register_log_actions", event_words.register_letter_actions)
hooks.register("construct_homepage_panels", panels.arrange_panels)
hooks.register("register_admin_viewset", lambda: StoryViewSet("room_stories", url_prefix="stories"))
hooks.register("register_admin_viewset", lambda: ReadyWordsViewSet("room_ready_words", url_prefix="ready-words"))
hooks.register("register_admin_viewset", lambda: ContactsViewSet("room_safeguarding", url_prefix="safeguarding"))
_LOOKS = '<link rel="stylesheet" href="{}">'
hooks.register("insert_global_admin_css", lambda: format_html(_LOOKS, static("moderation/room.css")))


class FindArea(SearchArea):
    """The box beside the menu, for those who find something in it; `find.js` posts it."""

    def is_shown(self, request: StaffRequest) -> bool:
        return permissions.why_not("list stories", request.user) is None


_SCRIPT = '<script src="{}"></script>'
hooks.register("insert_global_admin_js", lambda: format_html(_SCRIPT, static("moderation/find.js")))
hooks.register("insert_global_admin_js", lambda: format_html(_SCRIPT, static("moderation/reads_along.js")))
_find = partial(FindArea, "Accounts and stories", reverse_lazy("room_find"), name="find", icon_name="search", order=50)
hooks.register("register_admin_search_area", _find)


def _is_no_editor(request: StaffRequest) -> bool:
    roles = permissions.roles_that_may(request.user)
    return bool(roles) and permissions.EDITORS not in roles


@hooks.register("construct_homepage_summary_items")
def count_pages_for_editors(request: StaffRequest, items: list[object]) -> None:
    """Pages and pictures are counted for who works on them."""
    if _is_no_editor(request):
        items.clear()


@hooks.register("construct_help_menu")
def leave_wagtail_s_news_out(request: StaffRequest, items: list[MenuItem]) -> None:
    """What is new in Wagtail is for nobody here, and its guide for who edits pages; neither carries a dot."""
    kept = ("keyboard-shortcuts-trigger",) if _is_no_editor(request) else ("keyboard-shortcuts-trigger", "editor-guide")
    items[:] = [item for item in items if item.name in kept]
