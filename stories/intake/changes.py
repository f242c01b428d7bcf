"""Changes by a contributor after sending: to answers, to choices, and to words that nobody has read yet."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from stories.core import disk_space, journal, lifecycle, sealed_store, takedown
from stories.intake import coming_back, labels, messages, questions, retention
from stories.intake.coming_back import Opened, Settled
from stories.models import Event, SealedText, Story, Submission

Kind = SealedText.Kind
_S = Submission.Status


class Overtaken(RuntimeError):
    """What the form began from isn't there any more; it names the notice of it, where a form can't tell that itself.

    "part-kept" if what shows less holds already; "too-late" for words that a moderator has in hand or has opened.
    """


def newest_version(submission: Submission, kind: str) -> str:
    """Name the answers or the words that are kept now, a draft's too; a form carries it and gives it back."""
    return str(submission.texts.filter(kind=kind).order_by("number").values_list("pk", flat=True).last() or 0)


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


def can_answer(submission: Submission) -> bool:
    """True while more answers change something: a decision settles what is counted and shown, once they are told."""
    return not submission.is_erased and messages.told_status(submission) in lifecycle.UNDECIDED


def keep_answers(opened: Opened, answers: Mapping[str, object], *, began: str) -> None:
    """Seal `answers` as the newest ones, over those of before; raises `Settled` and `Overtaken`.

    A text that was put forward goes back to its first reader where a story would show another place,
    year or outcome, so that nobody agrees to more than is wanted. A story that was agreed on meanwhile
    comes down where it shows more about where than they want.
    """
    with transaction.atomic():
        submission, story = lifecycle.lock_both(opened.submission.pk)
        is_open = can_answer(submission)
        if is_open:
            before = sealed_store.latest_opened(submission, Kind.ANSWERS, private=opened.private)
            after = {**before, **answers}
            if after != before and began != newest_version(submission, Kind.ANSWERS):
                raise Overtaken
            _seal_answers(Opened(submission, opened.private), before, after, reason="")
        elif story is not None and began:
            _stop_showing_more(story, answers)
    if not is_open:
        # Two had agreed on it just before, and it showed more about where than is wanted: its story came down.
        has_stopped = began and lifecycle.wants_a_change(opened.submission, since="agree")
        raise Settled("story-stopped" if has_stopped else "settled")


def _seal_answers(locked: Opened, before: Mapping[str, object], after: Mapping[str, object], *, reason: str) -> None:
    if after == before:
        return
    sealed_store.add_sealed(locked.submission, Kind.ANSWERS, after)
    _note_less(locked.submission, before, after)
    labels.renew_labels(locked.submission, private=locked.private)
    _leave_events(locked.submission, before, after, reason=reason)
    is_refused = bool(before.get("consent_publish")) and not after.get("consent_publish")
    if is_refused or questions.facets_of_answers(before) != questions.facets_of_answers(after):
        back_to_the_first_reader(locked.submission)


def _leave_events(
    submission: Submission, before: Mapping[str, object], after: Mapping[str, object], *, reason: str
) -> None:
    changed = {name for name in after if after[name] != before.get(name)}
    if changed - set(questions.CONSENTS):
        lifecycle.record_event(submission, "answers", reason=reason)
    if changed & set(questions.CONSENTS):
        lifecycle.record_event(submission, "consents", reason=(before and _reason_of_change(before, after)) or reason)


def _stop_showing_more(story: Story, answers: Mapping[str, object]) -> None:
    """Stop a story that shows more about where than these answers allow: two agreed on its place with its words."""
    if shows_less("place_shown", story.place_shown, answers.get("place_shown")):
        takedown.stop_story(story, wish="show less")


def can_edit(submission: Submission) -> bool:
    """True while no moderator has ever had it in hand; asked for a deed, the row has to be locked."""
    if submission.is_erased or messages.told_status(submission) != _S.RECEIVED:
        return False
    # After these deeds a moderator may have the words before their eyes.
    return not Event.objects.filter(submission=submission, deed__in=("claim", "open")).exists()


