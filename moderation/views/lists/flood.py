"""One click for a whole flood, and one to undo it: each a question that names how many, and its answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from moderation import flood
from moderation.views.doors import may
from moderation.views.headings import QUEUE, heading
from moderation.views.safekeeping.vault import needs_vault

# Digits: a longer number than any database counts to.
_LONGEST = 19


@require_http_methods(["GET", "POST"])
@may("decline the flood")
@needs_vault
def decline_flood(request: HttpRequest) -> HttpResponse:
    """Ask once, naming the number; a POST declines those that were there when it was asked, and no other."""
    if request.method == "POST":
        return _decline(request)
    until = flood.newest_event()
    count = flood.untouched(until=until, by=request.user).count()
    whole = flood.untouched(until=until, by=request.user, with_ticked=True).count()
    context: dict[str, object] = {"count": count, "ticked": whole - count, "whole": whole, "until": until}
    return _ask(request, "flood", title=_("Decline the flood"), icon="cross", context=context)


def _decline(request: HttpRequest) -> HttpResponse:
    with_ticked = request.POST.get("which") == "ticked too"
    count = flood.decline_all(until=_number(request, "until"), by=request.user, with_ticked=with_ticked)
    says = ngettext("%(count)d account is declined as spam.", "%(count)d accounts are declined as spam.", count)
    back = messages.button(reverse("room_put_flood_back"), _("Put these back in the flood tray"))
    messages.success(request, says % {"count": count}, buttons=[back] if count else [])
    return redirect("room_lane", lane="flood")


@require_http_methods(["GET", "POST"])
@may("put back in the flood tray")
def put_flood_back(request: HttpRequest) -> HttpResponse:
    """Ask once, naming whose click it was and how many; a POST puts back those of that click, and no other."""
    if request.method == "POST":
        return _put_back(request)
    click = flood.newest_click()
    context: dict[str, object] = {"count": flood.declined_by(click, for_whom=request.user).count(), "click": click}
    return _ask(request, "flood_back", title=_("Put the flood back"), icon="arrow-left", context=context)


def _put_back(request: HttpRequest) -> HttpResponse:
    count = flood.put_all_back(click=_number(request, "click"), by=request.user)
    says = ngettext(
        "%(count)d account is back in the flood tray.", "%(count)d accounts are back in the flood tray.", count
    )
    messages.success(request, says % {"count": count})
    return redirect("room_lane", lane="flood")


def _ask(request: HttpRequest, page: str, *, title: str, icon: str, context: dict[str, object]) -> HttpResponse:
    frame = heading(title, icon, under=[QUEUE])
    return TemplateResponse(request, f"moderation/{page}.html", {**frame, **context})


def _number(request: HttpRequest, name: str) -> int:
    """The number of an event, as a page of ours carries it; 0, which none has, for anything else."""
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < _LONGEST else 0
