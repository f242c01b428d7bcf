"""What an editor takes off the site and doesn't delete: whatever was public can come back as it was."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaign.models import Ask, HelpLine, Offence
from campaign.models.pages import EditorsPage


def why_not_delete(row: Any) -> str | None:
    """Say why a page, an ask, an offence or a help line isn't deleted, and what to do instead; or None.

    A draft that nobody ever saw may go. An administrator may delete the rest: words that should never have been
    public have to leave its versions too.
    """
    for each in _with_those_below(row):
        if instead := _instead(each):
            said = _(
                "“%(title)s” stays, so that it can come back as it was. %(instead)s An administrator can delete it."
            )
            return said % {"title": Truncator(str(each)).chars(80), "instead": instead}
    return None


def _with_those_below(row: Any) -> Iterable[Any]:
    """A page takes every page below it along."""
    return row.get_descendants(inclusive=True).specific() if isinstance(row, Page) else [row]


def _instead(row: Any) -> str:
    if isinstance(row, EditorsPage | Ask):
        return _("Unpublish it instead.") if row.live or row.first_published_at else ""
    if isinstance(row, Offence):
        return _("Put it with the lawyer instead: then it is shown nowhere.")
    if isinstance(row, HelpLine):
        return _("Take its tick at “Shown” away instead.")
    return ""
