"""What a contributor changes after sending: answers, and words that nobody has read yet."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from stories import going_down, lifecycle
from stories.models import Event, SealedText, Story, Submission
from stories.telling import conversation, erasing, labels, locking, on_its_way, questions, sealed_store
from stories.telling.coming_back import Opened

Kind = SealedText.Kind
_S = Submission.Status
# The deeds of a moderator after which somebody may have the words before their eyes.
_IN_HAND = ("claim", "open")


class Settled(RuntimeError):
    """It is decided or erased, so this can't be changed any more; `has_stopped` if its story came down instead."""

    def __init__(self, *, has_stopped: bool = False) -> None:
        super().__init__()
        self.has_stopped = has_stopped


class BeingRead(RuntimeError):
    """A moderator has it in hand or has opened it, so its words can't be changed under their eyes."""


class Overtaken(RuntimeError):
    """What the form began from is no longer what is kept; `is_part_kept` if what shows less holds all the same."""

    def __init__(self, *, is_part_kept: bool = False) -> None:
        super().__init__()
        self.is_part_kept = is_part_kept


# --- Answers --------------------------------------------------------------------------------


def can_answer(submission: Submission) -> bool:
    """True while more answers change something: a decision settles what is counted and shown, once they are told."""
    return not submission.is_erased and on_its_way.told_status(submission) in lifecycle.UNDECIDED


def answers_version(submission: Submission) -> str:
    """Name the answers that are kept now; a form carries it and gives it back."""
    return _newest(submission, Kind.ANSWERS)


def keep_answers(opened: Opened, answers: Mapping[str, Any], *, began: str) -> None:
    """Seal `answers` as the newest ones, over those of before; raises `Settled` and `Overtaken`.

    A text that was put forward goes back to its first reader where a story would show another place,
    year or outcome, so that nobody agrees to more than is wanted. A story that was agreed on meanwhile
    comes down where it shows more about where than they want.
    """
    if not _keep_or_stop(opened, answers, began=began):
        raise Settled(has_stopped=bool(began) and lifecycle.wants_a_change(opened.submission, since="agree"))


@transaction.atomic
def _keep_or_stop(opened: Opened, answers: Mapping[str, Any], *, began: str) -> bool:
    submission, story = locking.both(opened.submission.pk)
    if not can_answer(submission):
        if story is not None and began:
            stop_showing_more(story, answers)
        return False
    before = sealed_store.latest(submission, Kind.ANSWERS, private=opened.private)
    after = {**before, **answers}
    if after == before:
        return True
    if began != answers_version(submission):
        raise Overtaken
    sealed_store.add(submission, Kind.ANSWERS, after)
    labels.renew(submission, private=opened.private)
    lifecycle.record(submission, "answers")
    if questions.facets(after) != questions.facets(before):
        back_to_the_first_reader(submission)
    return True


def stop_showing_more(story: Story, answers: Mapping[str, Any]) -> None:
    """Stop a story that shows more about where than these answers allow: two agreed on its place with its words."""
    if questions.how_much_of_where(answers.get("place_shown")) < questions.how_much_of_where(story.place_shown):
        going_down.stop(story, wish="show less")


# --- Words ----------------------------------------------------------------------------------


def can_edit(submission: Submission) -> bool:
    """True while no moderator has ever had it in hand; asked for a deed, the row has to be locked."""
    if submission.is_erased or on_its_way.told_status(submission) != _S.RECEIVED:
        return False
    return not Event.objects.filter(submission=submission, deed__in=_IN_HAND).exists()


def words_version(submission: Submission) -> str:
    """Name the words that are kept now."""
    return _newest(submission, Kind.ACCOUNT)


@transaction.atomic
def keep_words(opened: Opened, texts: Mapping[str, str], *, began: str) -> None:
    """Put `texts` in the place of those before, which are erased; raises `BeingRead` and `Overtaken`.

    A claim and an opening lock the same row first, so either they see these words or we see them.
    """
    submission = _locked(opened)
    if submission.is_erased:
        raise BeingRead
    before = sealed_store.latest(submission, Kind.ACCOUNT, private=opened.private)
    after = {**before, **texts}
    if after == before:
        return
    if not can_edit(submission):
        raise BeingRead
    if began != words_version(submission):
        raise Overtaken
    added = sealed_store.add(submission, Kind.ACCOUNT, after)
    submission.texts.filter(kind=Kind.ACCOUNT).exclude(pk=added.pk).delete()
    labels.renew(submission, private=opened.private)
    lifecycle.record(submission, "edit")
    transaction.on_commit(erasing.scrub, robust=True)


def send_as_message(opened: Opened, said: Mapping[str, str]) -> None:
    """Send words that came too late for an edit, each under its question; raises `NothingToWriteTo`."""
    parts = [f"{question}\n{words.strip()}" for question, words in said.items() if words.strip()]
    if parts:
        conversation.write(opened, "\n\n".join(parts))


# --- For all of them ------------------------------------------------------------------------


def _locked(opened: Opened) -> Submission:
    return Submission.objects.select_for_update().get(pk=opened.submission.pk)


def _newest(submission: Submission, kind: str) -> str:
    return str(submission.texts.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0)


def back_to_the_first_reader(submission: Submission) -> None:
    """End what was agreed so far to a text that was put forward, their own yes too; the row is locked."""
    if on_its_way.told_status(submission) != _S.PREPARED:
        return
    submission.yes_to_digest = ""
    submission.save(update_fields=["yes_to_digest"])
    if submission.status == _S.PREPARED:
        lifecycle.advance(submission, "send back", reason="changed")
    else:
        on_its_way.stands_as_received(submission)
