"""What a contributor changes after sending: answers, and words that nobody has read yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from stories.core import lifecycle, sealed_store, takedown
from stories.intake import labels, messages, questions, retention
from stories.intake.coming_back import Opened
from stories.models import Event, SealedText, Story, Submission

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
    return not submission.is_erased and messages.told_status(submission) in lifecycle.UNDECIDED


def answers_version(submission: Submission) -> str:
    """Name the answers that are kept now; a form carries it and gives it back."""
    return _newest(submission, Kind.ANSWERS)


def keep_answers(opened: Opened, answers: Mapping[str, object], *, began: str) -> None:
    """Seal `answers` as the newest ones, over those of before; raises `Settled` and `Overtaken`.

    A text that was put forward goes back to its first reader where a story would show another place,
    year or outcome, so that nobody agrees to more than is wanted. A story that was agreed on meanwhile
    comes down where it shows more about where than they want.
    """
    if not _keep_or_stop(opened, answers, began=began):
        raise Settled(has_stopped=bool(began) and lifecycle.wants_a_change(opened.submission, since="agree"))


@transaction.atomic
def _keep_or_stop(opened: Opened, answers: Mapping[str, object], *, began: str) -> bool:
    submission, story = lifecycle.lock_both(opened.submission.pk)
    if not can_answer(submission):
        if story is not None and began:
            stop_showing_more(story, answers)
        return False
    before = sealed_store.latest_opened(submission, Kind.ANSWERS, private=opened.private)
    after = {**before, **answers}
    if after == before:
        return True
    if began != answers_version(submission):
        raise Overtaken
    sealed_store.add_sealed(submission, Kind.ANSWERS, after)
    labels.renew_labels(submission, private=opened.private)
    lifecycle.record_event(submission, "answers")
    if questions.facets_of_answers(after) != questions.facets_of_answers(before):
        back_to_the_first_reader(submission)
    return True


def stop_showing_more(story: Story, answers: Mapping[str, object]) -> None:
    """Stop a story that shows more about where than these answers allow: two agreed on its place with its words."""
    if questions.how_much_of_where(answers.get("place_shown")) < questions.how_much_of_where(story.place_shown):
        takedown.stop_story(story, wish="show less")


# --- Words ----------------------------------------------------------------------------------


def can_edit(submission: Submission) -> bool:
    """True while no moderator has ever had it in hand; asked for a deed, the row has to be locked."""
    if submission.is_erased or messages.told_status(submission) != _S.RECEIVED:
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
    before = sealed_store.latest_opened(submission, Kind.ACCOUNT, private=opened.private)
    after = {**before, **texts}
    if after == before:
        return
    if not can_edit(submission):
        raise BeingRead
    if began != words_version(submission):
        raise Overtaken
    added = sealed_store.add_sealed(submission, Kind.ACCOUNT, after)
    submission.texts.filter(kind=Kind.ACCOUNT).exclude(pk=added.pk).delete()
    labels.renew_labels(submission, private=opened.private)
    lifecycle.record_event(submission, "edit")
    transaction.on_commit(retention.scrub_database, robust=True)


def send_as_message(opened: Opened, said: Mapping[str, str]) -> None:
    """Send words that came too late for an edit, each under its question; raises `NothingToWriteTo`."""
    parts = [f"{question}\n{words.strip()}" for question, words in said.items() if words.strip()]
    if parts:
        messages.write_message(opened, "\n\n".join(parts))


# --- For all of them ------------------------------------------------------------------------


def _locked(opened: Opened) -> Submission:
    return Submission.objects.select_for_update().get(pk=opened.submission.pk)


def _newest(submission: Submission, kind: str) -> str:
    return str(submission.texts.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0)


def back_to_the_first_reader(submission: Submission) -> None:
    """End what was agreed so far to a text that was put forward, their own yes too; the row is locked."""
    if messages.told_status(submission) != _S.PREPARED:
        return
    submission.yes_to_digest = ""
    submission.save(update_fields=["yes_to_digest"])
    if submission.status == _S.PREPARED:
        lifecycle.advance(submission, "send back", reason="changed")
    else:
        messages.stands_as_received(submission)


# --- Choices ----------------------------------------------------------------------------------

# Of a story that two have agreed on, what is still open: its answers are counted, and its text was shown.
_OF_A_STORY = {"consent_publish": "may_publish", "consent_quote": "may_quote", "consent_training": "may_train"}
# The one tick that holds something up: with it less goes out, not more.
_HOLDS_UP = ("consent_ask_again",)

Choices = Mapping[str, bool]


class _Kept(NamedTuple):
    """What the choices were, what they are, and what was asked for."""

    before: Choices
    after: Choices
    asked: Choices


def choices_of(opened: Opened) -> dict[str, bool]:
    """Return the choices that can still be changed, each as it stands; none where nothing is left to choose."""
    submission = opened.submission
    if can_answer(submission):
        kept = sealed_store.latest_opened(submission, Kind.ANSWERS, private=opened.private)
        return {name: bool(kept.get(name)) for name in questions.CONSENTS}
    story = Story.objects.filter(submission=submission).first()
    if story is None or story.status == Story.Status.REMOVED:
        return {}
    return {name: bool(getattr(story, column)) for name, column in _OF_A_STORY.items()}


def choices_version(opened: Opened) -> str:
    """Name the choices as they stand, and which of them are still open."""
    open_now = ",".join(f"{name}={said:d}" for name, said in choices_of(opened).items())
    return f"{answers_version(opened.submission)} {open_now}"


def _open_in(named: str) -> list[str]:
    """Return the choices that were open in this version; of a page that says nothing any more, all could have been."""
    if not named:
        return list(questions.CONSENTS)
    return [choice.partition("=")[0] for choice in named.partition(" ")[2].split(",")]


def keep_choices(opened: Opened, wanted: Choices, *, began: str) -> None:
    """Do at once what the contributor chose; raises `Settled` and `Overtaken`.

    Without a yes to publishing nothing of it is public from here on: a story comes off every page, and a
    text that was put forward goes back. Where `began` isn't how things stand, only what shows less holds,
    and `Overtaken` says that the rest has to be asked again.
    """
    kept = _keep(opened, wanted, began=began)
    if not kept.before:
        raise Settled
    if kept.after != kept.asked or _open_in(began) != list(kept.before):
        raise Overtaken(is_part_kept=kept.after != kept.before)


@transaction.atomic
def _keep(opened: Opened, wanted: Choices, *, began: str) -> _Kept:
    submission, story = lifecycle.lock_both(opened.submission.pk)
    locked = Opened(submission, opened.private)
    before = choices_of(locked)
    asked = {name: bool(wanted.get(name)) for name in before}
    after = asked if began == choices_version(locked) else _less(before, asked)
    _hold(locked, story, before, after)
    return _Kept(before, after, asked)


def hold_what_shows_less(locked: Opened, story: Story, wanted: Mapping[str, object]) -> None:
    """Of what `wanted` says about this story do what shows less; both rows are locked by the caller."""
    before = choices_of(locked)
    _hold(locked, story, before, _less(before, wanted))


def shows_less(name: str, *, now: bool, asked: bool) -> bool:
    """True if this choice, as it is asked for, lets less go out than it does now."""
    return asked and not now if name in _HOLDS_UP else now and not asked


def _less(before: Choices, asked: Mapping[str, object]) -> dict[str, bool]:
    """Of what is asked for, take only what shows less."""
    wanted = {name: bool(asked.get(name)) for name in before}
    return {name: now != shows_less(name, now=now, asked=wanted[name]) for name, now in before.items()}


def _hold(locked: Opened, story: Story | None, before: Choices, after: Choices) -> None:
    if after == before:
        return
    _seal(locked, after)
    lifecycle.record_event(locked.submission, "consents", reason=reason_of_change(before, after))
    if story is not None:
        _tell_the_story(story, locked.submission, after)
    elif before["consent_publish"] and not after["consent_publish"]:
        back_to_the_first_reader(locked.submission)


def _seal(locked: Opened, after: Choices) -> None:
    """Keep them with the answers too, which every rule of the moderators reads; erased answers stay erased."""
    if locked.submission.is_erased or not locked.private:
        return
    kept = sealed_store.latest_opened(locked.submission, Kind.ANSWERS, private=locked.private)
    sealed_store.add_sealed(locked.submission, Kind.ANSWERS, {**kept, **after})
    _say_whose_turn_it_is(locked.submission, after)
    labels.renew_labels(locked.submission, private=locked.private)


def _say_whose_turn_it_is(submission: Submission, after: Choices) -> None:
    """A text that was put forward waits for them from the moment they want to see it, and no longer once they don't."""
    if messages.told_status(submission) in lifecycle.PUT_FORWARD and "consent_ask_again" in after:
        submission.waits_for_yes = bool(after["consent_ask_again"]) and not submission.yes_to_digest
        submission.save(update_fields=["waits_for_yes"])


