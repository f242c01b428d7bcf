"""The people of the room, and one colleague's log-in and what others may do about it; nobody is counted or ranked."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from moderation import event_words
from moderation.conversation import ready_words
from moderation.models import Claim, Invitation
from moderation.team import invitations as team_invitations
from moderation.team import keys, rights, second_factor, vault
from moderation.team.permissions import COORDINATORS, EDITORS, LOG_IN_CHANGES, MODERATORS, Refused, roles_that_may
from moderation.views.decorators import StaffRequest, require_permission
from moderation.views.pages import Place, Question, ask_first, heading


@require_GET
@require_permission("see the people")
def people(request: StaffRequest) -> HttpResponse:
    """List everybody who has a part here."""
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
        **heading(_("People"), "group"),
    }
    return TemplateResponse(request, "moderation/people.html", context)


def people_page(request: StaffRequest, name: str, title: str, **context: object) -> HttpResponse:
    """A page that lies under the list of people."""
    around = heading(title, "group", under=[(reverse("room_people"), _("People"))])
    return TemplateResponse(request, f"moderation/people/{name}.html", {**around, **context})


def _key_in_words(holder: keys.Holder) -> str:
    if holder.share:
        return _("Reads and agrees") if holder.may_agree else _("Reads; agrees once 48 hours have passed")
    if holder.key is None:
        return _("No key")
    if not holder.was_stopped:
        return _("Waits to be admitted")
    # As the list of keys says it, where only who is active stands.
    return _("Stopped; waits to be admitted again") if holder.person.is_active else _("Stopped")


# --- Administrators are left to administrators ------------------------------------------------


def refuse_to_add(request: StaffRequest) -> HttpResponse | None:
    """Keep somebody whose own right waits from giving any."""
    return _refuse(request, [])


def refuse_to_change(request: StaffRequest, user: User) -> HttpResponse | None:
    """Keep a coordinator also from giving an administrator another password, and so becoming one."""
    return _refuse(request, [user])


def refuse_to_change_many(
    request: StaffRequest, action_type: str, objects: Iterable[User], action: Any
) -> HttpResponse | None:
    """The same answer to what the list does to many at once."""
    is_of_people = action.model is User
    return _refuse(request, list(objects), regroups=action_type == "assign_role") if is_of_people else None


def _refuse(request: StaffRequest, users: list[User], *, regroups: bool = False) -> HttpResponse | None:
    reason = rights.why_not_change(users, request.user, regroups=regroups)
    if any(user.is_superuser for user in users) and not request.user.is_superuser:  # type: ignore[union-attr]
        reason = _("Only an administrator changes an administrator.")
    if reason is None:
        return None
    messages.error(request, reason)
    return redirect("wagtailusers_users:index")


# --- Nobody is deleted ----------------------------------------------------------------------


def refuse_to_delete(request: StaffRequest, user: User) -> HttpResponse:
    """Answer every wish to delete a person: an agreement has to name somebody for as long as its story stands."""
    messages.error(
        request,
        _("People aren’t deleted here, because every story names its two readers. Make %(name)s inactive instead.")
        % {"name": user.get_username()},
    )
    return redirect(reverse("wagtailusers_users:edit", args=[user.pk]))


def refuse_to_delete_many(
    request: StaffRequest, action_type: str, objects: Iterable[User], action: Any
) -> HttpResponse | None:
    """The same answer to the list's own “delete selected”."""
    if action_type != "delete" or action.model is not User:
        return None
    messages.error(
        request, _("People aren’t deleted here, because every story names its two readers. Make them inactive instead.")
    )
    return redirect("wagtailusers_users:index")


# --- One colleague -------------------------------------------------------------------------------


# So many wrong codes in a row are more than a slip of the finger.
_MANY_WRONG = 5


