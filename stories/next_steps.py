"""What a row keeps so that the queue need not ask its history: what nobody has opened, and whose next step it is."""

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from stories.models import Event, Submission

# The deeds of a contributor that leave words, the one that is an answer without any, and what changes a wish.
WISH = ("ask for a change",)
MESSAGES = ("write", "reply", *WISH)
YES = ("say yes",)
CHANGES = ("answers", "consents", "show less")
_TOLD = frozenset(MESSAGES + YES + CHANGES)
# What brings it back to whoever asked, or wrote the text.
_COMES_BACK = frozenset({"reply", "send back", *WISH})
_SENT_OUT_BY = ("ask", "put forward")
# What an "open" says of itself: that the second reader unfolded the account, or that a colleague's text was seen and
# nothing of what its contributor wrote.
UNFOLDED, OF_A_TEXT = "unfolded", "text"


def follow(event: Event, *, moves: bool) -> None:
    """Keep the row in step with an event that was just left; `moves` if the deed brought it to another state."""
    row = Submission.objects.filter(pk=event.submission_id)
    if event.deed in _TOLD and event.by_id is None:
        # What is erased holds nothing to open, but for a correction that has begun since.
        holds_something = row.filter(Q(erased_on=None) | Q(queue_epoch__isnull=False))
        holds_something.update(unopened_since=Coalesce("unopened_since", Value(event.week)))
    elif event.deed == "open" and event.reason != OF_A_TEXT:
        row.update(unopened_since=None)
    if event.deed in _COMES_BACK:
        row.update(meant_for=_who_sent_it_out(event))
    elif moves:
        row.update(meant_for=None)


def _who_sent_it_out(event: Event) -> int | None:
    sent_out = Event.objects.filter(submission=event.submission_id, deed__in=_SENT_OUT_BY)
    return sent_out.order_by("-number").values_list("by", flat=True).first()
