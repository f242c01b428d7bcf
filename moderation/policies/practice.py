"""What never happens to a practice account."""

from django.utils.translation import gettext as _

from stories.models import Submission


def why_not_for_real(submission: Submission) -> str | None:
    """Say that this is an exercise, which nothing that reaches anybody else is done to."""
    if submission.practice_for_id is None:
        return None
    return _("This is a practice account. It can be read, written and put forward, and nothing else is done to it.")
