"""`manage.py publish_batch`: make the agreed stories live, if there are enough of them. A timer calls it once a week.

Prints how many were published, or why the batch waits; then each quarter whose transparency figures were released
with it. It ends with 0 in each case, as a batch that waits is no fault.
"""

from django.core.management.base import BaseCommand

from moderation import publishing
from stories.figures import transparency


class Command(BaseCommand):
    help = "Publish the agreed stories as one batch; with fewer than three it waits, four weeks at most."

    def handle(self, *args: object, **options: object) -> None:
        waiting = publishing.waiting_stories()
        waits = publishing.why_batch_waits(waiting)
        published = publishing.publish_batch()
        if published:
            self.stdout.write(f"Published: {len(published)}.")
        else:
            self.stdout.write(f"Nothing was published. {waits or 'Somebody else published them just now.'}")
        if quarters := transparency.release_figures():
            self.stdout.write(f"Transparency figures released: {', '.join(quarters)}.")
