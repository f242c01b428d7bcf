"""Two people, one text: the rules that a story's text and a force's words share, each said once.

What a yes is to has a document, a salt and a digest; who wrote any version of it is never its second person.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext as _

from moderation.models.room import Yes
from moderation.team.permissions import Refused
from stories.core import agreed_text, lifecycle


def why_not_this_text(shown: str, digest: str, *, is_newest: bool) -> str | None:
    """Say that the text which stood on a screen, named by the digest `shown`, isn't the one that waits."""
    if shown != digest or not is_newest:
        return _("The text has changed since you opened it. Read the new version, then decide.")
    return None


def why_not_second(
    user: Any, *, writers: Collection[int], first: Yes | None, digest: str, stands_by: Callable[[Any], bool]
) -> str | None:
    """Say why this person isn't a second pair of eyes for a text of which `writers` wrote versions.

    `first` is the first person's yes; `stands_by` says whether who gave it still may.
    """
    if user.pk in writers:
        return _("You wrote a version of this text, so another moderator has to be its second reader.")
    if first is None or first.digest != digest:
        return _("Nobody has put this text forward.")
    if first.by_id == user.pk:
        return _("You put this text forward, so another moderator has to be its second reader.")
    if not stands_by(first.by):
        return _("Whoever put this text forward can’t stand by it any more. Send it back, for a colleague to take on.")
    return None


def refuse_unfit(document: str, *, salt: str, digest: str) -> None:
    """Raise `Refused` where what was sealed isn't what the digest names."""
    if agreed_text.text_digest(document, salt=salt) != digest:
        raise Refused(_("The sealed text doesn’t carry its digest. Tell a coordinator before anything else."))


def a_yes(place: str, *, digest: str, by: Any) -> dict[str, Any]:
    """The columns of somebody's yes that they give today."""
    return {"digest": digest, "place": place, "by": by, "day": lifecycle.today()}
