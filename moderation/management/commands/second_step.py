"""`manage.py second_step …`: for when nobody in the admin can help somebody in, or can wait for it."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.team import rights, second_factor
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

    def handle(self, *args: object, deed: str, **options: object) -> None:
        if deed == "status":
            self._status()
            return
        person = User.objects.filter(username=options["name"]).first()
        if person is None:
            raise CommandError(_("There is no person called %(name)s.") % options)
        (self._reset if deed == "reset" else self._trust)(person)

    def _status(self) -> None:
        having = second_factor.people_with_phone()
        for person in User.objects.filter(is_active=True).order_by("username"):
            state = _("set up") if person.pk in having else _("not yet")
            self.stdout.write(f"  {person.get_username()}: {state}")

    @transaction.atomic
    def _reset(self, person: User) -> None:
        second_factor.remove_factor(person)
        rights.end_log_ins(person)
        rights.record_right(person, RESET_FACTOR, by=None)
        said = _("%(name)s sets up another second step at the next log-in.")
        self.stdout.write(said % {"name": person.get_username()})

    def _trust(self, person: User) -> None:
        rights.trust_person(person)
        said = _("Whatever a colleague gave %(name)s counts from this moment on.")
        self.stdout.write(said % {"name": person.get_username()})