@require_GET
@require_permission("see the people")
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """How somebody's log-in stands."""
    somebody = get_object_or_404(User, pk=pk)
    [holder] = keys.holders_among([somebody])
    wrong = second_factor.wrong_codes_in_a_row(somebody)
    context = {
        "person": somebody,
        "parts": sorted(roles_that_may(somebody)),
        "waiting": [
            (each, event_words.deed_in_words(each.what)) for each in rights.waiting_rights().filter(person=somebody)
        ],
        "key": holder.key,
        "is_admitted": holder.share is not None,
        "is_stopped": holder.was_stopped and holder.share is None,
        "has_factor": second_factor.phone_of(somebody) is not None,
        "codes_left": second_factor.recovery_codes_left(somebody),
        "wrong": wrong if wrong >= _MANY_WRONG else 0,
        "is_own": somebody.pk == request.user.pk,
        "is_coordinator": COORDINATORS in roles_that_may(request.user),
        "why_not_reset": rights.why_not_reset(somebody, request.user),
        "why_not_leave": rights.why_not_leave(somebody, request.user),
        "why_not_bring_back": rights.why_not_bring_back(somebody, request.user),
    }
    return people_page(request, "person", somebody.get_username(), **context)


@require_http_methods(["GET", "POST"])
@require_permission("end sessions")
def end_sessions(request: StaffRequest, pk: int) -> HttpResponse:
    """End somebody's log-ins, or one's own on every machine, once it is asked."""

    def deed(somebody: User) -> str:
        ended = rights.end_sessions(somebody, by=request.user)
        said = ngettext("%(count)s log-in of %(name)s ended.", "%(count)s log-ins of %(name)s ended.", ended)
        return said % {"count": ended, "name": somebody.get_username()}

    says = _(
        "Every log-in of %(name)s ends at once, on every machine, and the vault is locked there. They can log in again."
    )
    return _ask(request, pk, _("End every log-in of %(name)s"), says, _("End every log-in"), deed)


