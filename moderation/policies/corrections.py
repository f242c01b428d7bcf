"""Who may correct a story after its publication, and what a correction may not do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from moderation.deeds import why_not
from moderation.personal.care import why_not_apart
from moderation.policies.in_hand import why_not_holder
from stories import agreed_text, lifecycle
from stories.models import Event, Story, Submission


def why_not_correct(story: Story, user: Any) -> str | None:
    """Say why this person can't begin a correction of the story."""
    return (
        why_not("correct a story", user)
        or why_not_apart(story.submission, user)
        or _why_not_standing(story)
        or _why_not_from(story)
        or lifecycle.why_not("correct", status=story.submission.status)
    )


def why_not_drop(submission: Submission, user: Any) -> str | None:
    """Say why this person can't give the correction up."""
    return (
        why_not("correct a story", user)
        or lifecycle.why_not("drop the correction", status=submission.status)
        or why_not_holder(submission, user)
    )


def why_not_corrected(submission: Submission, fields: Mapping[str, str]) -> str | None:
    """Say why these words can't take the place of the story's; anything that isn't a correction passes."""
    if submission.status not in lifecycle.CORRECTED:
        return None
    story = Story.objects.filter(submission=submission).first()
    if story is None:
        return _("There is no story that this could correct.")
    if story.agreed == agreed_text.canonical(fields):
        return _("This says what the story says already. Change something and save, or give the correction up.")
    return _why_not_standing(story)


def _why_not_standing(story: Story) -> str | None:
    if story.status not in (Story.Status.LIVE, Story.Status.HIDDEN) or story.sequence is None:
        return _("Only a story that was published, and not removed for good, can be corrected.")
    if not story.may_publish:
        return _("Its contributor took back their yes to publishing, so its words stay as they are.")
    if lifecycle.wants_a_change(story.submission, since="agree"):
        return _("Its contributor asked for a change after two had agreed, so this story stays down.")
    return None


def _why_not_from(story: Story) -> str | None:
    """Whoever asked to see every text can't be shown one once their code opens nothing."""
    submission = story.submission
    if submission.is_erased and Event.objects.filter(submission=submission, deed="say yes").exists():
        return _(
            "Its contributor asked to see every text before it is public, and what their code opened is erased. "
            "Leave it as it is, or take it down."
        )
    return None
