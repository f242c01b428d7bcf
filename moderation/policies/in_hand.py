"""Who may take a submission in hand, and who has it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.deeds import why_not
from moderation.models import Claim
from moderation.personal.care import why_not_apart
from moderation.policies.practice import why_not_for_real
from stories.lifecycle import OPEN_TO_WORK
from stories.models import Submission

# A claim ends by itself after so long without a piece of work; its holder counts as absent after half of that.
CLAIM_LASTS = timedelta(minutes=30)
ABSENT_AFTER = timedelta(minutes=15)
TAKE_OVER_REASONS: dict[str, Any] = {
    "no-answer": gettext_lazy("I asked, and they don’t answer"),
    "asked-me": gettext_lazy("They asked me to go on with it"),
    "cannot-wait": gettext_lazy("It can’t wait for them"),
}


def why_not_claim(submission: Submission, user: Any) -> str | None:
    """Say why this person can't take the submission in hand."""
    if reason := why_not_claim_at_all(submission, user):
        return reason
    if submission.status not in OPEN_TO_WORK:
        return _("This is decided, or withdrawn, so there is nothing left to work on.")
    claim = _claim_now(submission)
    return _in_hand_of(claim) if claim and claim.holder_id != user.pk else None


def is_in_other_hands(submission: Submission, user: Any) -> bool:
    """True while somebody else works on it."""
    claim = _claim_now(submission)
    return claim is not None and claim.holder_id != user.pk


def why_not_take_over(submission: Submission, reason: str, user: Any) -> str | None:
    """Say why this person can't take it over from the colleague who has it in hand."""
    claim = _claim_now(submission)
    if claim is None or claim.holder_id == user.pk:
        return why_not_claim(submission, user) or _("Nobody else has this in hand. Claim it.")
    if refusal := why_not("take over", user) or why_not_apart(submission, user):
        return refusal
    if not is_absent(claim):
        return _("%(name)s is at work on this. Ask them first.") % {"name": claim.holder.get_username()}
    return None if reason in TAKE_OVER_REASONS else _("Choose a reason from the list. Your colleagues can see it.")


def is_absent(claim: Claim) -> bool:
    """True once the holder of a claim hasn't worked on it for a while; each piece of work moves its end."""
    return claim.expires_at - timezone.now() <= CLAIM_LASTS - ABSENT_AFTER


def why_not_given(submission: Submission, colleague: Any) -> str | None:
    """Say why this colleague can't be given the submission."""
    if submission.status not in OPEN_TO_WORK:
        return _("This is decided, or withdrawn, so there is nothing left to work on.")
    return why_not_claim_at_all(submission, colleague) or why_not_for_real(submission)


def why_not_claim_at_all(submission: Submission, user: Any) -> str | None:
    """Say why it could never be this person's, whoever has it in hand."""
    return why_not("claim", user) or why_not_apart(submission, user)


def why_not_holder(submission: Submission, user: Any) -> str | None:
    """Say why this person doesn't have the submission in hand."""
    if reason := why_not_apart(submission, user):
        return reason
    claim = _claim_now(submission)
    if claim is None:
        return _("Claim it first, so that two people don’t work on it at once.")
    return _in_hand_of(claim) if claim.holder_id != user.pk else None


def why_not_open(submission: Submission, user: Any) -> str | None:
    """Say why this person can't open the account."""
    return why_not("open an account", user) or why_not_apart(submission, user)


def why_not_note_call(submission: Submission, user: Any) -> str | None:
    """Say why this person can't write down that they rang safeguarding about it."""
    if reason := why_not("ring safeguarding", user) or why_not_apart(submission, user):
        return reason
    return _("Its words are erased, so nothing is sealed with it any more.") if submission.is_empty else None


def _claim_now(submission: Submission) -> Claim | None:
    return Claim.objects.filter(submission=submission, expires_at__gt=timezone.now()).select_related("holder").first()


def _in_hand_of(claim: Claim) -> str:
    return _("%(name)s has this in hand at the moment.") % {"name": claim.holder.get_username()}
