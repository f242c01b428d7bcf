"""Rules of sorting a submission, deciding about it, holding it, and writing to its contributor."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from moderation.facts import Facts
from moderation.policies import access
from moderation.policies.access import REASONS, reason_if, why_not_allowed, why_not_for_real, why_not_holder
from moderation.team.permissions import why_not
from stories.core import decline_reasons, lifecycle, retention_days
from stories.core.lifecycle import UNDECIDED
from stories.models import Submission

HOLD_REASONS = ("legal", "safety")


def why_not_decide(deed: str, facts: Facts) -> str | None:
    return (
        why_not(deed, facts.person)
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
    return reason_if(facts.status not in UNDECIDED, "decided_or_withdrawn")


def why_not_mark_urgent(facts: Facts) -> str | None:
    """Say why this person can't mark it urgent, or take the mark off: what is urgent can show in every state."""
    is_gone = facts.status in (Submission.Status.DRAFT, Submission.Status.WITHDRAWN)
    return _why_not_sort("mark urgent", facts) or reason_if(is_gone, "withdrawn")


def _why_not_sort(deed: str, facts: Facts) -> str | None:
    return why_not_allowed(deed, facts) or why_not_for_real(facts.submission)


def why_not_decline(facts: Facts, reason: str) -> str | None:
    return reason_if(reason not in decline_reasons.REASONS, "decline_reason") or why_not_decide("decline", facts)


def why_not_back_in_tray(facts: Facts) -> str | None:
    return (
        why_not_allowed("put back in the flood tray", facts)
        or _why_not_told_yet(facts)
        or reason_if(facts.submission.look_again_on, "held_when_declined")
        or reason_if(not facts.was_declined_with_flood, "not_of_flood")
    )


def _why_not_told_yet(facts: Facts) -> str | None:
    """Say that its contributor isn't told yet what was decided last: two such things at once couldn't be taken back."""
    if facts.on_its_way is None:
        return None
    return REASONS["not_told_yet"] % {"at": date_format(timezone.localtime(facts.on_its_way.sends_at), "H:i")}


def why_not_hold(facts: Facts, reason: str, *, look_again_on: date, keep_until: date, move: str = "hold") -> str | None:
    today, longest = lifecycle.today(), facts.submission.week + retention_days.LONGEST_KEPT
    return (
        reason_if(reason not in HOLD_REASONS, "hold_reason")
        or reason_if(not today < look_again_on <= today + retention_days.LONGEST_HOLD, "look_again_day")
        or reason_if(keep_until < least_kept(look_again_on), "kept_too_short")
        or reason_if(keep_until > longest, "kept_too_long", day=date_format(longest, "j F Y"))
        or why_not("hold", facts.person)
        or why_not_for_real(facts.submission)
        or lifecycle.why_not(move, status=facts.status)
        or why_not_holder(facts)
    )


def least_kept(look_again_on: date) -> date:
    """Until when a held one is kept at the least: whoever looks again has time to decide."""
    return retention_days.erased_after_decision(look_again_on)


def why_not_release(facts: Facts) -> str | None:
    """Say why this person can't let a held one go, or be the second to want it."""
    has_asked = who_asked_to_release(facts) == facts.person.pk
    return why_not_triage("release", facts, move="release") or reason_if(has_asked, "asked_already")


def who_asked_to_release(facts: Facts) -> int | None:
    """The person whose wish to let it go waits for a second one; nobody, once it isn't valid any more."""
    asked_by = facts.release_wish.asked_by_id if facts.release_wish else None
    return asked_by if access.approval_is_valid("release", facts, asked_by) else None


def why_not_count(facts: Facts, answers: Mapping[str, object]) -> str | None:
    return reason_if(not answers.get("consent_count"), "not_to_be_counted") or why_not_decide("count", facts)


def why_not_ask(facts: Facts, question: str) -> str | None:
    return (
        reason_if(not facts.submission.key_under_code, "no_code_for_question")
        or reason_if(not question.strip(), "no_question")
        or why_not_decide("ask", facts)
    )


def why_not_write_to(facts: Facts, text: str) -> str | None:
    row = facts.submission
    return (
        _why_not_sort("write to the contributor", facts)
        or reason_if(row.is_erased or not row.key_under_code, "no_code_for_message")
        or reason_if(not text.strip(), "no_message")
    )


def why_not_note(facts: Facts) -> str | None:
    """Say why this person can't write to colleagues on it: whoever may open an account may, in every state of it."""
    return why_not_allowed("open an account", facts) or reason_if(facts.submission.is_empty, "words_erased")
