"""What each deed of the record is called on its page."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moderation import events_in_words
from moderation.log import response_log, room_log, vault_log

EXPORT = "export the record"

_OTHERS = {
    EXPORT: _("exported the record"),
    "edit the first look": _("edited the questions of the first look"),
    "invite": _("invited them"),
    "stop an invitation": _("stopped the invitation"),
    "welcome": _("came in by an invitation"),
    "set up a second factor": _("set up their second step"),
    "reset a second factor": _("took their second step away"),
    "end sessions": _("ended every log-in of theirs"),
    "write down a leaver": _("wrote down that they have left"),
    "bring back": _("let them log in again"),
}


def names() -> dict[str, Any]:
    """Every deed that has a name, by what the record calls it."""
    return {**events_in_words.DEEDS, **room_log.NAMES, **vault_log.names(), **response_log.names(), **_OTHERS}


def in_words(deed: str) -> str:
    """A deed in words; as it is written down where nobody named it."""
    return capfirst(str(names().get(deed, deed)))
