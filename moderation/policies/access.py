"""Rules of claims: taking a submission in hand, conflicts of interest, and approvals that are valid."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from moderation.facts import Facts
from moderation.models import Claim
from moderation.team.permissions import why_not
from stories.core import tables
from stories.core.lifecycle import OPEN_TO_WORK
from stories.models import Submission

# The holder of a claim counts as absent after so long without a piece of work, which is half of what a claim lasts.
ABSENT_AFTER = timedelta(minutes=15)
# Why somebody can't do a thing, by the names that the rules have for it, and the reasons to choose from.
_WORDS: dict[str, dict[str, str]] = tables.read(__file__, "reasons.toml")
REASONS, TAKE_OVER_REASONS, ADVICE = _WORDS["reasons"], _WORDS["take_over"], _WORDS["advice"]


def reason_if(is_so: object, slug: str, /, **named: str) -> str | None:
    """The reason of this slug where it is so: rules are chains of these, of which the first one counts."""
    # Looked up either way, so that no test of a rule passes over a name that isn't there.
    reason = REASONS[slug]
    return reason % named if is_so else None


def why_not_conflicted(facts: Facts) -> str | None:
    """Say that this person has a conflict of interest, or that it is a colleague's exercise: it isn't theirs."""
    is_exercise = facts.submission.practice_for_id not in (None, facts.person.pk)
    return reason_if(is_exercise, "exercise_of_another") or reason_if(facts.has_conflict, "conflict")


def why_not_allowed(deed: str, facts: Facts) -> str | None:
    """Say that this person's roles don't give them `deed`, or that it isn't theirs for a conflict of interest."""
    return why_not(deed, facts.person) or why_not_conflicted(facts)


def why_not_for_real(submission: Submission) -> str | None:
    """Say that this is an exercise, which nothing that reaches anybody else is done to."""
    return reason_if(submission.practice_for_id is not None, "exercise")


def approval_is_valid(deed: str, facts: Facts, giver: int | None) -> bool:
    """True while its giver may still do `deed`, holds a key that opens the vault, and has no conflict of interest."""
    person = facts.colleagues.get(giver) if giver is not None else None
    if person is None or not person.holds_a_key:
        return False
    return why_not_allowed(deed, replace(facts, person=person, has_conflict=person.has_conflict)) is None


def why_not_claim(facts: Facts) -> str | None:
    decided = reason_if(facts.status not in OPEN_TO_WORK, "decided")
    return why_not_allowed("claim", facts) or decided or why_not_free(facts)


def why_not_take_over(facts: Facts, reason: str) -> str | None:
    claim = facts.claim
    if claim is None or facts.is_mine:
        return why_not_claim(facts) or REASONS["nobody_has_it"]
    return (
        why_not_allowed("take over", facts)
        or reason_if(not is_absent(claim), "at_work", name=claim.holder.get_username())
        or reason_if(reason not in TAKE_OVER_REASONS, "take_over_reason")
    )


def is_absent(claim: Claim) -> bool:
    """True once the holder of a claim hasn't worked on it for a while; each piece of work moves its end."""
    return claim.expires_at - timezone.now() <= Claim.LASTS - ABSENT_AFTER


def why_not_holder(facts: Facts) -> str | None:
    return why_not_conflicted(facts) or reason_if(facts.claim is None, "unclaimed") or why_not_free(facts)


def why_not_note_call(facts: Facts) -> str | None:
    return why_not_allowed("ring safeguarding", facts) or reason_if(facts.submission.is_empty, "words_erased")


def why_not_free(facts: Facts) -> str | None:
    if facts.claim is None or facts.is_mine:
        return None
    return REASONS["in_hand"] % {"name": facts.claim.holder.get_username()}
