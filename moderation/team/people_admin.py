"""Wagtail's screens for people, groups and one's own account, each with something taken out.

A coordinator manages people, and Wagtail would let whoever may change a person tick “Administrator”.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel
from wagtail.users.forms import GroupForm, UserCreationForm, UserEditForm
from wagtail.users.views.groups import DeleteView, GroupViewSet
from wagtail.users.views.users import IndexView, UserFilterSet, UserViewSet

from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS, REASONS

_WAITS = REASONS["counts_later"]


class NobodyBecomesAdministrator:
    """A form whose “Administrator” tick shows what is, and takes no other answer; a name in full isn't asked for."""

    fields: dict[str, Field]
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True
            self.fields["is_superuser"].help_text = REASONS["no_administrator"]
        for name in {"first_name", "last_name", "email"} & self.fields.keys():
            self.fields[name].required = False
        for name, text in self.hints.items():
            self.fields[name].help_text = text


class PersonCreationForm(NobodyBecomesAdministrator, UserCreationForm):  # type: ignore[misc]
    """Adding a person, which an invitation does better: then nobody else ever knows their password."""

    hints = {"username": REASONS["invite_instead"], "groups": _WAITS}


class PersonEditForm(NobodyBecomesAdministrator, UserEditForm):  # type: ignore[misc]
    """Changing a person; one's own groups are for somebody else to change."""

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        self.hints = {"groups": REASONS["own_groups"]} if editing_self else {"groups": _WAITS, "password1": _WAITS}
        super().__init__(*args, editing_self=editing_self, **kwargs)
        self.fields["groups"].disabled = editing_self


class PeopleFilters(UserFilterSet):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.request.user.is_superuser:
            del self.filters["last_login"]


class PeopleView(IndexView):
    """Wagtail's list of people; when each last logged in is for the administrator alone."""

    @cached_property
    def columns(self) -> list[Column]:
        hidden = () if self.request.user.is_superuser else ("last_login",)
        return [column for column in super().columns if column.name not in hidden]


class PersonViewSet(UserViewSet):
    index_view_class = PeopleView
    filterset_class = PeopleFilters
    # What is sent to the address of a copy is kept in the row that is copied: an administrator's new password, too.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm


_OURS = (MODERATORS, COORDINATORS, EDITORS)


class NamedGroupForm(GroupForm):
    """A form that changes what a group may do, and the name of none of ours."""

    def clean_name(self) -> str:
        name: str = super().clean_name()
        if self.instance.name in _OURS and name != self.instance.name:
            raise ValidationError(REASONS["group_stays"] % {"name": self.instance.name})
        return name


class DeleteGroup(DeleteView):
    def run_before_hook(self) -> HttpResponse | None:
        if self.object.name not in _OURS:
            return None
        messages.error(self.request, REASONS["group_stays"] % {"name": self.object.name})
        return redirect("wagtailusers_groups:edit", self.object.pk)


class NamedGroupViewSet(GroupViewSet):
    delete_view_class = DeleteGroup

    def get_form_class(self, for_update: bool = False) -> type:
        return NamedGroupForm


class OptionalNameForm(NobodyBecomesAdministrator, NameEmailForm):  # type: ignore[misc]
    """A name and an address that nobody has to give: a log-in's name is enough."""


@method_decorator(require_admin_access, name="dispatch")
class Account(AccountView):  # type: ignore[misc]
    def get_panels(self) -> list[object]:
        panels = [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
        for panel in panels:
            if isinstance(panel, NameEmailSettingsPanel):
                panel.form_class = OptionalNameForm
        return panels
