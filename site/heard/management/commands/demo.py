"""`manage.py demo`: make the demo's people, pages and stories once, and print the log-ins."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from campaign.initial_content import creating
from heard.demo import figures, mark, pages, people, stories
from stories.core import snapshot
from stories.intake import retention


class Command(BaseCommand):
    help = "Make the demo's invented people, pages and stories once, and print the demo log-ins."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("This is not the demo: `manage.py demo` runs only with DEMO=1, which `make run` sets.")
        if reason := mark.why_not_this_database():
            raise CommandError(reason)
        if not mark.is_marked():
            self._make()
        self.stdout.write(people.log_ins_in_words())

    @transaction.atomic
    def _make(self) -> None:
        mark.mark_as_demo()
        people.make_team()
        creating.create_initial_content()
        pages.fill_in_about_page()
        stories.add_invented_force()
        vaults = people.open_vaults()
        published = stories.publish_stories(vaults)
        waiting = stories.fill_the_queue(vaults)
        pages.publish_sessions()
        pages.make_asks()
        pages.publish_patterns()
        stories.record_the_apology(vaults)
        stories.record_what_the_force_said(vaults)
        figures.release_answers()
        figures.release_work()
        retention.run_retention()
        snapshot.invalidate()
        self.stderr.write(f"Made {published} invented stories and {waiting} submissions that wait.")
