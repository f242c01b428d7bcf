"""`manage.py invite NAME`: the first coordinator's link, or another's once no coordinator is left who could invite."""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from moderation.team import invitations
from moderation.team.permissions import COORDINATORS, Refused


class Command(BaseCommand):
    help = "Print the link by which NAME comes in as a coordinator: it works once, and for seven days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="how the others in the room will know them")

    def handle(self, *args: object, name: str, **options: object) -> None:
        try:
            User._meta.get_field("username").run_validators(name)
            _invitation, token = invitations.invite_person(username=name, role=COORDINATORS, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except Refused as refusal:
            raise CommandError(refusal.reason) from None
        desk = getattr(settings, "DESK_URL", settings.BASE_URL)
        self.stdout.write(f"{desk}{reverse('room_welcome', args=[token])}")
