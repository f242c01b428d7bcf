"""The disk is nearly full: said on the page before the form, before anybody types, and to whoever watches the site."""

import shutil
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

# A full account takes under half a megabyte, sealed; this leaves room for hundreds and for the database to work.
LEAST_FREE = 256 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Warned:
    """What somebody reads before they type: a title, and what to do."""

    title: str
    says: str


def disk_is_short() -> bool:
    """True when the disk that holds the data is nearly full; False where that cannot be told."""
    try:
        return shutil.disk_usage(settings.DATA_DIR).free < LEAST_FREE
    except OSError:
        return False


def warning_before_typing() -> Warned | None:
    """The warning for the page before the form; None while there is room."""
    if not disk_is_short():
        return None
    return Warned(
        _("Better come back tomorrow"),
        _(
            "We are short of room to store things at the moment, so we may not be able to take what you write today."
            " We are working on it. If you write now, keep a copy until you see a code."
        ),
    )
