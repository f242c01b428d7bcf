"""What contributors wrote since the team last opened their account: told by the history, never by the words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from stories.lifecycle import CHANGES, MESSAGES, OF_A_TEXT, WISH, YES
from stories.models import Event, Submission

_MARKS = {"wrote": MESSAGES, "wants_change": WISH, "said_yes": YES, "changed": CHANGES}


def among(deeds: Iterable[str]) -> dict[str, bool]:
    """What `moderation/parts/wrote.html` reads, of these deeds, first to last."""
    came: set[str] = set()
    for deed in deeds:
        came = set() if deed == "open" else came | {deed}
    return {name: bool(came & set(told)) for name, told in _MARKS.items()}


def says(submission: Submission) -> dict[str, bool]:
    """The same of this one, for the whole team."""
    deeds = _after_opening(submission).exclude(reason=OF_A_TEXT)
    return among(deeds.values_list("deed", flat=True))


def new_to(user: Any, submission: Submission) -> int:
    """How many messages came since this person last opened it; all of them, if they never did."""
    return _after_opening(submission, by=user).filter(deed__in=MESSAGES).count()


def changed_for(user: Any, submission: Submission) -> bool:
    """Whether answers or choices have changed since this person last opened it."""
    return _after_opening(submission, by=user).filter(deed__in=CHANGES).exists()


def _after_opening(submission: Submission, **whose: Any) -> QuerySet[Event]:
    events = Event.objects.filter(submission=submission)
    openings = events.filter(deed="open", **whose).exclude(reason=OF_A_TEXT)
    last = openings.order_by("-number").values_list("number", flat=True).first()
    return events.filter(number__gt=last or 0)
