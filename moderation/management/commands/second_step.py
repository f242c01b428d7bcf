"""`manage.py second_step …`: for when nobody in the admin can take a lost second factor away."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.log import record
from moderation.people import second_factor, sessions, team


class Command(BaseCommand):
    help = "Show who has set up a second step at the log-in, or take somebody's away and end their log-ins."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("status", help="show who has set one up")
        reset = deeds.add_parser("reset", help="take NAME's away: they set up another at their next log-in")
        reset.add_argument("name")

    def handle(self, *args: Any, deed: str, **options: Any) -> None:
        if deed == "status":
            self._status()
        else:
            self._reset(options["name"])

    def _status(self) -> None:
        having = second_factor.everybody_with_one()
        for person in get_user_model().objects.filter(is_active=True).order_by("username"):
            state = _("set up") if person.pk in having else _("not yet")
            self.stdout.write(f"  {person.get_username()}: {state}")

    @transaction.atomic
    def _reset(self, name: str) -> None:
        person = get_user_model().objects.filter(username=name).first()
        if person is None:
            raise CommandError(_("There is no person called %(name)s.") % {"name": name})
        second_factor.take_away(person)
        sessions.end(person)
        record.add(team.RESET, item=name, by=None)
        self.stdout.write(_("%(name)s sets up another second step at the next log-in.") % {"name": name})
