"""`manage.py render_stories`: make again what is made of a story’s text, and lay the words of search anew.

For an update that renders or reads words otherwise; safe at any time, and it goes on where it was stopped.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from stories import rendering
from stories.models import Story
from stories.public import edition
from stories.public.search import store

_AT_ONCE = 200


class Command(BaseCommand):
    help = "Render again every story of an older renderer, and lay the words that search looks through anew."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        while made := _render_some():
            count += made
        store.mend(anew=True)
        edition.bump()
        self.stdout.write(f"Rendered again: {count}. The words of search are laid anew for {Story.live.count()}.")


@transaction.atomic
def _render_some() -> int:
    older = Story.objects.select_for_update().exclude(text="").filter(renderer__lt=rendering.VERSION)
    rows = list(older.only("pk", "text")[:_AT_ONCE])
    for row in rows:
        row.render()
    # Nothing of the agreed words is written, so nobody has to agree anew; the database compares both.
    Story.objects.bulk_update(rows, ["body", "opening", "renderer"])
    return len(rows)
