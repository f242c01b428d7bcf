"""What comes next once one account is done: the next by the team's order, another one, or enough for today."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from moderation import claims, reading
from moderation.queue import lanes, rows, urgent
from moderation.team import wellbeing
from moderation.team.vault_session import vault_of
from moderation.views.decorators import StaffRequest, room_view
from moderation.views.pages import QUEUE, room_page
from stories.core import lifecycle

# Whoever turned so many down looks at the queue.
_MOST_SKIPPED = 20


@room_view("see the queue", "GET")
def next_account(request: StaffRequest) -> HttpResponse:
    """Show which account is next, without a word of it: it counts as opened once somebody opens it."""
    skipped = _skipped(request)
    vault = vault_of(request)
    found, is_second = lanes.next_row_for(request.user, urgent.beside_ticks(request.user, vault).all, skip=skipped)
    care = wellbeing.break_suggestion(request.user)
    context: dict[str, object] = {"row": found, "is_second": is_second, "care": care}
    if found:
        # Who opens what waits for its first reader works on it.
        context["is_taken"] = found.status in lifecycle.OPEN_TO_WORK and found.status not in lifecycle.PUT_FORWARD
        rows.mark_unread([found])
        labels = reading.open_labels([found], vault).get(found.pk) if vault else None
        context |= {"age": rows.weeks_in_words(found), "tags": list(rows.sealed_tags(labels))}
        context["skip"] = ",".join(map(str, [*skipped, found.pk][-_MOST_SKIPPED:]))
    return room_page(request, "next", _("Next"), "arrow-right", context, under=[QUEUE])


def _skipped(request: StaffRequest) -> list[UUID]:
    skipped = []
    for each in request.GET.get("skip", "").split(",")[:_MOST_SKIPPED]:
        with suppress(ValueError):
            skipped.append(UUID(each))
    return skipped


@room_view("see the queue", "POST")
def stop_for_today(request: StaffRequest) -> HttpResponse:
    """Hand on everything that this person has in hand, and thank them."""
    for claim in claims.claims_of(request.user).filter(submission__practice_for=None):
        claims.hand_on(claim.submission, by=request.user)
    messages.success(request, _("Thank you. Nothing waits in your hands: your colleagues can go on with all of it."))
    return redirect("room_care")
