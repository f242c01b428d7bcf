"""The people of the room, and one colleague's log-in and what others may do about it; nobody is counted or ranked."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext
from wagtail.admin import messages

from moderation import event_words, ready_words
from moderation.forms.room import worded_field
from moderation.models import Claim, Invitation
from moderation.team import invitations as team_invitations, keys, rights, second_factor, vault
from moderation.team.permissions import COORDINATORS, EDITORS, LOG_IN_CHANGES, MODERATORS, RESET_FACTOR, roles_that_may
from moderation.views.decorators import StaffRequest, button_view, room_view
from moderation.views.pages import QUESTIONS, ask_first, room_page


@room_view("see the people", "GET")
def people(request: StaffRequest) -> HttpResponse:
    may_log_in = Q(groups__permissions__codename="access_admin") | Q(is_superuser=True)
    has_part = Q(groups__name__in=(MODERATORS, COORDINATORS, EDITORS))
    users = User.objects.filter(may_log_in | has_part).distinct()
    users = users.order_by("-is_active", "username").prefetch_related("groups")
    with_factor = second_factor.people_with_phone()
    context = {
        "people": [
            {
                "user": holder.person,
                "roles": sorted(group.name for group in holder.person.groups.all()),
                "key": _key_in_words(holder),
                "has_factor": holder.person.pk in with_factor,
            }
            for holder in keys.holders_among(users)
        ],
        "can_manage": COORDINATORS in roles_that_may(request.user),
    }
    return room_page(request, "people", _("People"), "group", context)


def people_page(request: StaffRequest, name: str, title: str, **context: object) -> HttpResponse:
    return room_page(request, f"people/{name}", title, "group", context, under=[(reverse("room_people"), _("People"))])


def _key_in_words(holder: keys.Holder) -> str:
    if holder.share:
        return _("Reads and agrees") if holder.may_agree else _("Reads; agrees once 48 hours have passed")
    if holder.key is None:
        return _("No key")
    if not holder.was_stopped:
        return _("Waits to be admitted")
    # As the list of keys says it, where only who is active stands.
    return _("Stopped; waits to be admitted again") if holder.person.is_active else _("Stopped")


def refuse_to_change(request: StaffRequest, *users: User, regroups: bool = False) -> HttpResponse | None:
    """Keep somebody whose own right waits from giving any, to these people or to somebody new.

    And a coordinator from giving an administrator another password, and so becoming one.
    """
    reason = rights.why_not_change(users, request.user, regroups=regroups)
    if any(user.is_superuser for user in users) and not request.user.is_superuser:
        reason = _("Only an administrator changes an administrator.")
    if reason is None:
        return None
    messages.error(request, reason)
    return redirect("wagtailusers_users:index")


def refuse_to_delete(request: StaffRequest, user: User) -> HttpResponse:
    """Answer every wish to delete a person: an agreement has to name somebody for as long as its story stands."""
    says = _("People aren’t deleted here, because every story names its two readers. Make %(name)s inactive instead.")
    messages.error(request, says % {"name": user.get_username()})
    return redirect("wagtailusers_users:edit", user.pk)


def refuse_to_do_to_many(
    request: StaffRequest, action_type: str, objects: Iterable[User], action: Any
) -> HttpResponse | None:
    """The same answers to what the list does to many at once."""
    if action.model is not User:
        return None
    if action_type == "delete":
        says = _("People aren’t deleted here, because every story names its two readers. Make them inactive instead.")
        messages.error(request, says)
        return redirect("wagtailusers_users:index")
    return refuse_to_change(request, *objects, regroups=action_type == "assign_role")


# So many wrong codes in a row are more than a slip of the finger.
_MANY_WRONG = 5


@room_view("see the people", "GET")
def person(request: StaffRequest, pk: int) -> HttpResponse:
    somebody = get_object_or_404(User, pk=pk)
    [holder] = keys.holders_among([somebody])
    phone, roles = second_factor.phone_of(somebody), roles_that_may(request.user)
    wrong = phone.data.get("wrong", 0) if phone else 0
    waiting = rights.waiting_rights().filter(person=somebody)
    context = {
        "person": somebody,
        "parts": sorted(roles_that_may(somebody)),
        "waiting": [(each, event_words.deed_in_words(each.what)) for each in waiting],
        "key": holder.key,
        "is_admitted": holder.share is not None,
        "is_stopped": holder.was_stopped and holder.share is None,
        "has_factor": phone is not None,
        "codes_left": second_factor.recovery_codes_left(somebody),
        "wrong": wrong if wrong >= _MANY_WRONG else 0,
        "is_own": somebody.pk == request.user.pk,
        "is_coordinator": COORDINATORS in roles,
        "why_not_reset": rights.why_not_do(RESET_FACTOR, somebody, request.user),
        "why_not_leave": rights.why_not_do(rights.LEAVE, somebody, request.user),
        "why_not_bring_back": rights.why_not_do(rights.BRING_BACK, somebody, request.user),
    }
    return people_page(request, "person", somebody.get_username(), **context)


def colleague_deed(deed: str, *, permission: str = "") -> Callable[..., HttpResponse]:
    @room_view(permission or deed)
    def ask_about_colleague(request: StaffRequest, pk: int) -> HttpResponse:
        somebody = get_object_or_404(User, pk=pk)
        return _ask(request, somebody, deed, lambda: rights.change_colleague(deed, somebody, by=request.user))

    return ask_about_colleague


end_sessions, reset_second_factor, leave_team = map(colleague_deed, (rights.END_SESSIONS, RESET_FACTOR, rights.LEAVE))
bring_back = colleague_deed(rights.BRING_BACK, permission=rights.LEAVE)


@room_view(rights.STOP)
def stop_right(request: StaffRequest, pk: int) -> HttpResponse:
    right = get_object_or_404(rights.waiting_rights(), pk=pk)
    says = "says_of_a_log_in" if right.what in LOG_IN_CHANGES else "says"
    return _ask(request, right.person, rights.STOP, lambda: rights.stop_right(right, by=request.user), says=says)


def _ask(
    request: StaffRequest, somebody: User, deed: str, do: Callable[[], int | None], *, says: str = "says"
) -> HttpResponse:
    """Say what a press does to a colleague, and how much they have in hand; a second press does it."""
    words, name, page = QUESTIONS[deed], somebody.get_username(), reverse("room_person", args=[somebody.pk])

    def done() -> str:
        count = do()
        return words["done_once" if count == 1 and "done_once" in words else "done"] % {"name": name, "count": count}

    return ask_first(
        request,
        words
        | {"title": words["title"] % {"name": name}, "says": f"{words[says] % {'name': name}} {in_hand_of(somebody)}"},
        under=((reverse("room_people"), _("People")), (page, name)),
        why_not=rights.why_not_do(deed, somebody, request.user),
        do=done,
    )


def in_hand_of(somebody: User) -> str:
    count = Claim.objects.filter(holder=somebody, expires_at__gt=timezone.now()).count()
    if not count:
        return _("They have no account in hand.")
    says = ngettext("They have %(count)d account in hand.", "They have %(count)d accounts in hand.", count)
    return says % {"count": count}


@room_view("see the people", "GET")
def what_to_do(request: StaffRequest) -> HttpResponse:
    queue, roles = vault.current_queue_key(), roles_that_may(request.user)
    context = {
        "is_coordinator": COORDINATORS in roles,
        "is_moderator": MODERATORS in roles,
        "contacts": ready_words.safeguarding(),
        "fingerprint": vault.key_fingerprint(queue.public) if queue else "",
    }
    return people_page(request, "what_to_do", _("When something happens"), **context)


class InviteForm(forms.Form):
    username = worded_field(
        "InviteForm.username",
        max_length=150,
        validators=User._meta.get_field("username").validators,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = worded_field("InviteForm.role", forms.ChoiceField, widget=forms.RadioSelect)
    email = worded_field("InviteForm.email", forms.EmailField, widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        if not settings.MAIL_IS_ON:
            del self.fields["email"]

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if reason := team_invitations.why_not_called(name):
            raise forms.ValidationError(reason)
        return name


@room_view("invite")
def invite_person(request: StaffRequest) -> HttpResponse:
    """Ask whom to invite; then show the link this one time, unless it went by mail."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation, token = team_invitations.invite_person(**form.cleaned_data, by=request.user)
        link = f"{settings.DESK_URL}{reverse('room_welcome', args=[token])}"
        if team_invitations.mail_link(invitation, link):
            messages.success(request, _("The invitation is on its way to %(to)s.") % {"to": invitation.email})
            return redirect("room_invitations")
        return people_page(request, "invite", _("Hand this link over"), invitation=invitation, link=link)
    return people_page(request, "invite", _("Invite somebody"), form=form)


@room_view("see the people")
def invitations(request: StaffRequest) -> HttpResponse:
    """Everybody who was invited, newest first; anybody here can stop one that waits."""
    rows = Invitation.objects.select_related("made_by", "person")[:50]
    good = set(team_invitations.open_invitations().values_list("pk", flat=True))
    lines = [(row, _state(row, is_good=row.pk in good), row.pk in good) for row in rows]
    return people_page(request, "invitations", _("Invitations"), lines=lines)


def _stop(invitation: Invitation, *, by: User) -> str:
    team_invitations.stop_invitation(invitation, by=by)
    return _("The link of %(name)s opens nothing now.") % {"name": invitation.username}


stop_invitation = button_view(
    "stop an invitation", lambda pk: get_object_or_404(Invitation, pk=pk), _stop, after="room_invitations"
)


def _state(row: Invitation, *, is_good: bool) -> str:
    if row.used_at:
        return _("Came in")
    if row.stopped_at:
        return _("Stopped")
    if not is_good:
        return _("Its seven days are over")
    return _("Has begun") if row.person_id else _("Waits")
