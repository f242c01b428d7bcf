"""Taking it all back: texts, messages, working copies and the published story, in one transaction."""

from django.db import transaction

from stories import going_down, lifecycle
from stories.models import Story, Submission
from stories.telling import erasing, locking, opinions
from stories.telling.coming_back import Opened


@transaction.atomic
def withdraw(opened: Opened, *, code: str = "") -> None:
    """Erase everything of this submission and take its story down at once; doing it twice is once.

    With its `code`, what was said with that of a force's answers is taken back too.
    """
    submission, story = locking.both(opened.submission.pk)
    if submission.status != Submission.Status.WITHDRAWN:
        lifecycle.advance(submission, "withdraw")
    if not submission.is_empty:
        # Of a correction alone the day is kept on which what they sent was erased: it is what they were told.
        erasing.erase(submission, on=submission.erased_on or lifecycle.this_week())
    if code:
        opinions.take_all_back(opened, code)
    if story and story.status != Story.Status.REMOVED:
        going_down.remove(story)
