"""The form sent once more under its code, from a page that Back led to: its answers follow the rules of changes."""

from collections.abc import Mapping
from typing import Any

from stories import lifecycle
from stories.models import Event, SealedText, Story, Submission
from stories.telling import changing, choices, labels, questions, sealed_store
from stories.telling.coming_back import Opened

Kind = SealedText.Kind
# Stands in the events of such a form, apart from those of somebody who came back with their code.
_SENT_AGAIN = "sent-again"


def follow(
    submission: Submission, story: Story | None, answers: Mapping[str, Any], *, private: bytes, is_new: bool
) -> None:
    """Keep these answers as far as they can still be changed; both rows are locked by the caller.

    `private` is empty where no code is kept: then nothing can be compared, and a form that `is_new` is other answers.
    """
    locked = Opened(submission, private)
    if not changing.can_answer(submission):
        if story is not None:
            choices.hold_what_shows_less(locked, story, answers)
            changing.stop_showing_more(story, answers)
    elif private:
        _keep_what_differs(locked, answers)
    elif is_new:
        sealed_store.add(submission, Kind.ANSWERS, answers)
        _leave_events(submission, {}, answers)
        changing.back_to_the_first_reader(submission)


def _keep_what_differs(locked: Opened, answers: Mapping[str, Any]) -> None:
    now, *older = reversed(sealed_store.all_opened(locked.submission, Kind.ANSWERS, private=locked.private))
    if not _has_come_back(locked.submission):
        older = []
    after = now | {name: _newest(name, said, now, older=older) for name, said in answers.items()}
    if after == now:
        return
    sealed_store.add(locked.submission, Kind.ANSWERS, after)
    labels.renew(locked.submission, private=locked.private)
    _leave_events(locked.submission, now, after)
    if _is_other_story(now, after):
        changing.back_to_the_first_reader(locked.submission)


def _has_come_back(submission: Submission) -> bool:
    """True if something was changed with the code, so that the page which Back led to is an old one."""
    changes = Event.objects.filter(submission=submission, deed__in=("answers", "consents"))
    return changes.exclude(reason=_SENT_AGAIN).exists()


def _newest(name: str, said: Any, now: Mapping[str, Any], *, older: list[dict[str, Any]]) -> Any:
    """What an old page repeats undoes nothing that was changed since, unless it shows less."""
    is_repeated = any(name in version and version[name] == said for version in older)
    return now.get(name) if is_repeated and not _shows_less(name, now.get(name), said) else said


def _shows_less(name: str, now: Any, said: Any) -> bool:
    if name == "place_shown":
        return questions.how_much_of_where(said) < questions.how_much_of_where(now)
    return name in questions.CONSENTS and choices.shows_less(name, now=bool(now), asked=bool(said))


def _is_other_story(now: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    is_refused = bool(now.get("consent_publish")) and not after.get("consent_publish")
    return is_refused or questions.facets(now) != questions.facets(after)


def _leave_events(submission: Submission, now: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    changed = {name for name in after if after[name] != now.get(name)}
    if changed - set(questions.CONSENTS):
        lifecycle.record(submission, "answers", reason=_SENT_AGAIN)
    if changed & set(questions.CONSENTS):
        lifecycle.record(submission, "consents", reason=(now and choices.reason(now, after)) or _SENT_AGAIN)