@require_http_methods(["GET", "POST"])
@require_permission("reset a second factor")
def reset_second_factor(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a lost second factor away, once it is asked."""

    def deed(somebody: User) -> str:
        rights.reset_second_factor(somebody, by=request.user)
        said = _("The second step of %(name)s is gone, and every log-in with it. They set up another when they log in.")
        return said % {"name": somebody.get_username()}

    says = _(
        "The second step and the recovery codes of %(name)s stop working, and every log-in ends. Whoever knows their "
        "password can then set up a new one, so ring them first, on a number you already had. Everybody sees for 48 "
        "hours that you did this, and can stop it; for so long they reach no account."
    )
    title, button = _("Take away the second step of %(name)s"), _("Take their second step away")
    return _ask(request, pk, title, says, button, deed, why_not=rights.why_not_reset)


@require_http_methods(["GET", "POST"])
@require_permission("stop a right")
def stop_right(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop what a colleague gave somebody before it counts, once it is asked."""
    right = get_object_or_404(rights.waiting_rights(), pk=pk)

    def deed(somebody: User) -> str:
        rights.stop_right(right, by=request.user)
        return _("Stopped. Ring %(name)s, and whoever did it.") % {"name": somebody.get_username()}

    says = (
        _("%(name)s can’t log in any more until a coordinator sets another password, which counts 48 hours later.")
        if right.what in LOG_IN_CHANGES
        else _("%(name)s leaves the group of moderators and is logged out. A coordinator can put them in again.")
    )
    title, button = _("Stop what was done for %(name)s?"), _("Stop it")
    return _ask(
        request, right.person_id, title, says, button, deed, why_not=lambda _who, by: rights.why_not_stop(right, by)
    )


@require_http_methods(["GET", "POST"])
@require_permission("write down a leaver")
def leave_team(request: StaffRequest, pk: int) -> HttpResponse:
    """End the part of somebody who has left, once it is asked."""

    def deed(somebody: User) -> str:
        rights.write_down_leaver(somebody, by=request.user)
        said = _("%(name)s can’t log in any more, and their key opens nothing. Now have the team’s key changed.")
        return said % {"name": somebody.get_username()}

    says = _(
        "%(name)s can’t log in from the next click on, and their key opens nothing. You can bring them back, but then "
        "it takes 48 hours until a colleague can admit their key anew, and 48 more until they agree to texts. "
        "Afterwards a moderator changes the team’s key."
    )
    return _ask(request, pk, _("Has %(name)s left?"), says, _("They have left"), deed, why_not=rights.why_not_leave)


@require_http_methods(["GET", "POST"])
@require_permission("write down a leaver")
def bring_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Let somebody who was made inactive log in again, once it is asked."""

    def deed(somebody: User) -> str:
        rights.bring_back(somebody, by=request.user)
        said = _("%(name)s can log in again. Their key opens nothing before a colleague admits it.")
        return said % {"name": somebody.get_username()}

    says = _(
        "%(name)s can log in again, with the parts and the password from before. For 48 hours a moderator reaches no "
        "account. Their key still opens nothing: then a moderator admits it, and it agrees to texts 48 hours later."
    )
    return _ask(request, pk, _("Bring %(name)s back"), says, _("Bring back"), deed, why_not=rights.why_not_bring_back)


def _ask(
    request: StaffRequest,
    pk: int,
    title: str,
    says: str,
    button: str,
    deed: Callable[[User], str],
    *,
    why_not: Callable[[User, User], str | None] = lambda somebody, by: None,
) -> HttpResponse:
    """Say what a press does to a colleague, and how much they have in hand; a second press does it."""
    somebody = get_object_or_404(User, pk=pk)
    named = {"name": somebody.get_username()}
    asked = Question(title % named, f"{says % named} {in_hand_of(somebody)}", button, "warning", _above(somebody))
    return ask_first(
        request,
        asked,
        why_not=why_not(somebody, request.user),
        do=lambda: deed(somebody),
        after=reverse("room_person", args=[pk]),
    )


def _above(somebody: User) -> tuple[Place, ...]:
    people = (reverse("room_people"), _("People"))
    return (people, (reverse("room_person", args=[somebody.pk]), somebody.get_username()))


def in_hand_of(somebody: User) -> str:
    """Say how many accounts somebody has in hand now."""
    count = Claim.objects.filter(holder=somebody, expires_at__gt=timezone.now()).count()
    if not count:
        return _("They have no account in hand.")
    says = ngettext("They have %(count)d account in hand.", "They have %(count)d accounts in hand.", count)
    return says % {"count": count}


@require_GET
@require_permission("see the people")
def what_to_do(request: StaffRequest) -> HttpResponse:
    """The steps for whatever can happen to people and keys, each with the way to its screen."""
    queue = vault.current_queue_key()
    context = {
        "is_coordinator": COORDINATORS in roles_that_may(request.user),
        "is_moderator": MODERATORS in roles_that_may(request.user),
        "contacts": ready_words.safeguarding(),
        "fingerprint": vault.key_fingerprint(queue.public) if queue else "",
    }
    return people_page(request, "what_to_do", _("When something happens"), **context)


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
        validators=User._meta.get_field("username").validators,
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
def invite_person(request: StaffRequest) -> HttpResponse:
    """Ask whom to invite; then show the link this one time, unless it went by mail."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitation, token = team_invitations.invite_person(**form.cleaned_data, by=request.user)
        link = _whole_link(request, token)
        if team_invitations.mail_link(invitation, link):
            messages.success(request, _("The invitation is on its way to %(to)s.") % {"to": invitation.email})
            return redirect("room_invitations")
        return people_page(request, "invite", _("Hand this link over"), invitation=invitation, link=link)
    return people_page(request, "invite", _("Invite somebody"), form=form)


def _whole_link(request: StaffRequest, token: str) -> str:
    """The link as the newcomer opens it: a proxy that nobody named hides from us that it speaks https."""
    scheme = settings.BASE_URL.partition(":")[0]
    return f"{scheme}://{request.get_host()}{reverse('room_welcome', args=[token])}"


@require_permission("see the people")
def invitations(request: StaffRequest) -> HttpResponse:
    """Everybody who was invited, newest first; anybody here can stop one that waits."""
    rows = Invitation.objects.select_related("made_by", "person")[:50]
    good = set(team_invitations.open_invitations().values_list("pk", flat=True))
    lines = [(row, _state(row, is_good=row.pk in good), row.pk in good) for row in rows]
    return people_page(request, "invitations", _("Invitations"), lines=lines)


@require_POST
@require_permission("stop an invitation")
def stop_invitation(request: StaffRequest, pk: Any) -> HttpResponse:
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
