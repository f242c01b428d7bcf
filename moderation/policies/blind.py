"""What keeps a second reading blind: nobody answers the check who saw what was answered about these words before."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from moderation import versions
from moderation.redacting.two_checks import Checks
from stories import lifecycle
from stories.models import Event, Submission


def reads_blind(submission: Submission, user: Any) -> bool:
    """True where no page may show this person a note or a reason, because they may still be its second reader."""
    if submission.status not in lifecycle.PUT_FORWARD or user.pk in versions.writers(submission):
        return False
    return why_not_blind(submission, user) is None


def why_not_blind(submission: Submission, user: Any) -> str | None:
    """Say that this person took it in hand since it came forward, and so could see its first reader's reasons."""
    if not Submission.objects.filter(had_it_since(user), pk=submission.pk).exists():
        return None
    return _(
        "You took this in hand after it was put forward, and could see its first reader’s reasons, "
        "so another moderator has to be its second reader."
    )


def had_it_since(user: Any) -> Exists:
    """The condition that this person took a submission in hand since it was last put forward."""
    forward = Event.objects.filter(submission=OuterRef("submission"), deed="put forward").order_by("-number")
    taken = Event.objects.filter(submission=OuterRef("pk"), by=user, deed__in=("claim", "take over"))
    return Exists(taken.filter(number__gt=forward.values("number")[:1]))


def why_not_again(checks: Checks, user: Any) -> str | None:
    """Say that this person has seen what the first reader answers about these very words."""
    if user.pk not in checks.differed:
        return None
    return _(
        "You and its first reader have compared your answers about these very words. Thank you for looking so closely: "
        "another moderator reads it now, or its first reader changes the words, and then you can read it again."
    )
