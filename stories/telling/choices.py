"""What a contributor allows: every choice holds at once, and what shows less holds whatever happened meanwhile."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import transaction

from stories import going_down, lifecycle
from stories.models import SealedText, Story, Submission
from stories.telling import changing, labels, locking, on_its_way, questions, sealed_store
from stories.telling.changing import Overtaken, Settled
from stories.telling.coming_back import Opened

Kind = SealedText.Kind
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


def of(opened: Opened) -> dict[str, bool]:
    """Return the choices that can still be changed, each as it stands; none where nothing is left to choose."""
    submission = opened.submission
    if changing.can_answer(submission):
        kept = sealed_store.latest(submission, Kind.ANSWERS, private=opened.private)
        return {name: bool(kept.get(name)) for name in questions.CONSENTS}
    story = Story.objects.filter(submission=submission).first()
    if story is None or story.status == Story.Status.REMOVED:
        return {}
    return {name: bool(getattr(story, column)) for name, column in _OF_A_STORY.items()}


def version(opened: Opened) -> str:
    """Name the choices as they stand, and which of them are still open."""
    open_now = ",".join(f"{name}={said:d}" for name, said in of(opened).items())
    return f"{changing.answers_version(opened.submission)} {open_now}"


def _open_in(named: str) -> list[str]:
    """Return the choices that were open in this version; of a page that says nothing any more, all could have been."""
    if not named:
        return list(questions.CONSENTS)
    return [choice.partition("=")[0] for choice in named.partition(" ")[2].split(",")]


def keep(opened: Opened, wanted: Choices, *, began: str) -> None:
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
    submission, story = locking.both(opened.submission.pk)
    locked = Opened(submission, opened.private)
    before = of(locked)
    asked = {name: bool(wanted.get(name)) for name in before}
    after = asked if began == version(locked) else _less(before, asked)
    _hold(locked, story, before, after)
    return _Kept(before, after, asked)


def hold_what_shows_less(locked: Opened, story: Story, wanted: Choices) -> None:
    """Of what `wanted` says about this story do what shows less; both rows are locked by the caller."""
    before = of(locked)
    _hold(locked, story, before, _less(before, wanted))


def shows_less(name: str, *, now: bool, asked: bool) -> bool:
    """True if this choice, as it is asked for, lets less go out than it does now."""
    return asked and not now if name in _HOLDS_UP else now and not asked


def _less(before: Choices, asked: Choices) -> dict[str, bool]:
    """Of what is asked for, take only what shows less."""
    wanted = {name: bool(asked.get(name)) for name in before}
    return {name: now != shows_less(name, now=now, asked=wanted[name]) for name, now in before.items()}


def _hold(locked: Opened, story: Story | None, before: Choices, after: Choices) -> None:
    if after == before:
        return
    _seal(locked, after)
    lifecycle.record(locked.submission, "consents", reason=reason(before, after))
    if story is not None:
        _tell_the_story(story, locked.submission, after)
    elif before["consent_publish"] and not after["consent_publish"]:
        changing.back_to_the_first_reader(locked.submission)


def _seal(locked: Opened, after: Choices) -> None:
    """Keep them with the answers too, which every rule of the moderators reads; erased answers stay erased."""
    if locked.submission.is_erased or not locked.private:
        return
    kept = sealed_store.latest(locked.submission, Kind.ANSWERS, private=locked.private)
    sealed_store.add(locked.submission, Kind.ANSWERS, {**kept, **after})
    _say_whose_turn_it_is(locked.submission, after)
    labels.renew(locked.submission, private=locked.private)


def _say_whose_turn_it_is(submission: Submission, after: Choices) -> None:
    """A text that was put forward waits for them from the moment they want to see it, and no longer once they don't."""
    if on_its_way.told_status(submission) in lifecycle.PUT_FORWARD and "consent_ask_again" in after:
        submission.waits_for_yes = bool(after["consent_ask_again"]) and not submission.yes_to_digest
        submission.save(update_fields=["waits_for_yes"])


def _tell_the_story(story: Story, submission: Submission, after: Choices) -> None:
    going_down.follow_choices(
        story,
        publish=after["consent_publish"],
        quote=after["consent_quote"],
        training=after["consent_training"],
    )
    if submission.is_erased and not after["consent_publish"]:
        # Nobody could look at what was sent again, so it never comes back.
        going_down.remove(story)


def reason(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Return what an event says of it: whether there is to be a story, if that has changed."""
    if bool(before.get("consent_publish")) == bool(after.get("consent_publish")):
        return ""
    return "story-after-all" if after.get("consent_publish") else "no-story"
