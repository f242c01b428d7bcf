"""What contributors wrote since the team last opened their account: told by the history, never by the words."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from stories.models import Event, Submission

# The deeds of a contributor that leave words, the one that is an answer without any, and what changes a wish.
WISH = ("ask for a change",)
MESSAGES = ("write", "reply", *WISH)
YES = ("say yes",)
CHANGES = ("answers", "consents", "show less")
_MARKS = {"wrote": MESSAGES, "wants_change": WISH, "said_yes": YES, "changed": CHANGES}


def exists(deeds: tuple[str, ...], *, submission: str = "pk") -> Exists:
    """For a query: whether one of `deeds` came after the last opening; `submission` is the column that names it."""
    opened_later = Event.objects.filter(submission=OuterRef("submission"), deed="open", pk__gt=OuterRef("pk"))
    came = Event.objects.filter(submission=OuterRef(submission), deed__in=deeds)
    return Exists(came.filter(~Exists(opened_later)))


def marks(*, submission: str = "pk") -> Mapping[str, Exists]:
    """The annotations that `moderation/parts/wrote.html` reads: `wrote`, `wants_change`, `said_yes`, `changed`."""
    return {name: exists(deeds, submission=submission) for name, deeds in _MARKS.items()}


def somewhere() -> Q:
    """The submissions, decided or not, that hold something unopened; what is erased holds nothing."""
    is_there = Q(exists(MESSAGES + YES + CHANGES))
    return Q(erased_on=None) & ~Q(status=Submission.Status.DRAFT) & is_there


def says(submission: Submission) -> dict[str, bool]:
    """What `marks` would say of this one, for the whole team."""
    since = _after(Event.objects.filter(submission=submission, deed="open"))
    came = set(since.filter(submission=submission).values_list("deed", flat=True))
    return {name: bool(came & set(deeds)) for name, deeds in _MARKS.items()}


def new_to(user: Any, submission: Submission) -> int:
    """How many messages came since this person last opened it; all of them, if they never did."""
    return _since_opened_by(user, submission).filter(deed__in=MESSAGES).count()


def changed_for(user: Any, submission: Submission) -> bool:
    """Whether answers or choices have changed since this person last opened it."""
    return _since_opened_by(user, submission).filter(deed__in=CHANGES).exists()


def _since_opened_by(user: Any, submission: Submission) -> QuerySet[Event]:
    return _after(Event.objects.filter(submission=submission, deed="open", by=user)).filter(submission=submission)


def _after(openings: QuerySet[Event]) -> QuerySet[Event]:
    last = openings.order_by("-pk").values_list("pk", flat=True).first()
    return Event.objects.filter(pk__gt=last or 0)
