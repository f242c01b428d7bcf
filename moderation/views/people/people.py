"""The people of the room: who has which part in it and how their key stands; nobody is counted or ranked."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from moderation import policies
from moderation.log import audit_log
from moderation.models import KeyShare, ModeratorKey
from moderation.people import rights, second_factor
from moderation.views.doors import may
from moderation.views.headings import heading


@dataclass(frozen=True)
class Person:
    """One line of the list."""

    user: Any
    roles: list[str]
    key: str
    has_factor: bool


@require_GET
@may("see the people")
def people(request: HttpRequest) -> HttpResponse:
    """List everybody who has a part here."""
    may_log_in = Q(groups__permissions__codename="access_admin") | Q(is_superuser=True)
    has_part = Q(groups__name__in=(policies.MODERATORS, policies.COORDINATORS, policies.EDITORS))
    users = get_user_model().objects.filter(may_log_in | has_part).distinct()
    users = users.order_by("-is_active", "username").prefetch_related("groups")
    shares = KeyShare.objects.filter(key__is_current=True, epoch__is_current=True)
    admitted = dict(shares.values_list("key__moderator", "admitted_at"))
    made = {key.moderator_id: key for key in ModeratorKey.objects.filter(is_current=True)}
    stopped = audit_log.ids_with(audit_log.STOP, ModeratorKey)
    with_factor = second_factor.people_with_phone()
    context = {
        "people": [
            Person(
                user,
                sorted(group.name for group in user.groups.all()),
                _key_in_words(user, admitted.get(user.pk), made.get(user.pk), stopped),
                user.pk in with_factor,
            )
            for user in users
        ],
        "can_manage": policies.COORDINATORS in policies.roles(request.user),
        **heading(_("People"), "group"),
    }
    return TemplateResponse(request, "moderation/people.html", context)


def page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """A page that lies under the list of people."""
    around = heading(title, "group", under=[(reverse("room_people"), _("People"))])
    return TemplateResponse(request, f"moderation/people/{name}.html", {**around, **context})


def _key_in_words(user: Any, admitted_at: Any, key: ModeratorKey | None, stopped: set[str]) -> str:
    if admitted_at is not None:
        if timezone.now() < admitted_at + policies.NEW_KEY_WAITS:
            return _("Reads; agrees once 48 hours have passed")
        return _("Reads and agrees")
    if key is None:
        return _("No key")
    if str(key.pk) not in stopped:
        return _("Waits to be admitted")
    # As the list of keys says it, where only who is active stands.
    return _("Stopped; waits to be admitted again") if user.is_active else _("Stopped")


# --- Administrators are left to administrators ------------------------------------------------


def refuse_to_add(request: HttpRequest) -> HttpResponse | None:
    """Keep somebody whose own right waits from giving any."""
    return _refuse(request, [])


def refuse_to_change(request: HttpRequest, user: Any) -> HttpResponse | None:
    """Keep a coordinator also from giving an administrator another password, and so becoming one."""
    return _refuse(request, [user])


def refuse_to_change_many(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    """The same answer to what the list does to many at once."""
    is_of_people = action.model is get_user_model()
    return _refuse(request, list(objects), regroups=action_type == "assign_role") if is_of_people else None


def _refuse(request: HttpRequest, users: list[Any], *, regroups: bool = False) -> HttpResponse | None:
    reason = rights.why_not_change(users, request.user, regroups=regroups)
    if any(user.is_superuser for user in users) and not request.user.is_superuser:  # type: ignore[union-attr]
        reason = _("Only an administrator changes an administrator.")
    if reason is None:
        return None
    messages.error(request, reason)
    return redirect("wagtailusers_users:index")


# --- Nobody is deleted ----------------------------------------------------------------------


def refuse_to_delete(request: HttpRequest, user: Any) -> HttpResponse:
    """Answer every wish to delete a person: an agreement has to name somebody for as long as its story stands."""
    messages.error(
        request,
        _("People aren’t deleted here, because every story names its two readers. Make %(name)s inactive instead.")
        % {"name": user.get_username()},
    )
    return redirect(reverse("wagtailusers_users:edit", args=[user.pk]))


def refuse_to_delete_many(request: HttpRequest, action_type: str, objects: Any, action: Any) -> HttpResponse | None:
    """The same answer to the list's own “delete selected”."""
    if action_type != "delete" or action.model is not get_user_model():
        return None
    messages.error(
        request, _("People aren’t deleted here, because every story names its two readers. Make them inactive instead.")
    )
    return redirect("wagtailusers_users:index")
