"""Which help lines somebody should call again."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign.models import HelpLine
from campaign.models.help_line import CHECKED_FOR


def due(today: date) -> list[HelpLine]:
    """The lines that nobody has checked for 90 days, the longest unchecked first."""
    return list(HelpLine.objects.filter(last_checked__lte=today - CHECKED_FOR).order_by("last_checked", "order"))


def in_words(line: HelpLine) -> str:
    """When a line was last checked, for the list."""
    day = date_format(line.last_checked, "j F Y")
    return _("Check again: last done %(day)s") % {"day": day} if line.is_due(timezone.localdate()) else day
