"""One click for a whole flood, and one to undo it: each a question that names how many, and its answer."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from moderation import flood
from moderation.views.decorators import require_permission
from moderation.views.pages import QUEUE, heading
from moderation.views.team.vault import needs_vault

_ID = re.compile(r"[0-9a-f]{32}")
# No key of an event is larger.
_LARGEST = 2**63 - 1


@require_http_methods(["GET", "POST"])
@require_permission("decline the flood")
@needs_vault
def decline_flood(request: HttpRequest) -> HttpResponse:
    """Ask once, naming the number; a POST declines those that were there when it was asked, and no other."""
    if request.method == "POST":
        return _decline(request)
    rows = list(flood.untouched_flood(by=request.user, with_ticked=True))
    calm = [row for row in rows if not row.is_urgent]
    context: dict[str, object] = {
        "count": len(calm),
        "ticked": len(rows) - len(calm),
        "whole": len(rows),
        "asked": " ".join(row.pk.hex for row in rows),
        "groups": flood.groups_of_same_words(calm, request.vault),  # type: ignore[attr-defined]
    }
    return _ask(request, "flood", title=_("Decline the flood"), icon="cross", context=context)


def _decline(request: HttpRequest) -> HttpResponse:
    with_ticked = request.POST.get("which") == "ticked too"
    asked = [UUID(each) for each in request.POST.get("asked", "").split() if _ID.fullmatch(each)]
    count = flood.decline_all(asked, by=request.user, with_ticked=with_ticked)
    says = ngettext("%(count)d account is declined as spam.", "%(count)d accounts are declined as spam.", count)
    back = messages.button(reverse("room_put_flood_back"), _("Put these back in the flood tray"))
    messages.success(request, says % {"count": count}, buttons=[back] if count else [])
    return redirect("room_lane", lane="flood")


@require_http_methods(["GET", "POST"])
@require_permission("put back in the flood tray")
def put_flood_back(request: HttpRequest) -> HttpResponse:
    """Ask once, naming who declined how many on which day; a POST puts back those, and no other."""
    if request.method == "POST":
        return _put_back(request)
    click = flood.newest_click(request.user)
    context: dict[str, object] = {"count": flood.declined_by(click, for_whom=request.user).count(), "click": click}
    return _ask(request, "flood_back", title=_("Put the flood back"), icon="arrow-left", context=context)


def _put_back(request: HttpRequest) -> HttpResponse:
    count = flood.put_all_back(click=_click(request), by=request.user)
    says = ngettext(
        "%(count)d account is back in the flood tray.", "%(count)d accounts are back in the flood tray.", count
    )
    messages.success(request, says % {"count": count})
    return redirect("room_lane", lane="flood")


def _ask(request: HttpRequest, page: str, *, title: str, icon: str, context: dict[str, object]) -> HttpResponse:
    frame = heading(title, icon, under=[QUEUE])
    return TemplateResponse(request, f"moderation/{page}.html", {**frame, **context})


def _click(request: HttpRequest) -> int:
    """The key of an event, as a page of ours carries it; 0, which none has, for anything else."""
    given = request.POST.get("click", "")
    number = int(given) if given.isdecimal() and len(given) <= len(str(_LARGEST)) else 0
    return number if number <= _LARGEST else 0
