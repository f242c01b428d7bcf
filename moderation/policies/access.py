"""Who may take a submission in hand, who has it, who has a conflict of interest, and whose approval is valid."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.facts import Facts
from moderation.models import Claim
from moderation.team.permissions import Person, why_not_by_role
from stories.core.lifecycle import OPEN_TO_WORK
from stories.models import Submission

# The holder of a claim counts as absent after so long without a piece of work, which is half of what a claim lasts.
ABSENT_AFTER = timedelta(minutes=15)
TAKE_OVER_REASONS: dict[str, object] = {
    "no-answer": gettext_lazy("I asked, and they don’t answer"),
    "asked-me": gettext_lazy("They asked me to go on with it"),
    "cannot-wait": gettext_lazy("It can’t wait for them"),
}


def why_not_conflicted(facts: Facts) -> str | None:
    """Say that this person has a conflict of interest, or that it is a colleague's exercise: it isn't theirs."""
    return _why_not_conflicted(facts.submission, facts.person.pk, has_conflict=facts.has_conflict)


def _why_not_conflicted(submission: Submission, person: int | None, *, has_conflict: bool) -> str | None:
    if submission.practice_for_id not in (None, person):
        return _("This is a colleague’s practice account, which nobody else opens.")
    if has_conflict:
        return _("You said that you know this force or a person in it, so this one is for your colleagues.")
    return None


def why_not_for_real(submission: Submission) -> str | None:
    """Say that this is an exercise, which nothing that reaches anybody else is done to."""
    if submission.practice_for_id is None:
        return None
    return _("This is a practice account. It can be read, written and put forward, and nothing else is done to it.")


def approval_is_valid(deed: str, facts: Facts, giver: int | None) -> bool:
    """True while whoever gave an approval may still do `deed`, holds a key that opens the vault, and has no conflict
    of interest.
    """
    person: Person | None = facts.colleagues.get(giver) if giver is not None else None
    return (
        person is not None
        and why_not_by_role(deed, person) is None
        and _why_not_conflicted(facts.submission, person.pk, has_conflict=person.has_conflict) is None
        and person.holds_a_key
    )


# --- In whose hands it is -------------------------------------------------------------------


def why_not_claim(facts: Facts) -> str | None:
    """Say why this person can't take the submission in hand."""
    if reason := why_not_claim_at_all(facts):
        return reason
    if facts.status not in OPEN_TO_WORK:
        return _("This is decided, or withdrawn, so there is nothing left to work on.")
    return _in_hand_of(facts.claim) if facts.claim and not facts.is_mine else None


def why_not_take_over(facts: Facts, reason: str) -> str | None:
    """Say why this person can't take it over from the colleague who has it in hand."""
    claim = facts.claim
    if claim is None or facts.is_mine:
        return why_not_claim(facts) or _("Nobody else has this in hand. Claim it.")
    if refusal := why_not_by_role("take over", facts.person) or why_not_conflicted(facts):
        return refusal
    if not is_absent(claim):
        return _("%(name)s is at work on this. Ask them first.") % {"name": claim.holder.get_username()}
    return None if reason in TAKE_OVER_REASONS else _("Choose a reason from the list. Your colleagues can see it.")


def is_absent(claim: Claim) -> bool:
    """True once the holder of a claim hasn't worked on it for a while; each piece of work moves its end."""
    return claim.expires_at - timezone.now() <= Claim.LASTS - ABSENT_AFTER


def why_not_given(facts: Facts) -> str | None:
    """Say why this colleague can't be given the submission; the facts are for them."""
    if facts.status not in OPEN_TO_WORK:
        return _("This is decided, or withdrawn, so there is nothing left to work on.")
    return why_not_claim_at_all(facts) or why_not_for_real(facts.submission)


def why_not_claim_at_all(facts: Facts) -> str | None:
    """Say why it could never be this person's, whoever has it in hand."""
    return why_not_by_role("claim", facts.person) or why_not_conflicted(facts)


def why_not_holder(facts: Facts) -> str | None:
    """Say why this person doesn't have the submission in hand."""
    if reason := why_not_conflicted(facts):
        return reason
    if facts.claim is None:
        return _("Claim it first, so that two people don’t work on it at once.")
    return None if facts.is_mine else _in_hand_of(facts.claim)


def why_not_note_call(facts: Facts) -> str | None:
    """Say why this person can't write down that they rang safeguarding about it."""
    if reason := why_not_by_role("ring safeguarding", facts.person) or why_not_conflicted(facts):
        return reason
    is_empty = facts.submission.is_empty
    return _("Its words are erased, so nothing is sealed with it any more.") if is_empty else None


def _in_hand_of(claim: Claim) -> str:
    return _("%(name)s has this in hand at the moment.") % {"name": claim.holder.get_username()}