@transaction.atomic
def keep_words(opened: Opened, texts: Mapping[str, str], *, began: str) -> None:
    """Put `texts` in the place of those before, which are erased; raises `Overtaken`.

    A claim and an opening lock the same row first, so either they see these words or we see them.
    """
    submission = Submission.objects.select_for_update().get(pk=opened.submission.pk)
    if submission.is_erased:
        raise Overtaken("too-late")
    before = sealed_store.latest_opened(submission, Kind.ACCOUNT, private=opened.private)
    after = {**before, **texts}
    if after == before:
        return
    if not can_edit(submission):
        raise Overtaken("too-late")
    if began != newest_version(submission, Kind.ACCOUNT):
        raise Overtaken
    added = sealed_store.add_sealed(submission, Kind.ACCOUNT, after)
    replaced = submission.texts.filter(kind=Kind.ACCOUNT).exclude(pk=added.pk)
    for pk in replaced.values_list("pk", flat=True):
        journal.note_deed("replaced", pk)
    replaced.delete()
    labels.renew_labels(submission, private=opened.private)
    lifecycle.record_event(submission, "edit")
    transaction.on_commit(retention.scrub_database, robust=True)


# Of a story that two have agreed on, what is still open: its answers are counted, and its text was shown.
OF_A_STORY = {"consent_publish": "may_publish", "consent_quote": "may_quote", "consent_training": "may_train"}
# The one tick that holds something up: with it less goes out, not more.
_HOLDS_UP = "consent_ask_again"


def choices_of(opened: Opened) -> dict[str, bool]:
    """Return the choices that can still be changed, each as it stands; none where nothing is left to choose."""
    submission = opened.submission
    if can_answer(submission):
        kept = sealed_store.latest_opened(submission, Kind.ANSWERS, private=opened.private)
        kept |= coming_back.choices_taken_back(coming_back.changes_of(submission))
        return {name: bool(kept.get(name)) for name in questions.CONSENTS}
    story = Story.objects.filter(submission=submission).first()
    if story is None or story.status == Story.Status.REMOVED:
        return {}
    return {name: bool(getattr(story, column)) for name, column in OF_A_STORY.items()}


def choices_version(opened: Opened) -> str:
    open_now = ",".join(f"{name}={said:d}" for name, said in choices_of(opened).items())
    return f"{newest_version(opened.submission, Kind.ANSWERS)} {open_now}"


@disk_space.with_reserve
def keep_choices(opened: Opened, wanted: Mapping[str, bool], *, began: str) -> None:
    """Do at once what the contributor chose; raises `Settled` and `Overtaken`.

    Without a yes to publishing nothing of it is public from here on: a story comes off every page, and a
    text that was put forward goes back. Where `began` isn't how things stand, only what shows less holds,
    and `Overtaken` says that the rest has to be asked again.
    """
    with transaction.atomic():
        submission, story = lifecycle.lock_both(opened.submission.pk)
        locked = Opened(submission, opened.private)
        before = choices_of(locked)
        asked = {name: bool(wanted.get(name)) for name in before}
        after = asked if began == choices_version(locked) else _less(before, asked)
        _hold(locked, story, before, after)
    if not before:
        raise Settled("settled")
    # Of a page that says nothing any more all choices could have been open.
    open_then = [choice.partition("=")[0] for choice in began.partition(" ")[2].split(",")]
    if after != asked or list(before) != (open_then if began else list(questions.CONSENTS)):
        raise Overtaken("" if after == before else "part-kept")


def shows_less(name: str, now: object, asked: object) -> bool:
    """True if this answer or choice, as it is asked for, lets less go out than it does now."""
    if name == "place_shown":
        return questions.how_much_of_where(asked) < questions.how_much_of_where(now)
    if name == _HOLDS_UP:
        return bool(asked) and not now
    return name in questions.CONSENTS and bool(now) and not asked


