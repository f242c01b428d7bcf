"""What may be kept while somebody types, without a press of theirs."""

from django.utils.translation import gettext as _

from moderation.models import WorkingCopy
from stories.models import Submission


def why_not_keep(submission: Submission, newest: WorkingCopy | None) -> str | None:
    """Say that a version which would end somebody's yes is never made by itself: a slip of the hand could."""
    if newest is None:
        return None
    if newest.digest == submission.yes_to_digest:
        return _("The contributor said yes to this text. Press “Save a new version” if it has to change all the same.")
    if newest.agreements.exists():
        return _("Somebody agreed to this text. Press “Save a new version” if it has to change all the same.")
    return None
