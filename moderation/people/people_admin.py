"""Wagtail's screens for people, with one thing taken out: nobody becomes an administrator there.

A coordinator manages people, and Wagtail would let whoever may change a person tick
“Administrator”. Only `manage.py createsuperuser`, on the machine itself, makes one.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

_EXPLAINED = _("Only the command line of the server makes or ends an administrator.")
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


class PersonEditForm(NobodyBecomesAdministrator, UserEditForm):  # type: ignore[misc]
    """Changing a person."""


class PersonViewSet(UserViewSet):
    """Wagtail's own screens with the forms above."""

    # What is sent to the address of a copy is kept in the row that is copied: an administrator's new password, too.
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm
