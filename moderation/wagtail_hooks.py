"""The moderators' room in Wagtail's admin: addresses, menu, panels, log, lists, and two refusals."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.models import register_snippet

from moderation import event_words, panels, snippets, urls
from moderation.team import audit_log, permissions
from moderation.views.decorators import StaffRequest
from moderation.views.lists import bulk
from moderation.views.lists.stories import StoryViewSet
from moderation.views.office.answers import AnswerViewSet, without_publishing
from moderation.views.office.words import ReadyWordsViewSet
from moderation.views.team import people


class RoomMenuItem(MenuItem):
    """A menu item that is there for whoever has its permission."""

    def __init__(self, permission: str, label: Promise, url_name: str, *, icon: str, order: int) -> None:
        super().__init__(label, reverse_lazy(url_name), name=url_name, icon_name=icon, order=order)
        self.permission = permission

    def is_shown(self, request: StaffRequest) -> bool:
        return permissions.why_not(self.permission, request.user) is None


_MENU = (
    RoomMenuItem("see the queue", _("Queue"), "room_queue", icon="tasks", order=100),
    RoomMenuItem("see take-down requests", _("Take-down requests"), "room_take_downs", icon="no-view", order=120),
    RoomMenuItem("see forces’ answers", _("Forces’ answers"), "room_forces", icon="comment", order=122),
    RoomMenuItem("publish a batch", _("Next batch"), "room_batch", icon="calendar-check", order=130),
    RoomMenuItem("set the usual wait", _("Usual wait"), "room_usual_wait", icon="time", order=135),
    RoomMenuItem("edit the first look", _("First-look words"), "room_risk_words", icon="view", order=136),
    RoomMenuItem("read ready words", _("Ready words"), "room_ready_words:index", icon="snippet", order=137),
    RoomMenuItem("look after yourself", _("Care"), "room_care", icon="user", order=138),
    RoomMenuItem("see the people", _("People"), "room_people", icon="group", order=140),
    RoomMenuItem("see the people", _("Keys"), "vault_keys", icon="key", order=150),
)

_REPORTS = (
    RoomMenuItem("see how it goes", _("How it goes"), "room_how_it_goes", icon="table", order=100),
    RoomMenuItem("see the record", _("Record of deeds"), "room_record", icon="history", order=110),
)
for _hook, _items in (("register_admin_menu_item", _MENU), ("register_reports_menu_item", _REPORTS)):
    for _item in _items:
        hooks.register(_hook, lambda item=_item: item)

register_snippet(snippets.Lists)
register_snippet(AnswerViewSet)
hooks.register("construct_snippet_action_menu", without_publishing)
hooks.register("before_delete_snippet", snippets.refuse_to_delete)
hooks.register("before_delete_snippet", snippets.log_deletion)
hooks.register("before_create_user", people.refuse_to_add)
hooks.register("before_edit_user", people.refuse_to_change)
hooks.register("before_delete_user", people.refuse_to_delete)
hooks.register("before_bulk_action", people.refuse_to_do_to_many)
for _action in bulk.ACTIONS:
    hooks.register("register_bulk_action", _action)
hooks.register("register_admin_urls", lambda: urls.room_urlpatterns)
hooks.register("register_log_actions", audit_log.register_actions)
hooks.register("register_log_actions", event_words.register_letter_actions)
hooks.register("construct_homepage_panels", panels.arrange_panels)


@hooks.register("register_admin_viewset")
def viewsets() -> list[ModelViewSet]:
    stories = StoryViewSet("room_stories", url_prefix="stories")
    return [stories, ReadyWordsViewSet("room_ready_words", url_prefix="ready-words")]


@hooks.register("construct_homepage_summary_items")
def only_for_editors(request: StaffRequest, items: list[object]) -> None:
    """Pages and pictures are counted for who works on them."""
    roles = permissions.roles_that_may(request.user)
    if roles and permissions.EDITORS not in roles:
        items.clear()


@hooks.register("insert_global_admin_css")
def looks() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("moderation/room.css"))
