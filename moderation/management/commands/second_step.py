"""`manage.py second_step …`: for when nobody in the admin can help somebody in, or can wait for it."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from moderation.models import RightGiven
from moderation.team import audit_log, rights, second_factor
from moderation.team.permissions import RESET_FACTOR


class Command(BaseCommand):
    help = "Show who has set up a second step at the log-in; take one away; let what a colleague gave count at once."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("status", help="show who has set one up")
        away = "take NAME's away: they set up another at their next log-in"
        deeds.add_parser("reset", help=away).add_argument("name")
        at_once = "let a part, password or reset that NAME was given count before 48 hours"
        deeds.add_parser("trust", help=at_once).add_argument("name")

    @transaction.atomic
    def handle(self, *args: object, deed: str, **options: object) -> None:
        if deed == "status":
            having = second_factor.people_with_phone()
            for person in User.objects.filter(is_active=True).order_by("username"):
                state = "set up" if person.pk in having else "not yet"
                self.stdout.write(f"  {person.get_username()}: {state}")
            return
        somebody = User.objects.filter(username=options["name"]).first()
        if somebody is None:
            raise CommandError(f"There is no person called {options['name']}.")
        if deed == "reset":
            rights.change_colleague(RESET_FACTOR, somebody, by=None)
            said = "%(name)s sets up another second step at the next log-in."
        else:
            RightGiven.objects.filter(person=somebody).delete()
            audit_log.log_deed(rights.TRUST, somebody)
            said = "Whatever a colleague gave %(name)s counts from this moment on."
        self.stdout.write(said % options)
