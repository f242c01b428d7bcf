"""Which versions of a force's answer there are, and which entry a letter or a response has."""

from django.db.models import Q
from django.utils.translation import gettext as _

from moderation.errors import Refused
from moderation.models import ResponseEntry, ResponseVersion
from stories.models import Letter, Response


def current(entry: ResponseEntry) -> ResponseVersion:
    """The newest version; raises `Refused` where it was dropped meanwhile."""
    found = entry.versions.select_related("entry", "written_by").order_by("-number").first()
    if found is None:
        raise _gone()
    return found


def response_of(entry: ResponseEntry) -> Response | None:
    """What stands on the site of it; a correction that waits leaves it standing."""
    return Response.objects.filter(pk=entry.pk).first()


def in_hand(letter: Letter) -> ResponseEntry | None:
    """The answer that speaks to a letter, was entered and isn't on the site yet."""
    waiting = ResponseEntry.objects.exclude(state=ResponseEntry.State.AGREED)
    return waiting.filter(Q(letter=letter) | Q(speaks_to=letter)).first()


def locked(entry: ResponseEntry) -> ResponseEntry:
    """Take the row, so that of two requests at once the second sees what the first did; raises `Refused`."""
    row = ResponseEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if row is None:
        raise _gone()
    return row


def _gone() -> Refused:
    return Refused(_("This answer was dropped, or taken down."))
