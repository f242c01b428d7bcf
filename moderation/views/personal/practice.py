"""Learning the room: the page that explains it, beginning, ending, and what somebody found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from moderation.invented import practice
from moderation.views.doors import back_to, may, telling
from moderation.views.headings import heading


@require_GET
@may(practice.DEED)
def learn(request: HttpRequest) -> HttpResponse:
    """Say what a practice account is, and lead to it."""
    title = _("Learn the room")
    context = {
        "submission": practice.of(request.user),
        "days": practice.LASTS.days,
        **heading(title, "help"),
    }
    return TemplateResponse(request, "moderation/practice.html", context)


@require_POST
@may(practice.DEED)
def begin(request: HttpRequest) -> HttpResponse:
    """Make a new practice account, and open it."""
    with telling(request):
        return back_to(practice.begin(request.user).pk)
    return redirect("room_practice")


@require_POST
@may(practice.DEED)
def done(request: HttpRequest) -> HttpResponse:
    """Erase it."""
    practice.end(request.user)
    messages.success(request, _("Your practice account is erased. Begin a new one whenever you like."))
    return redirect("room_practice")


def found(request: HttpRequest, outcome: practice.Outcome) -> HttpResponse:
    """What they took out and what they didn't see: the end of an exercise, not a mark."""
    title = _("What you found")
    context = {
        "outcome": outcome,
        **heading(title, "help"),
    }
    return TemplateResponse(request, "moderation/practice_found.html", context)
