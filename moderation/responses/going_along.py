"""What was said of stories alone goes once the last of them is gone for good; a take-down erases nothing."""

from typing import Any, TypeVar

from django.db import transaction

from moderation.models import ResponseEntry
from moderation.responses import entering, silence
from stories import going_down
from stories.models import Letter, Response, Story
from stories.public import furnishing
from stories.telling import retention

Said = TypeVar("Said", Response, Letter)


def watch() -> None:
    """Follow each story that goes for good, and look once a night for what is left; called once, at the start."""
    going_down.removed.connect(_go_along, dispatch_uid="heard-said-of-stories")
    # Two at once: an answer may be agreed to at the moment in which its story goes.
    retention.ran.connect(_go_along, dispatch_uid="heard-said-of-stories")


@transaction.atomic
def _go_along(**kwargs: Any) -> None:
    """Erase such answers and letters. No record is kept of it: its time would be the contributor's.

    What waits for its second person is sealed, so that of it only this is known: whether it answers such a letter
    alone, or corrects such an answer and answers no more than that did. The rest is refused to whoever opens it where
    all that it answers is gone, and lapses. Whoever removes the story, and the night, scrub.
    """
    letters, responses = _of_nothing_that_is_there(Letter), _of_nothing_that_is_there(Response)
    with furnishing.unseen():
        for letter in letters:
            _erase_letter(letter)
        for response in responses:
            _erase_response(response)


def _of_nothing_that_is_there(model: type[Said]) -> list[Said]:
    """Those about stories alone of which every one is gone for good; what is about none is left alone."""
    there = Story.objects.exclude(status=Story.Status.REMOVED)
    gone = model.objects.filter(ask="", stories__status=Story.Status.REMOVED).exclude(stories__in=there)
    return list(gone.distinct())


def _erase_letter(letter: Letter) -> None:
    of_it = ResponseEntry.objects.filter(letter=letter, is_of_letter_alone=True)
    for entry in of_it.exclude(state=ResponseEntry.State.AGREED):
        entering.erase_what_waits(entry)
    letter.delete()


def _erase_response(response: Response) -> None:
    for entry in ResponseEntry.objects.filter(pk=response.pk):
        if entry.state == ResponseEntry.State.AGREED or entry.is_of_answer_alone:
            silence.has_ended(entry)
            entry.delete()
        else:
            # A correction that answers other stories too: somebody's work, which stands for itself from here on.
            silence.has_been_answered(entry, response)
    response.delete()
