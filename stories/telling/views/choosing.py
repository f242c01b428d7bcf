"""What choices mean for one submission, in plain words: before they are changed, and after."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories import lifecycle
from stories.models import Story
from stories.telling import choices, coming_back
from stories.telling.coming_back import Opened


def what_would_happen(opened: Opened) -> dict[str, Any]:
    """For the page that asks: where the story stands, until when they can go back on it, and what is settled."""
    story = _story(opened)
    return {
        "is_undecided": story is None,
        "is_live": bool(story and story.status == Story.Status.LIVE),
        "is_agreed": bool(story and story.status == Story.Status.AGREED),
        "is_down": bool(story and story.status == Story.Status.HIDDEN),
        "is_refused": bool(story and not story.may_publish),
        "is_stopped": _is_stopped(opened),
        "is_erased": opened.submission.is_erased,
        "erase_on": opened.submission.erase_on,
        "counted": _counted(opened) if story else "",
    }


def what_holds(opened: Opened) -> str:
    """Say what holds from this moment on."""
    story, now = _story(opened), choices.of(opened)
    if story is None:
        return _of_an_account(now)
    if story.status == Story.Status.REMOVED:
        return _("It is done. Your story is off the site for good, and its words are erased.")
    if _is_stopped(opened):
        return _("We have your choices. This text does not go on the site, because you asked for a change.")
    if not now["consent_publish"]:
        day = date_format(opened.submission.erase_on, "j F Y")
        return _(
            "It is done. Your story is not on the site, and nobody can put it there. "
            "You can change your mind until {day}; then we erase all of it."
        ).format(day=day)
    if story.status == Story.Status.HIDDEN:
        return _("We have your choices. Your story is not on the site: two of us have to agree before it comes back.")
    return _("It is done. Your choices hold from now on.")


def _of_an_account(now: dict[str, bool]) -> str:
    if now["consent_publish"]:
        return _("It is done. Your choices hold from now on.")
    if now["consent_count"]:
        return _("It is done. We publish nothing. We read your words, count your ticked answers, then erase it all.")
    return _("It is done. We publish nothing and count nothing. We read your words, then erase them.")


def _counted(opened: Opened) -> str:
    """What became of their wish about totals, which a decision settles."""
    if opened.submission.is_erased:
        return _("Whether your ticked answers are counted was settled when we decided.")
    if coming_back.what_i_sent(opened)["answers"].get("consent_count"):
        return _("Your ticked answers are counted. We cannot take one answer back out of a total.")
    return _("Your ticked answers are not counted, and that stays so.")


def _is_stopped(opened: Opened) -> bool:
    """True if they asked for a change to what two had agreed on, so that nobody can put it back."""
    return lifecycle.wants_a_change(opened.submission, since="agree") and _story(opened) is not None


def _story(opened: Opened) -> Story | None:
    return Story.objects.filter(submission=opened.submission).first()
