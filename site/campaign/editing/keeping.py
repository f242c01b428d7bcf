"""What an editor takes off the site and doesn't delete: whatever was public can come back as it was."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaign.models import Ask, HelpLine, Offence
from campaign.models.pages import EditorsPage


def why_not_delete(row: Any) -> str | None:
    """Say why a page, an ask, an offence or a help line isn't deleted, and what to do instead; or None.

    A draft that nobody ever saw may go. An administrator may delete the rest: words that should never have been
    public have to leave its versions too.
    """
    instead = _instead(row)
    if not instead:
        return None
    said = _("“%(title)s” stays, so that it can come back as it was. %(instead)s An administrator can delete it.")
    return said % {"title": Truncator(str(row)).chars(80), "instead": instead}


def _instead(row: Any) -> str:
    if isinstance(row, EditorsPage | Ask):
        return _("Unpublish it instead.") if row.first_published_at else ""
    if isinstance(row, Offence):
        return _("Put it with the lawyer instead: then it is shown nowhere.")
    if isinstance(row, HelpLine):
        return _("Take its tick at “Shown” away instead.")
    return ""
