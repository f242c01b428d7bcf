"""Which versions of a text there are, and who wrote them: facts that rules and deeds both ask for."""

from moderation.models import WorkingCopy
from stories.models import Submission


def current(submission: Submission) -> WorkingCopy | None:
    """The newest version, or None before the first."""
    return submission.working_copies.order_by("-number").select_related("sealed", "written_by").first()


def listed(submission: Submission) -> list[WorkingCopy]:
    """Every version that is kept, newest first."""
    return list(submission.working_copies.select_related("sealed", "written_by").order_by("-number"))


def writers(submission: Submission) -> set[int]:
    """The ids of everyone who wrote any version."""
    return set(submission.working_copies.values_list("written_by_id", flat=True))