def _note_less(submission: Submission, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    """Have the journal say what shows less from here on, so that a restore shows no more."""
    for name in coming_back.LEAST:
        if name in after and shows_less(name, before.get(name), after[name]):
            journal.note_deed("less", submission.pk, name)


def _less(before: Mapping[str, bool], asked: Mapping[str, object]) -> dict[str, bool]:
    return {name: now != shows_less(name, now, asked.get(name)) for name, now in before.items()}


def _hold(locked: Opened, story: Story | None, before: Mapping[str, bool], after: Mapping[str, bool]) -> None:
    if after == before:
        return
    _seal_choices(locked, after)
    _note_less(locked.submission, before, after)
    lifecycle.record_event(locked.submission, "consents", reason=_reason_of_change(before, after))
    if story is not None:
        publish = after["consent_publish"]
        takedown.follow_choices(
            story, publish=publish, quote=after["consent_quote"], training=after["consent_training"]
        )
        if locked.submission.is_erased and not publish:
            # Nobody could look at what was sent again, so it never comes back.
            takedown.remove_story(story)
    elif before["consent_publish"] and not after["consent_publish"]:
        back_to_the_first_reader(locked.submission)


def _seal_choices(locked: Opened, after: Mapping[str, bool]) -> None:
    """Keep them with the answers too, which every rule of the moderators reads; erased answers stay erased.

    A text that was put forward waits for them from the moment they want to see it, and no longer once they don't.
    """
    submission, private = locked.submission, locked.private
    if submission.is_erased or not private:
        return
    kept = sealed_store.latest_opened(submission, Kind.ANSWERS, private=private)
    sealed_store.add_sealed(submission, Kind.ANSWERS, {**kept, **after})
    if messages.told_status(submission) in lifecycle.PUT_FORWARD and _HOLDS_UP in after:
        submission.waits_for_yes = after[_HOLDS_UP] and not submission.yes_to_digest
        submission.save(update_fields=["waits_for_yes"])
    labels.renew_labels(submission, private=private)


def _reason_of_change(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Return what an event says of it: whether there is to be a story, if that has changed."""
    if bool(before.get("consent_publish")) == bool(after.get("consent_publish")):
        return ""
    return "story-after-all" if after.get("consent_publish") else "no-story"


# Stands in the events of such a form, apart from those of somebody who came back with their code.
_SENT_AGAIN = "sent-again"
_EVERYTHING = {**dict.fromkeys(questions.CONSENTS, True), _HOLDS_UP: False, "place_shown": questions.WHERE[-1]}


def follow_answers(
    submission: Submission, story: Story | None, answers: Mapping[str, object], *, private: bytes, is_new: bool
) -> None:
    """Keep these answers as far as they can still be changed; both rows are locked by the caller.

    `private` is empty where no code is kept: then nothing can be compared, and a form that `is_new` is other answers.
    """
    locked = Opened(submission, private)
    if not can_answer(submission):
        if story is not None:
            before = choices_of(locked)
            _hold(locked, story, before, _less(before, answers))
            _stop_showing_more(story, answers)
    elif private:
        now, *older = reversed(sealed_store.all_opened(submission, Kind.ANSWERS, private=private))
        changed = Event.objects.filter(submission=submission, deed__in=("answers", "consents"))
        if not changed.exclude(reason=_SENT_AGAIN).exists():
            # Nobody came back with the code, so the page that Back led to isn't an old one.
            older = []
        after = now | {name: _newest_answer(name, said, now, older=older) for name, said in answers.items()}
        _seal_answers(locked, now, after, reason=_SENT_AGAIN)
    elif is_new:
        sealed_store.add_sealed(submission, Kind.ANSWERS, answers)
        # Nobody can compare them with those before, which may have allowed everything.
        _note_less(submission, _EVERYTHING, answers)
        _leave_events(submission, {}, answers, reason=_SENT_AGAIN)
        back_to_the_first_reader(submission)


def _newest_answer(
    name: str, said: object, now: Mapping[str, object], *, older: Sequence[Mapping[str, object]]
) -> object:
    """Return the answer that holds: an old page undoes nothing that was changed since, unless it shows less."""
    is_repeated = any(name in version and version[name] == said for version in older)
    return now.get(name) if is_repeated and not shows_less(name, now.get(name), said) else said
