"""After a restore: withdraw, remove and take down again what was since the backup; see docs/runbook.md.

    manage.py shell < deploy/do_again.py

Reads `withdrawn.txt` (ids of submissions), `removed.txt` and `down.txt` (slugs of stories) in the working
folder, one a line. What is withdrawn, removed or down already is left alone, so it can run twice.
"""

from pathlib import Path

from stories.core import takedown
from stories.intake import retention
from stories.intake.coming_back import Opened
from stories.models import Story, Submission


def lines_of(name):
    path = Path(name)
    return path.read_text().split() if path.exists() else []


for submission in Submission.objects.filter(pk__in=lines_of("withdrawn.txt")):
    retention.withdraw_submission(Opened(submission, b""))
    print(f"Withdrawn again: {submission.short_name}")
for story in Story.objects.filter(slug__in=lines_of("removed.txt")).exclude(status=Story.Status.REMOVED):
    takedown.remove_story(story)
    print(f"Removed again: {story.slug}")
for story in Story.objects.filter(slug__in=lines_of("down.txt")):
    takedown.hide_story(story)
    print(f"Down again: {story.slug}")
