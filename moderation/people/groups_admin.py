"""Wagtail's screens for groups, with one thing taken out: the three that code asks for by name stay as they are called.

Without its group nobody is a moderator, and whoever is none loses their share of the team's key.
"""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.users.forms import GroupForm
from wagtail.users.views.groups import DeleteView, GroupViewSet

from moderation.deeds import COORDINATORS, EDITORS, MODERATORS

_OURS = (MODERATORS, COORDINATORS, EDITORS)
_STAYS = gettext_lazy("“%(name)s” stays, and is called so: who may do what here is asked by that name.")


class NamedGroupForm(GroupForm):
    """What a group may do is changed, and the name of one of ours isn't."""

    def clean_name(self) -> str:
        name: str = super().clean_name()
        if self.instance.name in _OURS and name != self.instance.name:
            raise ValidationError(_STAYS % {"name": self.instance.name})
        return name


class DeleteGroup(DeleteView):
    """Deletes a group that a charity added."""

    def run_before_hook(self) -> HttpResponse | None:
        if self.object.name not in _OURS:
            return None
        messages.error(self.request, _STAYS % {"name": self.object.name})
        return redirect("wagtailusers_groups:edit", self.object.pk)


class NamedGroupViewSet(GroupViewSet):
    """Wagtail's own screens with the two above."""

    delete_view_class = DeleteGroup

    def get_form_class(self, for_update: bool = False) -> type:
        return NamedGroupForm
