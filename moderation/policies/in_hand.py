"""Who may take a submission in hand, and who has it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from moderation.deeds import why_not
from moderation.models import Claim
from stories.lifecycle import UNDECIDED
from stories.models import Submission


def why_not_claim(submission: Submission, user: Any) -> str | None:
    """Say why this person can't take the submission in hand."""
    if reason := why_not("claim", user):
        return reason
    if submission.status not in UNDECIDED:
        return _("This is decided, or withdrawn, so there is nothing left to work on.")
    claim = _claim_now(submission)
    return _in_hand_of(claim) if claim and claim.holder_id != user.pk else None


def why_not_holder(submission: Submission, user: Any) -> str | None:
    """Say why this person doesn't have the submission in hand."""
    claim = _claim_now(submission)
    if claim is None:
        return _("Claim it first, so that two people don't work on it at once.")
    return _in_hand_of(claim) if claim.holder_id != user.pk else None


def _claim_now(submission: Submission) -> Claim | None:
    return Claim.objects.filter(submission=submission, expires_at__gt=timezone.now()).select_related("holder").first()


def _in_hand_of(claim: Claim) -> str:
    return _("%(name)s has this in hand at the moment.") % {"name": claim.holder.get_username()}
