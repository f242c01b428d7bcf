"""Locking a submission and its story together, in the one order in which every deed takes them."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction

from stories.models import Story, Submission


class _JustAgreed(RuntimeError):
    """A story was written while we waited for its submission."""


def both(pk: UUID) -> tuple[Submission, Story | None]:
    """Return the submission and its story, if it has one, both locked; call it inside a transaction.

    The story first, as a batch and every way down take it: in another order two of them would wait for each other.
    """
    while True:
        story = Story.objects.select_for_update().filter(submission=pk).first()
        with suppress(_JustAgreed), transaction.atomic():
            submission = Submission.objects.select_for_update().get(pk=pk)
            if story is not None or not Story.objects.filter(submission=pk).exists():
                return submission, story
            # Undoing this lets go of the submission, and both are taken once more, in their order.
            raise _JustAgreed
