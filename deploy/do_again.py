"""After a restore: withdraw, remove and take down again what was since the backup; see docs/runbook.md.

    manage.py shell < deploy/do_again.py

Reads `withdrawn.txt` (ids of submissions), `removed.txt` and `down.txt` (slugs of stories) in the working
folder, one a line. What is withdrawn, removed or down already is left alone, so it can run twice.
"""

from pathlib import Path

from stories import going_down
from stories.models import Story, Submission
from stories.telling import retention
from stories.telling.coming_back import Opened


def lines_of(name):
    path = Path(name)
    return path.read_text().split() if path.exists() else []


for submission in Submission.objects.filter(pk__in=lines_of("withdrawn.txt")):
    retention.withdraw(Opened(submission, b""))
    print(f"Withdrawn again: {submission.short_name}")
for story in Story.objects.filter(slug__in=lines_of("removed.txt")).exclude(status=Story.Status.REMOVED):
    going_down.remove(story)
    print(f"Removed again: {story.slug}")
for story in Story.objects.filter(slug__in=lines_of("down.txt")):
    going_down.hide(story)
    print(f"Down again: {story.slug}")
