"""Who may decide about a submission, or sort it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from moderation.deeds import why_not
from moderation.policies.in_hand import why_not_holder
from stories import decline_reasons, lifecycle
from stories.lifecycle import UNDECIDED
from stories.models import Submission
from stories.telling import flood_tray

LONGEST_HOLD = timedelta(days=366)
HOLD_REASONS = ("legal", "safety")


def why_not_decide(deed: str, submission: Submission, user: Any) -> str | None:
    """Say why this person can't do `deed`, for which it has to be in their hands."""
    return why_not(deed, user) or lifecycle.why_not(deed, status=submission.status) or why_not_holder(submission, user)


def why_not_triage(deed: str, submission: Submission, user: Any, *, move: str = "") -> str | None:
    """Say why this person can't sort it; sorting needs nothing in hand. `move` names the status move, if any."""
    if reason := why_not(deed, user):
        return reason
    if move:
        return lifecycle.why_not(move, status=submission.status)
    return None if submission.status in UNDECIDED else _("This is decided, or withdrawn.")


def why_not_decline(submission: Submission, reason: str, user: Any) -> str | None:
    """Say why this person can't decline it for `reason`."""
    if reason not in decline_reasons.REASONS:
        return _("Choose a reason from the list; the contributor reads it in plain words.")
    return why_not_decide("decline", submission, user)


def why_not_back_in_tray(submission: Submission, user: Any) -> str | None:
    """Say why this person can't put it back in the flood tray."""
    if reason := why_not("put back in the flood tray", user):
        return reason
    if not flood_tray.declined().filter(pk=submission.pk).exists():
        return _("Only what was declined with a flood, and is not erased, goes back into the flood tray.")
    return None


def why_not_ask(submission: Submission, question: str, user: Any) -> str | None:
    """Say why this person can't ask the contributor."""
    if not submission.key_under_code:
        return _("They chose to have no code, so a question could never reach them.")
    if not question.strip():
        return _("Write your question. They read it when they come back with their code.")
    return why_not_decide("ask", submission, user)


def why_not_hold(submission: Submission, reason: str, look_again_on: date, user: Any) -> str | None:
    """Say why this person can't hold it until that day."""
    if reason not in HOLD_REASONS:
        return _("Say whether it is held for a legal reason or for somebody's safety.")
    if not lifecycle.today() < look_again_on <= lifecycle.today() + LONGEST_HOLD:
        return _("Choose a day after today, and within a year, on which somebody looks again.")
    return why_not_decide("hold", submission, user)


def why_not_count(submission: Submission, answers: Mapping[str, Any], user: Any) -> str | None:
    """Say why its ticked answers can't be counted without a story."""
    if not answers.get("consent_count"):
        return _("The contributor didn't agree that their ticked answers are counted.")
    return why_not_decide("count", submission, user)
