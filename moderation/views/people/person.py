"""One colleague's log-in: what is set up, and what others may do about it; and the page for when something happens."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from moderation import keys
from moderation.conversation import ready_words
from moderation.deeds import COORDINATORS, MODERATORS, roles
from moderation.errors import Refused
from moderation.models import ModeratorKey
from moderation.people import recovery_codes, second_factor, team
from moderation.safekeeping import vault
from moderation.views.doors import may
from moderation.views.people.people import page

# So many wrong codes in a row are more than a slip of the finger.
_MANY_WRONG = 5


@require_GET
@may("see the people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """How somebody's log-in stands."""
    somebody = get_object_or_404(get_user_model(), pk=pk)
    key = ModeratorKey.objects.filter(moderator=somebody, is_current=True).first()
    wrong = second_factor.wrong_in_a_row(somebody)
    context = {
        "person": somebody,
        "parts": sorted(roles(somebody)),
        "key": key,
        "is_admitted": key is not None and keys.is_admitted(key),
        "has_factor": second_factor.of(somebody) is not None,
        "codes_left": recovery_codes.left(somebody),
        "wrong": wrong if wrong >= _MANY_WRONG else 0,
        "is_own": somebody.pk == request.user.pk,
        "is_coordinator": COORDINATORS in roles(request.user),
        "why_not_reset": team.why_not_reset(somebody, request.user),
        "why_not_leave": team.why_not_leave(somebody, request.user),
    }
    return page(request, "person", somebody.get_username(), **context)


@require_POST
@may("end sessions")
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's log-ins, or one's own on every machine."""

    def deed(somebody: Any) -> str:
        ended = team.end_sessions(somebody, by=request.user)
        said = ngettext("%(count)s log-in of %(name)s ended.", "%(count)s log-ins of %(name)s ended.", ended)
        return said % {"count": ended, "name": somebody.get_username()}

    return _done(request, pk, deed)


@require_POST
@may("reset a second factor")
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost second factor away."""

    def deed(somebody: Any) -> str:
        team.reset_second_factor(somebody, by=request.user)
        said = _("The second step of %(name)s is gone, and every log-in with it. They set up another when they log in.")
        return said % {"name": somebody.get_username()}

    return _done(request, pk, deed)


@require_POST
@may("write down a leaver")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End the part of somebody who has left."""

    def deed(somebody: Any) -> str:
        team.leave(somebody, by=request.user)
        said = _("%(name)s can’t log in any more, and their key opens nothing. Now have the team’s key changed.")
        return said % {"name": somebody.get_username()}

    return _done(request, pk, deed)


def _done(request: HttpRequest, pk: int, deed: Callable[[Any], str]) -> HttpResponse:
    somebody = get_object_or_404(get_user_model(), pk=pk)
    try:
        messages.success(request, deed(somebody))
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("room_person", pk=pk)


@require_GET
@may("see the people")
def what_to_do(request: HttpRequest) -> HttpResponse:
    """The steps for whatever can happen to people and keys, each with the way to its screen."""
    queue = vault.current()
    context = {
        "is_coordinator": COORDINATORS in roles(request.user),
        "is_moderator": MODERATORS in roles(request.user),
        "contacts": ready_words.safeguarding(),
        "fingerprint": vault.fingerprint(queue.public) if queue else "",
    }
    return page(request, "what_to_do", _("When something happens"), **context)
