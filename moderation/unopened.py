"""What contributors wrote since the team last opened their account: told by the history, never by the words."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from stories.models import Event, Submission

# The deeds of a contributor that leave words, and the one that is an answer without any.
MESSAGES = ("write", "reply")
YES = ("say yes",)


def exists(deeds: tuple[str, ...], *, submission: str = "pk") -> Exists:
    """For a query: whether one of `deeds` came after the last opening; `submission` is the column that names it."""
    opened_later = Event.objects.filter(submission=OuterRef("submission"), deed="open", pk__gt=OuterRef("pk"))
    came = Event.objects.filter(submission=OuterRef(submission), deed__in=deeds)
    return Exists(came.filter(~Exists(opened_later)))


def marks(*, submission: str = "pk") -> Mapping[str, Exists]:
    """The annotations that `moderation/parts/wrote.html` reads: `wrote` and `said_yes`."""
    return {"wrote": exists(MESSAGES, submission=submission), "said_yes": exists(YES, submission=submission)}


def somewhere() -> Q:
    """The submissions, decided or not, that hold something unopened; what is erased holds nothing."""
    is_there = Q(exists(MESSAGES + YES))
    return Q(erased_on=None) & ~Q(status=Submission.Status.DRAFT) & is_there


def says(submission: Submission) -> dict[str, bool]:
    """What `marks` would say of this one, for the whole team."""
    since = _after(Event.objects.filter(submission=submission, deed="open"))
    came = set(since.filter(submission=submission).values_list("deed", flat=True))
    return {"wrote": bool(came & set(MESSAGES)), "said_yes": bool(came & set(YES))}


def new_to(user: Any, submission: Submission) -> int:
    """How many messages came since this person last opened it; all of them, if they never did."""
    since = _after(Event.objects.filter(submission=submission, deed="open", by=user))
    return since.filter(submission=submission, deed__in=MESSAGES).count()


def _after(openings: Any) -> Any:
    last = openings.order_by("-pk").values_list("pk", flat=True).first()
    return Event.objects.filter(pk__gt=last or 0)
