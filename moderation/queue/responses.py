"""Letters and forces' answers as they wait: what nobody answered, what nobody agreed to yet, and what stands."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import WorkflowState

from moderation.policies import responses as policies
from moderation.team.permissions import why_not
from stories.models import Letter, Response


def letters_without_answer() -> list[Letter]:
    """The letters to which no answer stands on the site or waits, the oldest first."""
    rows = Letter.objects.filter(answer=None).select_related("force").order_by("month", "force", "pk")
    drafts = list(Response.objects.filter(live=False, is_entered=True))
    return [row for row in rows if not any(draft.speaks_to(row) for draft in drafts)]


def open_answers() -> QuerySet[Response]:
    """Drafts, and corrections of what stands, to which two people haven't agreed."""
    return Response.objects.exclude(live=True, has_unpublished_changes=False)


def waiting_answers() -> list[Response]:
    """The same, each with its newest revision and its `turn`: what came back first, then the oldest."""
    rows = list(open_answers().select_related("force", "latest_revision__user"))
    for row in rows:
        state = row.current_workflow_state
        row.turn = state.status if state else ""
    return sorted(rows, key=lambda row: (row.turn == WorkflowState.STATUS_IN_PROGRESS, row.latest_revision_id or 0))


def waiting_for(user: Any) -> list[Response]:
    """Of `waiting`, what a person can bring further: what came back, and what they may agree to as a second person."""
    may_enter = why_not("enter a response", user) is None
    return [
        row
        for row in waiting_answers()
        if (row.turn == WorkflowState.STATUS_NEEDS_CHANGES and may_enter)
        or (row.turn == WorkflowState.STATUS_IN_PROGRESS and policies.why_not_second_person(row, user) is None)
    ]


def standing_answers() -> QuerySet[Response]:
    """What two people agreed to, the newest month first."""
    return Response.public.select_related("force", "first_reader", "second_reader")
