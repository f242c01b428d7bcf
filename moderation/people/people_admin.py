"""Wagtail's screens for people, with one thing taken out: nobody becomes an administrator there.

A coordinator manages people, and Wagtail would let whoever may change a person tick
“Administrator”. Only `manage.py createsuperuser`, on the machine itself, makes one.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

_EXPLAINED = _("Only the command line of the server makes or ends an administrator.")
_ANOTHER = _("Somebody else changes your groups: nobody gives themself a right.")
_WAITS = _("For somebody who reads accounts, or will, it counts after 48 hours. Everybody sees it, and can stop it.")
_INVITE_INSTEAD = _("“People → Invite somebody” is the better way: they choose their own password behind a link.")


class NobodyBecomesAdministrator:
    """A form whose “Administrator” tick shows what is, and takes no other answer; a name in full isn't asked for."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = True
            self.fields["is_superuser"].help_text = _EXPLAINED
        for name in ("first_name", "last_name", "email"):
            self.fields[name].required = False


class PersonCreationForm(NobodyBecomesAdministrator, UserCreationForm):  # type: ignore[misc]
    """Adding a person, which an invitation does better: then nobody else ever knows their password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _INVITE_INSTEAD
        self.fields["groups"].help_text = _WAITS


class PersonEditForm(NobodyBecomesAdministrator, UserEditForm):  # type: ignore[misc]
    """Changing a person; one's own groups are for somebody else to change."""

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, editing_self=editing_self, **kwargs)
        if editing_self:
            self.fields["groups"].disabled = True
            self.fields["groups"].help_text = _ANOTHER
        else:
            self.fields["password1"].help_text = _WAITS
            self.fields["groups"].help_text = _WAITS


class PersonViewSet(UserViewSet):
    """Wagtail's own screens with the forms above."""

    # What is sent to the address of a copy is kept in the row that is copied: an administrator's new password, too.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm
