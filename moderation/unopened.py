"""What contributors wrote since the team last opened their account: told by the history, never by the words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from stories.models import Event, Submission
from stories.next_steps import CHANGES, MESSAGES, OF_A_TEXT, WISH, YES

_MARKS = {"wrote": MESSAGES, "wants_change": WISH, "said_yes": YES, "changed": CHANGES}


def among(deeds: Iterable[str]) -> dict[str, bool]:
    """What `moderation/parts/wrote.html` reads, of these deeds, first to last."""
    came: set[str] = set()
    for deed in deeds:
        came = set() if deed == "open" else came | {deed}
    return {name: bool(came & set(told)) for name, told in _MARKS.items()}


def says(submission: Submission) -> dict[str, bool]:
    """The same of this one, for the whole team."""
    since = _after(Event.objects.filter(submission=submission, deed="open"))
    deeds = since.filter(submission=submission).exclude(reason=OF_A_TEXT)
    return among(deeds.values_list("deed", flat=True))


def new_to(user: Any, submission: Submission) -> int:
    """How many messages came since this person last opened it; all of them, if they never did."""
    return _since_opened_by(user, submission).filter(deed__in=MESSAGES).count()


def changed_for(user: Any, submission: Submission) -> bool:
    """Whether answers or choices have changed since this person last opened it."""
    return _since_opened_by(user, submission).filter(deed__in=CHANGES).exists()


def _since_opened_by(user: Any, submission: Submission) -> QuerySet[Event]:
    return _after(Event.objects.filter(submission=submission, deed="open", by=user)).filter(submission=submission)


def _after(openings: QuerySet[Event]) -> QuerySet[Event]:
    last = openings.exclude(reason=OF_A_TEXT).order_by("-pk").values_list("pk", flat=True).first()
    return Event.objects.filter(pk__gt=last or 0)
