"""Rules of sorting a submission, deciding about it, holding it, and writing to its contributor."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from moderation.facts import Facts
from moderation.policies.access import (
    approval_is_valid,
    reason_if,
    why_not_conflicted,
    why_not_for_real,
    why_not_holder,
)
from moderation.team.permissions import why_not_by_role
from stories.core import dates, decline_reasons, lifecycle
from stories.core.lifecycle import UNDECIDED
from stories.models import Submission

# Until somebody looks again, and, from the week it came in, until it is erased whatever the case is doing.
LONGEST_HOLD = timedelta(days=366)
LONGEST_KEPT = timedelta(days=3 * 366)
HOLD_REASONS = ("legal", "safety")


def why_not_decide(deed: str, facts: Facts) -> str | None:
    """Say why this person can't do `deed`, for which it has to be in their hands."""
    return (
        why_not_by_role(deed, facts.person)
        or why_not_for_real(facts.submission)
        or lifecycle.why_not(deed, status=facts.status)
        or why_not_holder(facts)
        or _why_not_told_yet(facts)
    )


def why_not_triage(deed: str, facts: Facts, *, move: str = "") -> str | None:
    """Say why this person can't sort it; sorting needs nothing in hand. `move` names the status move, if any."""
    if reason := _why_not_sort(deed, facts):
        return reason
    if move:
        return lifecycle.why_not(move, status=facts.status) or _why_not_told_yet(facts)
    return None if facts.status in UNDECIDED else _("This is decided, or withdrawn.")


def why_not_mark_urgent(facts: Facts) -> str | None:
    """Say why this person can't mark it urgent, or take the mark off: what is urgent can show in every state."""
    is_gone = facts.status in (Submission.Status.DRAFT, Submission.Status.WITHDRAWN)
    return _why_not_sort("mark urgent", facts) or reason_if(is_gone, _("This is withdrawn."))


def _why_not_sort(deed: str, facts: Facts) -> str | None:
    may_not = why_not_by_role(deed, facts.person) or why_not_conflicted(facts)
    return may_not or why_not_for_real(facts.submission)


def why_not_decline(facts: Facts, reason: str) -> str | None:
    """Say why this person can't decline it for `reason`."""
    said = _("Choose a reason from the list; the contributor reads it in plain words.")
    return reason_if(reason not in decline_reasons.REASONS, said) or why_not_decide("decline", facts)


def why_not_back_in_tray(facts: Facts) -> str | None:
    """Say why this person can't put it back in the flood tray."""
    held = _("It was held when it was declined. Only two people let go of what is held, so it stays declined.")
    other = _("Only what was declined with a flood, and is not erased, goes back into the flood tray.")
    return (
        why_not_by_role("put back in the flood tray", facts.person)
        or why_not_conflicted(facts)
        or _why_not_told_yet(facts)
        or reason_if(facts.submission.look_again_on, held)
        or reason_if(not facts.was_declined_with_flood, other)
    )


def _why_not_told_yet(facts: Facts) -> str | None:
    """Say that its contributor isn't told yet what was decided last: two such things at once couldn't be taken back."""
    if facts.on_its_way is None:
        return None
    said = _("What was decided last goes to the contributor at %(at)s. Take it back first, or wait until then.")
    return said % {"at": date_format(timezone.localtime(facts.on_its_way.sends_at), "H:i")}


def why_not_hold(facts: Facts, reason: str, *, look_again_on: date, keep_until: date, move: str = "hold") -> str | None:
    """Say why this person can't hold it until that day, and keep it until the other at the longest."""
    if reason not in HOLD_REASONS:
        return _("Say whether it is held for a legal reason or for somebody’s safety.")
    if not lifecycle.today() < look_again_on <= lifecycle.today() + LONGEST_HOLD:
        return _("Choose a day after today, and within a year, on which somebody looks again.")
    if keep_until < least_kept(look_again_on):
        return _("Keep it for at least 30 days after the day on which somebody looks again.")
    if keep_until > facts.submission.week + LONGEST_KEPT:
        said = _("Nothing is held for more than three years. This one is kept until %(day)s at the longest.")
        return said % {"day": date_format(facts.submission.week + LONGEST_KEPT, "j F Y")}
    return (
        why_not_by_role("hold", facts.person)
        or why_not_for_real(facts.submission)
        or lifecycle.why_not(move, status=facts.status)
        or why_not_holder(facts)
    )


def least_kept(look_again_on: date) -> date:
    """Until when a held one is kept at the least: whoever looks again has time to decide."""
    return look_again_on + timedelta(days=dates.DAYS_AFTER_DECISION)


def why_not_release(facts: Facts) -> str | None:
    """Say why this person can't let a held one go, or be the second to want it."""
    said = _("You have asked already. A second person lets it go, so that nobody does it alone.")
    has_asked = who_asked_to_release(facts) == facts.person.pk
    return why_not_triage("release", facts, move="release") or reason_if(has_asked, said)


def who_asked_to_release(facts: Facts) -> int | None:
    """The person whose wish to let it go waits for a second one; nobody, once it isn't valid any more."""
    asked_by = facts.release_wish.asked_by_id if facts.release_wish else None
    return asked_by if approval_is_valid("release", facts, asked_by) else None


def why_not_count(facts: Facts, answers: Mapping[str, object]) -> str | None:
    """Say why its ticked answers can't be counted without a story."""
    said = _("The contributor didn’t agree that their ticked answers are counted.")
    return reason_if(not answers.get("consent_count"), said) or why_not_decide("count", facts)


def why_not_ask(facts: Facts, question: str) -> str | None:
    """Say why this person can't ask the contributor."""
    no_code = _("They chose to have no code, so a question could never reach them.")
    nothing = _("Write your question. They read it when they come back with their code.")
    cannot = reason_if(not facts.submission.key_under_code, no_code) or reason_if(not question.strip(), nothing)
    return cannot or why_not_decide("ask", facts)


def why_not_write_to(facts: Facts, text: str) -> str | None:
    """Say why this person can't send that message to the contributor."""
    if reason := why_not_by_role("write to the contributor", facts.person) or why_not_for_real(facts.submission):
        return reason
    if facts.submission.is_erased or not facts.submission.key_under_code:
        return _("They chose to have no code, so a message can’t reach them.")
    return None if text.strip() else _("Write something first. They read it when they come back with their code.")


def why_not_take_back(facts: Facts) -> str | None:
    """Say why this person can't take back what isn't sent yet; any moderator can, in case a colleague has to."""
    return why_not_by_role("ask", facts.person) or why_not_conflicted(facts)
