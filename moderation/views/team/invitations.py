"""Inviting somebody, and the invitations that are waiting."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from moderation.models import Invitation
from moderation.team import invitations as team_invitations
from moderation.team.permissions import COORDINATORS, EDITORS, MODERATORS, Refused
from moderation.views.decorators import require_permission
from moderation.views.team.people import page

_ROLES = (
    (MODERATORS, gettext_lazy("Moderator: reads accounts, and agrees to texts")),
    (COORDINATORS, gettext_lazy("Coordinator: looks after people and batches, and opens no account")),
    (EDITORS, gettext_lazy("Editor: writes the site’s pages")),
)


class InviteForm(forms.Form):
    """Who is invited, and to what."""

    username = forms.CharField(
        label=gettext_lazy("Name in the room"),
        help_text=gettext_lazy("What colleagues see, and what they log in with. It needn’t be their own name."),
        max_length=150,
        validators=get_user_model()._meta.get_field("username").validators,
        error_messages={"required": gettext_lazy("Type a name for them.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Part"),
        choices=_ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what they will do here.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail, if the link should go by mail"),
        help_text=gettext_lazy(
            "The mail says that an invitation waits, and no more. Without one you hand the link over."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.MAIL_IS_ON:
            del self.fields["email"]

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if reason := team_invitations.why_not_called(name):
            raise forms.ValidationError(reason)
        return name


@require_permission("invite")
def invite(request: HttpRequest) -> HttpResponse:
    """Ask whom to invite; then show the link this one time, unless it went by mail."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation, token = team_invitations.invite_person(**form.cleaned_data, by=request.user)
        link = _whole_link(request, token)
        if team_invitations.mail_link(invitation, link):
            messages.success(request, _("The invitation is on its way to %(to)s.") % {"to": invitation.email})
            return redirect("room_invitations")
        return page(request, "link", _("Hand this link over"), invitation=invitation, link=link)
    return page(request, "invite", _("Invite somebody"), form=form)


def _whole_link(request: HttpRequest, token: str) -> str:
    """The link as the newcomer opens it: a proxy that nobody named hides from us that it speaks https."""
    scheme = settings.BASE_URL.partition(":")[0]
    return f"{scheme}://{request.get_host()}{reverse('room_welcome', args=[token])}"


@require_permission("see the people")
def invitations(request: HttpRequest) -> HttpResponse:
    """Everybody who was invited, newest first; anybody here can stop one that waits."""
    rows = Invitation.objects.select_related("made_by", "person")[:50]
    good = set(team_invitations.open_invitations().values_list("pk", flat=True))
    lines = [(row, _state(row, is_good=row.pk in good), row.pk in good) for row in rows]
    return page(request, "invitations", _("Invitations"), lines=lines)


@require_POST
@require_permission("stop an invitation")
def stop(request: HttpRequest, pk: Any) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        team_invitations.stop_invitation(invitation, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("The link of %(name)s opens nothing now.") % {"name": invitation.username})
    return redirect("room_invitations")


def _state(row: Invitation, *, is_good: bool) -> str:
    if row.used_at:
        return _("Came in")
    if row.stopped_at:
        return _("Stopped")
    if not is_good:
        return _("Its seven days are over")
    return _("Has begun") if row.person_id else _("Waits")
