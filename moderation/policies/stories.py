"""Who may take a story down, put it back, or settle a request about it."""

from typing import Any

from django.utils.translation import gettext as _

from moderation.deeds import why_not
from moderation.personal.care import why_not_apart
from stories import lifecycle
from stories.models import Story, Submission, TakeDownRequest


def why_not_take_down(story: Story, user: Any) -> str | None:
    """Say why this person can't take the story down."""
    if reason := why_not("take a story down", user):
        return reason
    if story.status not in (Story.Status.LIVE, Story.Status.AGREED):
        return _("This story is down already.")
    return None


def why_not_put_back(story: Story, user: Any) -> str | None:
    """Say why this person can't ask for, or do, the putting back of a story."""
    if reason := why_not("put a story back", user) or why_not_apart(story.submission, user):
        return reason
    if story.status != Story.Status.HIDDEN:
        return _("Only a story that was taken down, and not removed for good, can be put back.")
    if not story.may_publish:
        return _("Its contributor took back their yes to publishing. Only they can give it again, with their code.")
    if lifecycle.wants_a_change(story.submission, since="agree"):
        return _("Its contributor asked for a change after two had agreed to this text, so this text stays down.")
    if story.sequence is None and story.submission.status != Submission.Status.AGREED:
        return _("Its text was sent back before it went out. It goes on once two people say yes to it anew.")
    return _why_not_calm(story.submission)


def _why_not_calm(submission: Submission) -> str | None:
    """Say that something may be wrong with its contributor, as far as a row can tell: no vault is open here."""
    if submission.unopened_since is not None:
        return _("Its contributor has written, and nobody has opened it yet. Read it, then put the story back.")
    if submission.is_urgent:
        return _("Its account is marked urgent. Answer that first; then the story can be put back.")
    return None


def why_not_withhold(request: TakeDownRequest, user: Any) -> str | None:
    """Say why this person can't have the story's address name a legal reason."""
    if reason := why_not("take a story down", user) or why_not_apart(request.story.submission, user):
        return reason
    if request.ground != TakeDownRequest.Ground.LEGAL:
        return _("Only a request with a legal reason can do this.")
    if request.story.status == Story.Status.REMOVED:
        return _("This story was removed for good, so its address says no more about it.")
    if not request.story.may_publish:
        return _(
            "Its contributor took back their yes to publishing, so it is down for that, and not for a legal reason."
        )
    return _("Its address says so already.") if request.story.is_withheld else None


def why_not_settle(request: TakeDownRequest, user: Any) -> str | None:
    """Say why this person can't settle the request."""
    if reason := why_not("settle a take-down request", user) or why_not_apart(request.story.submission, user):
        return reason
    if request.is_of_force:
        return _("Two people decide an objection of a force.")
    return _("This request is settled already.") if request.settled_on else None


def why_not_reply(request: TakeDownRequest, answer: str) -> str | None:
    """Say why these words can't reach whoever asked; none always can."""
    if not answer.strip() or request.public_key:
        return None
    return _("Whoever asked has no code that could open an answer. Take your words out, and settle it without.")
