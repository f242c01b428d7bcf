"""Who may decide about a submission, or sort it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moderation.deeds import why_not
from moderation.personal.care import why_not_apart
from moderation.policies.in_hand import why_not_holder
from moderation.policies.practice import why_not_for_real
from stories import decline_reasons, lifecycle
from stories.lifecycle import UNDECIDED
from stories.models import Submission
from stories.telling import coming_back, flood_tray

# Until somebody looks again, and, from the week it came in, until it is erased whatever the case is doing.
LONGEST_HOLD = timedelta(days=366)
LONGEST_KEPT = timedelta(days=3 * 366)
HOLD_REASONS = ("legal", "safety")


def why_not_decide(deed: str, submission: Submission, user: Any) -> str | None:
    """Say why this person can't do `deed`, for which it has to be in their hands."""
    return (
        why_not(deed, user)
        or why_not_for_real(submission)
        or lifecycle.why_not(deed, status=submission.status)
        or why_not_holder(submission, user)
        or _why_not_meanwhile(submission)
    )


def why_not_triage(deed: str, submission: Submission, user: Any, *, move: str = "") -> str | None:
    """Say why this person can't sort it; sorting needs nothing in hand. `move` names the status move, if any."""
    if reason := why_not(deed, user) or why_not_apart(submission, user) or why_not_for_real(submission):
        return reason
    if move:
        return lifecycle.why_not(move, status=submission.status) or _why_not_meanwhile(submission)
    return None if submission.status in UNDECIDED else _("This is decided, or withdrawn.")


def why_not_mark_urgent(submission: Submission, user: Any) -> str | None:
    """Say why this person can't mark it urgent, or take the mark off: what is urgent can show in every state."""
    if reason := why_not("mark urgent", user) or why_not_apart(submission, user) or why_not_for_real(submission):
        return reason
    if submission.status in (Submission.Status.DRAFT, Submission.Status.WITHDRAWN):
        return _("This is withdrawn.")
    return None


def why_not_decline(submission: Submission, reason: str, user: Any) -> str | None:
    """Say why this person can't decline it for `reason`."""
    if reason not in decline_reasons.REASONS:
        return _("Choose a reason from the list; the contributor reads it in plain words.")
    return why_not_decide("decline", submission, user)


def why_not_back_in_tray(submission: Submission, user: Any) -> str | None:
    """Say why this person can't put it back in the flood tray."""
    if reason := why_not("put back in the flood tray", user) or why_not_apart(submission, user):
        return reason
    if reason := _why_not_meanwhile(submission):
        return reason
    if submission.look_again_on:
        return _("It was held when it was declined. Only two people let go of what is held, so it stays declined.")
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


def why_not_take_back(submission: Submission, user: Any) -> str | None:
    """Say why this person can't take back what isn't sent yet; any moderator can, in case a colleague has to."""
    return why_not("ask", user) or why_not_apart(submission, user)


def _why_not_meanwhile(submission: Submission) -> str | None:
    """Say that its contributor isn't told yet what was decided last: two such things at once couldn't be taken back."""
    before = coming_back.deed_on_its_way(submission)
    if before is None:
        return None
    at = date_format(timezone.localtime(before.sends_at), "H:i")
    return _("What was decided last goes to the contributor at %(at)s. Take it back first, or wait until then.") % {
        "at": at
    }


def why_not_hold(
    submission: Submission, reason: str, *, look_again_on: date, keep_until: date, user: Any, move: str = "hold"
) -> str | None:
    """Say why this person can't hold it until that day, and keep it until the other at the longest."""
    if reason not in HOLD_REASONS:
        return _("Say whether it is held for a legal reason or for somebody’s safety.")
    if not lifecycle.today() < look_again_on <= lifecycle.today() + LONGEST_HOLD:
        return _("Choose a day after today, and within a year, on which somebody looks again.")
    if keep_until < least_kept(look_again_on):
        return _("Keep it for at least 30 days after the day on which somebody looks again.")
    if keep_until > submission.week + LONGEST_KEPT:
        last = date_format(submission.week + LONGEST_KEPT, "j F Y")
        return _("Nothing is held for more than three years. This one is kept until %(day)s at the longest.") % {
            "day": last
        }
    return (
        why_not("hold", user)
        or why_not_for_real(submission)
        or lifecycle.why_not(move, status=submission.status)
        or why_not_holder(submission, user)
    )


def least_kept(look_again_on: date) -> date:
    """Until when a held one is kept at the least: whoever looks again has time to decide."""
    return look_again_on + timedelta(days=lifecycle.DAYS_AFTER_DECISION)


def why_not_release(submission: Submission, asked_by: Any, user: Any) -> str | None:
    """Say why this person can't let a held one go, or be the second to want it; `asked_by` is the first, or None."""
    if reason := why_not_triage("release", submission, user, move="release"):
        return reason
    if asked_by is not None and asked_by.pk == user.pk:
        return _("You have asked already. A second person lets it go, so that nobody does it alone.")
    return None


def why_not_count(submission: Submission, answers: Mapping[str, Any], user: Any) -> str | None:
    """Say why its ticked answers can't be counted without a story."""
    if not answers.get("consent_count"):
        return _("The contributor didn’t agree that their ticked answers are counted.")
    return why_not_decide("count", submission, user)
