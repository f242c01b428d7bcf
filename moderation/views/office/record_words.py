"""What each deed of the record is called on its page."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from moderation import events_in_words
from moderation.deeds import COORDINATORS, EDITORS, MODERATORS, SET_PASSWORD
from moderation.log import letter_log, room_log, vault_log
from moderation.people import rights

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
    rights.ADD: _("added them"),
    rights.STOP: _("stopped what a colleague had given them"),
    rights.TRUST: _("let what a colleague gave them count at once"),
    SET_PASSWORD: _("set their password"),
    rights.PUT_IN + MODERATORS: _("made them a moderator"),
    rights.PUT_IN + COORDINATORS: _("made them a coordinator"),
    rights.PUT_IN + EDITORS: _("made them an editor"),
    rights.TAKE_OUT + MODERATORS: _("took them out of the moderators"),
    rights.TAKE_OUT + COORDINATORS: _("took them out of the coordinators"),
    rights.TAKE_OUT + EDITORS: _("took them out of the editors"),
}


def names() -> dict[str, Any]:
    """Every deed that has a name, by what the record calls it."""
    return {**events_in_words.DEEDS, **room_log.NAMES, **vault_log.names(), **letter_log.names(), **_OTHERS}


def in_words(deed: str) -> str:
    """A deed in words; as it is written down where nobody named it."""
    return capfirst(str(names().get(deed, deed)))
