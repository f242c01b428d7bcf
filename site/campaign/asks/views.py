"""The pages of the asks: their list by where they stand, and each with its history."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaign.asks import pressing, public_asks
from campaign.models import Ask
from stories.public import asks, named_lists, responses
from stories.public.asks import PublicAsk


@require_safe
def ask_list(request: HttpRequest) -> HttpResponse:
    """Every public ask, from the edition alone."""
    groups = [{"words": words, "asks": found, "count": _count(len(found))} for words, found in asks.by_state()]
    return render(request, "campaign/ask_list.html", {"groups": groups})


@require_safe
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """One public ask; what it quotes is asked for, the rest is in the edition."""
    public = asks.by_slug().get(slug)
    kept = Ask.objects.using(settings.PUBLIC_READS).filter(live=True, slug=slug).only("why").first()
    if public is None or kept is None:
        raise Http404
    return _page(request, public, kept.why)


def show(request: HttpRequest, draft: Ask) -> HttpResponse:
    """The page as it would stand if this were public: an editor's preview. Raises nothing for a half-written one."""
    if not draft.updates.all() or draft.addressee_id is None:
        return render(request, "campaign/ask_unfinished.html")
    return _page(request, asks.of_row(public_asks.row(draft)), draft.why)


def _page(request: HttpRequest, public: PublicAsk, why: Any) -> HttpResponse:
    names = named_lists.read().forces
    answers = [
        {"force": names[each.force], "response": each} for each in responses.to_ask(public.slug) if each.force in names
    ]
    actions = pressing.of(public.slug)
    can_act = any(each.is_open for each in actions)
    context = {"ask": public, "why": why, "actions": actions, "can_act": can_act, "answers": answers}
    return render(request, "campaign/ask_page.html", context)


def _count(many: int) -> str:
    return ngettext("%(many)s ask", "%(many)s asks", many) % {"many": many}
