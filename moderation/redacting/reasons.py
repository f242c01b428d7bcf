"""Reasons why something stays in a text, as a form carries them: beside each the words that it is for."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from stories.telling import posted

LONGEST_REASON = 300
_REASON = re.compile("left-([0-9a-f]{32})")
# Only for a page that gives a reason back without its text looked through.
_WORDS = "of-"


def in_form(posted: Mapping[str, str]) -> dict[str, str]:
    """The reasons as typed, by the key of their wording."""
    return {found[1]: str(posted[name]) for name in posted if (found := _REASON.fullmatch(name))}


def cut(left: Mapping[str, str]) -> dict[str, str]:
    """The reasons as they are kept, cleaned and cut; blank ones are none."""
    reasons = {key: " ".join(posted.cleaned_words(why).split())[:LONGEST_REASON] for key, why in left.items()}
    return {key: why for key, why in reasons.items() if why}


def rides_along(name: str) -> bool:
    """True for a field that only says what a reason is for."""
    return name.startswith(_WORDS)


def label(name: str, posted: Mapping[str, str]) -> str:
    """What the field of a reason is called where it stands alone; "" for any other field."""
    reason = _REASON.fullmatch(name)
    if reason is None:
        return ""
    words = posted.get(_WORDS + reason[1], "")
    return _("Leave “%(words)s”, because …") % {"words": words} if words else _("Leave it, because …")
