"""Rules of claims: taking a submission in hand, conflicts of interest, and approvals that are valid."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.facts import Facts
from moderation.models import Claim
from moderation.team.permissions import why_not_by_role
from stories.core.lifecycle import OPEN_TO_WORK
from stories.models import Submission

# The holder of a claim counts as absent after so long without a piece of work, which is half of what a claim lasts.
ABSENT_AFTER = timedelta(minutes=15)
TAKE_OVER_REASONS: dict[str, object] = {
    "no-answer": gettext_lazy("I asked, and they don’t answer"),
    "asked-me": gettext_lazy("They asked me to go on with it"),
    "cannot-wait": gettext_lazy("It can’t wait for them"),
}


def reason_if(is_so: object, reason: str) -> str | None:
    """The reason where it is so: rules are chains of these, of which the first one counts."""
    return reason if is_so else None


def why_not_conflicted(facts: Facts) -> str | None:
    """Say that this person has a conflict of interest, or that it is a colleague's exercise: it isn't theirs."""
    return _why_not_conflicted(facts.submission, facts.person.pk, facts.has_conflict)


def _why_not_conflicted(submission: Submission, person: int | None, has_conflict: bool) -> str | None:
    is_exercise = submission.practice_for_id not in (None, person)
    return reason_if(is_exercise, _("This is a colleague’s practice account, which nobody else opens.")) or reason_if(
        has_conflict, _("You said that you know this force or a person in it, so this one is for your colleagues.")
    )


def why_not_for_real(submission: Submission) -> str | None:
    """Say that this is an exercise, which nothing that reaches anybody else is done to."""
    said = _("This is a practice account. It can be read, written and put forward, and nothing else is done to it.")
    return reason_if(submission.practice_for_id is not None, said)


def approval_is_valid(deed: str, facts: Facts, giver: int | None) -> bool:
    """True while whoever gave an approval may still do `deed`, holds a key that opens the vault, and has no conflict
    of interest.
    """
    person = facts.colleagues.get(giver) if giver is not None else None
    if person is None or not person.holds_a_key or why_not_by_role(deed, person):
        return False
    return _why_not_conflicted(facts.submission, person.pk, person.has_conflict) is None


def why_not_claim(facts: Facts) -> str | None:
    """Say why this person can't take the submission in hand."""
    return why_not_claim_at_all(facts) or _why_not_open(facts) or _why_not_free(facts)


def why_not_take_over(facts: Facts, reason: str) -> str | None:
    """Say why this person can't take it over from the colleague who has it in hand."""
    claim = facts.claim
    if claim is None or facts.is_mine:
        return why_not_claim(facts) or _("Nobody else has this in hand. Claim it.")
    at_work = _("%(name)s is at work on this. Ask them first.") % {"name": claim.holder.get_username()}
    choose = _("Choose a reason from the list. Your colleagues can see it.")
    return (
        why_not_by_role("take over", facts.person)
        or why_not_conflicted(facts)
        or reason_if(not is_absent(claim), at_work)
        or reason_if(reason not in TAKE_OVER_REASONS, choose)
    )


def is_absent(claim: Claim) -> bool:
    """True once the holder of a claim hasn't worked on it for a while; each piece of work moves its end."""
    return claim.expires_at - timezone.now() <= Claim.LASTS - ABSENT_AFTER


def why_not_given(facts: Facts) -> str | None:
    """Say why this colleague can't be given the submission; the facts are for them."""
    return _why_not_open(facts) or why_not_claim_at_all(facts) or why_not_for_real(facts.submission)


def why_not_claim_at_all(facts: Facts) -> str | None:
    """Say why it could never be this person's, whoever has it in hand."""
    return why_not_by_role("claim", facts.person) or why_not_conflicted(facts)


def why_not_holder(facts: Facts) -> str | None:
    """Say why this person doesn't have the submission in hand."""
    unclaimed = reason_if(facts.claim is None, _("Claim it first, so that two people don’t work on it at once."))
    return why_not_conflicted(facts) or unclaimed or _why_not_free(facts)


def why_not_note_call(facts: Facts) -> str | None:
    """Say why this person can't write down that they rang safeguarding about it."""
    erased = _("Its words are erased, so nothing is sealed with it any more.")
    may_not = why_not_by_role("ring safeguarding", facts.person) or why_not_conflicted(facts)
    return may_not or reason_if(facts.submission.is_empty, erased)


def _why_not_open(facts: Facts) -> str | None:
    said = _("This is decided, or withdrawn, so there is nothing left to work on.")
    return reason_if(facts.status not in OPEN_TO_WORK, said)


def _why_not_free(facts: Facts) -> str | None:
    if facts.claim is None or facts.is_mine:
        return None
    return _("%(name)s has this in hand at the moment.") % {"name": facts.claim.holder.get_username()}
