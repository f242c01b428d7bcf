"""Which help lines somebody should call again, and which offences somebody should read again."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign.models import HelpLine, Offence
from campaign.models.help_line import CHECKED_FOR
from campaign.models.offences import CHECKED_FOR as OFFENCES_CHECKED_FOR


def due(today: date) -> list[HelpLine]:
    """The lines that nobody has checked for 90 days, the longest unchecked first."""
    return list(HelpLine.objects.filter(last_checked__lte=today - CHECKED_FOR).order_by("last_checked", "order"))


def due_offences(today: date) -> list[Offence]:
    """The offences that readers see and nobody has checked for 180 days, the longest unchecked first."""
    shown = Offence.objects.filter(stands=Offence.Stands.SHOWN)
    return list(shown.filter(last_checked__lte=today - OFFENCES_CHECKED_FOR).order_by("last_checked", "order"))


def in_words(line: HelpLine | Offence) -> str:
    """When a line or an offence was last checked, for the list."""
    if line.last_checked is None:
        return _("Not yet")
    day = date_format(line.last_checked, "j F Y")
    return _("Check again: last done %(day)s") % {"day": day} if line.is_due(timezone.localdate()) else day
