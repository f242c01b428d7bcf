"""The library of ready words in the admin: coordinators write it, moderators read it."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from moderation.models import ReadyWords
from moderation.team.permissions import why_not

_WHOM_TO_CALL = gettext_lazy(
    "Of whom a moderator can call: who it is, on which number, and until what time in the evening. "
    "It stands on everybody’s page “Care”. Of safeguarding: the title is the name, and here stands the number and when "
    "it is answered, at night too. It stands wherever somebody may be in danger; the lowest order is rung first."
)


class LibraryPolicy(BasePermissionPolicy):
    """Wagtail's question “may this user do it?”, answered by the table of deeds."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        deed = "read ready words" if action == "view" else "edit ready words"
        return why_not(deed, user) is None

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> Any:
        raise NotImplementedError


class ReadyWordsViewSet(ModelViewSet):
    """Every text under its purpose."""

    model = ReadyWords
    icon = "snippet"
    menu_label = gettext_lazy("Ready words")
    panels = [
        FieldPanel("purpose"),
        FieldPanel("title"),
        FieldPanel("text", help_text=_WHOM_TO_CALL),
        FieldPanel("text_cy"),
        FieldPanel("order"),
    ]
    list_display = ["title", Column("purpose", label=gettext_lazy("Purpose"), accessor="get_purpose_display"), "order"]
    list_filter = ["purpose"]
    search_fields = ["title", "text"]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["purpose", "title", "text", "text_cy"]
    add_to_reference_index = False

    @cached_property
    def permission_policy(self) -> LibraryPolicy:
        return LibraryPolicy(self.model)
