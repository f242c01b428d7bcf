"""Whether a yes, or a wish, that waits for a second person still has somebody who stands by it."""

from typing import Any

from moderation.deeds import why_not
from moderation.models import KeyShare
from moderation.personal.care import why_not_apart
from stories.models import Submission


def is_stood_by(deed: str, submission: Submission, giver: Any) -> bool:
    """True while whoever gave it may still do `deed`, holds a key that opens the vault, and knows nobody in it."""
    return why_not(deed, giver) is None and why_not_apart(submission, giver) is None and _holds_a_key(giver)


def _holds_a_key(person: Any) -> bool:
    shares = KeyShare.objects.filter(key__moderator=person, key__is_current=True, epoch__is_current=True)
    return shares.exists()