def _tell_the_story(story: Story, submission: Submission, after: Choices) -> None:
    takedown.follow_choices(
        story,
        publish=after["consent_publish"],
        quote=after["consent_quote"],
        training=after["consent_training"],
    )
    if submission.is_erased and not after["consent_publish"]:
        # Nobody could look at what was sent again, so it never comes back.
        takedown.remove_story(story)


def reason_of_change(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Return what an event says of it: whether there is to be a story, if that has changed."""
    if bool(before.get("consent_publish")) == bool(after.get("consent_publish")):
        return ""
    return "story-after-all" if after.get("consent_publish") else "no-story"


# --- The form sent once more under its code ---------------------------------------------------

# Stands in the events of such a form, apart from those of somebody who came back with their code.
_SENT_AGAIN = "sent-again"


def follow_answers(
    submission: Submission, story: Story | None, answers: Mapping[str, object], *, private: bytes, is_new: bool
) -> None:
    """Keep these answers as far as they can still be changed; both rows are locked by the caller.

    `private` is empty where no code is kept: then nothing can be compared, and a form that `is_new` is other answers.
    """
    locked = Opened(submission, private)
    if not can_answer(submission):
        if story is not None:
            hold_what_shows_less(locked, story, answers)
            stop_showing_more(story, answers)
    elif private:
        _keep_what_differs(locked, answers)
    elif is_new:
        sealed_store.add_sealed(submission, Kind.ANSWERS, answers)
        _leave_events(submission, {}, answers)
        back_to_the_first_reader(submission)


def _keep_what_differs(locked: Opened, answers: Mapping[str, object]) -> None:
    now, *older = reversed(sealed_store.all_opened(locked.submission, Kind.ANSWERS, private=locked.private))
    if not _has_come_back(locked.submission):
        older = []
    after = now | {name: _newest_answer(name, said, now, older=older) for name, said in answers.items()}
    if after == now:
        return
    sealed_store.add_sealed(locked.submission, Kind.ANSWERS, after)
    labels.renew_labels(locked.submission, private=locked.private)
    _leave_events(locked.submission, now, after)
    if _is_other_story(now, after):
        back_to_the_first_reader(locked.submission)


def _has_come_back(submission: Submission) -> bool:
    """True if something was changed with the code, so that the page which Back led to is an old one."""
    changes = Event.objects.filter(submission=submission, deed__in=("answers", "consents"))
    return changes.exclude(reason=_SENT_AGAIN).exists()


def _newest_answer(name: str, said: object, now: Mapping[str, object], *, older: list[dict[str, object]]) -> object:
    """What an old page repeats undoes nothing that was changed since, unless it shows less."""
    is_repeated = any(name in version and version[name] == said for version in older)
    return now.get(name) if is_repeated and not _shows_less(name, now.get(name), said) else said


def _shows_less(name: str, now: object, said: object) -> bool:
    if name == "place_shown":
        return questions.how_much_of_where(said) < questions.how_much_of_where(now)
    return name in questions.CONSENTS and shows_less(name, now=bool(now), asked=bool(said))


def _is_other_story(now: Mapping[str, object], after: Mapping[str, object]) -> bool:
    is_refused = bool(now.get("consent_publish")) and not after.get("consent_publish")
    return is_refused or questions.facets_of_answers(now) != questions.facets_of_answers(after)


def _leave_events(submission: Submission, now: Mapping[str, object], after: Mapping[str, object]) -> None:
    changed = {name for name in after if after[name] != now.get(name)}
    if changed - set(questions.CONSENTS):
        lifecycle.record_event(submission, "answers", reason=_SENT_AGAIN)
    if changed & set(questions.CONSENTS):
        lifecycle.record_event(submission, "consents", reason=(now and reason_of_change(now, after)) or _SENT_AGAIN)


# --- What the page can offer ------------------------------------------------------------------


@dataclass(frozen=True)
class Offers:
    """What can be changed now; `is_being_read` says why the words cannot, while anything still can."""

    answers: bool
    words: bool
    choices: bool
    is_being_read: bool

    @property
    def is_any(self) -> bool:
        return self.answers or self.words or self.choices


def offers_of(opened: Opened) -> Offers:
    """Say what the page can offer."""
    submission = opened.submission
    return Offers(
        answers=can_answer(submission),
        words=can_edit(submission),
        choices=bool(choices_of(opened)),
        is_being_read=can_answer(submission) and not can_edit(submission),
    )
