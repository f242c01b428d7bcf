"""One colleague's log-in: what is set up, and what others may do about it; and the page for when something happens."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from moderation import keys
from moderation.conversation import ready_words
from moderation.deeds import COORDINATORS, LOG_IN_CHANGES, MODERATORS, roles
from moderation.log import audit_log
from moderation.models import Claim, ModeratorKey
from moderation.people import rights, second_factor, team
from moderation.safekeeping import vault
from moderation.views.asking_first import Asked, ask_first
from moderation.views.doors import may
from moderation.views.headings import Place
from moderation.views.people.people import page

# So many wrong codes in a row are more than a slip of the finger.
_MANY_WRONG = 5


@require_GET
@may("see the people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """How somebody's log-in stands."""
    somebody = get_object_or_404(get_user_model(), pk=pk)
    key = ModeratorKey.objects.filter(moderator=somebody, is_current=True).first()
    wrong = second_factor.wrong_codes_in_a_row(somebody)
    context = {
        "person": somebody,
        "parts": sorted(roles(somebody)),
        "waiting": [(each, audit_log.words_of(each.what)) for each in rights.waiting().filter(person=somebody)],
        "key": key,
        "is_admitted": key is not None and keys.is_admitted(key),
        "is_stopped": key is not None and keys.is_stopped(key),
        "has_factor": second_factor.phone_of(somebody) is not None,
        "codes_left": second_factor.recovery_codes_left(somebody),
        "wrong": wrong if wrong >= _MANY_WRONG else 0,
        "is_own": somebody.pk == request.user.pk,
        "is_coordinator": COORDINATORS in roles(request.user),
        "why_not_reset": team.why_not_reset(somebody, request.user),
        "why_not_leave": team.why_not_leave(somebody, request.user),
        "why_not_bring_back": team.why_not_bring_back(somebody, request.user),
    }
    return page(request, "person", somebody.get_username(), **context)


@require_http_methods(["GET", "POST"])
@may("end sessions")
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's log-ins, or one's own on every machine, once it is asked."""

    def deed(somebody: Any) -> str:
        ended = team.end_sessions(somebody, by=request.user)
        said = ngettext("%(count)s log-in of %(name)s ended.", "%(count)s log-ins of %(name)s ended.", ended)
        return said % {"count": ended, "name": somebody.get_username()}

    says = _(
        "Every log-in of %(name)s ends at once, on every machine, and the vault is locked there. They can log in again."
    )
    return _ask(request, pk, _("End every log-in of %(name)s"), says, _("End every log-in"), deed)


@require_http_methods(["GET", "POST"])
@may("reset a second factor")
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost second factor away, once it is asked."""

    def deed(somebody: Any) -> str:
        team.reset_second_factor(somebody, by=request.user)
        said = _("The second step of %(name)s is gone, and every log-in with it. They set up another when they log in.")
        return said % {"name": somebody.get_username()}

    says = _(
        "The second step and the recovery codes of %(name)s stop working, and every log-in ends. Whoever knows their "
        "password can then set up a new one, so ring them first, on a number you already had. Everybody sees for 48 "
        "hours that you did this, and can stop it; for so long they reach no account."
    )
    title, button = _("Take away the second step of %(name)s"), _("Take their second step away")
    return _ask(request, pk, title, says, button, deed, why_not=team.why_not_reset)


@require_http_methods(["GET", "POST"])
@may("stop a right")
def stop_right(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what a colleague gave somebody before it counts, once it is asked."""
    right = get_object_or_404(rights.waiting(), pk=pk)

    def deed(somebody: Any) -> str:
        rights.stop(right, by=request.user)
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
@may("write down a leaver")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """End the part of somebody who has left, once it is asked."""

    def deed(somebody: Any) -> str:
        team.leave(somebody, by=request.user)
        said = _("%(name)s can’t log in any more, and their key opens nothing. Now have the team’s key changed.")
        return said % {"name": somebody.get_username()}

    says = _(
        "%(name)s can’t log in from the next click on, and their key opens nothing. You can bring them back, but then "
        "it takes 48 hours until a colleague can admit their key anew, and 48 more until they agree to texts. "
        "Afterwards a moderator changes the team’s key."
    )
    return _ask(request, pk, _("Has %(name)s left?"), says, _("They have left"), deed, why_not=team.why_not_leave)


@require_http_methods(["GET", "POST"])
@may("write down a leaver")
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody who was made inactive log in again, once it is asked."""

    def deed(somebody: Any) -> str:
        team.bring_back(somebody, by=request.user)
        said = _("%(name)s can log in again. Their key opens nothing before a colleague admits it.")
        return said % {"name": somebody.get_username()}

    says = _(
        "%(name)s can log in again, with the parts and the password from before. For 48 hours a moderator reaches no "
        "account. Their key still opens nothing: then a moderator admits it, and it agrees to texts 48 hours later."
    )
    return _ask(request, pk, _("Bring %(name)s back"), says, _("Bring back"), deed, why_not=team.why_not_bring_back)


def _ask(
    request: HttpRequest,
    pk: int,
    title: str,
    says: str,
    button: str,
    deed: Callable[[Any], str],
    *,
    why_not: Callable[[Any, Any], str | None] = lambda somebody, by: None,
) -> HttpResponse:
    """Say what a press does to a colleague, and how much they have in hand; a second press does it."""
    somebody = get_object_or_404(get_user_model(), pk=pk)
    named = {"name": somebody.get_username()}
    asked = Asked(title % named, f"{says % named} {in_hand_of(somebody)}", button, "warning", _above(somebody))
    return ask_first(
        request,
        asked,
        why_not=why_not(somebody, request.user),
        do=lambda: deed(somebody),
        after=reverse("room_person", args=[pk]),
    )


def _above(somebody: Any) -> tuple[Place, ...]:
    people = (reverse("room_people"), _("People"))
    return (people, (reverse("room_person", args=[somebody.pk]), somebody.get_username()))


def in_hand_of(somebody: Any) -> str:
    """Say how many accounts somebody has in hand now."""
    count = Claim.objects.filter(holder=somebody, expires_at__gt=timezone.now()).count()
    if not count:
        return _("They have no account in hand.")
    says = ngettext("They have %(count)d account in hand.", "They have %(count)d accounts in hand.", count)
    return says % {"count": count}


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
