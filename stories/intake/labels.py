"""The labels of an account, sealed: what a list may say of it to a moderator before anybody opens it."""

import hashlib
import math
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from pathlib import Path

from django.conf import settings

from stories import danger
from stories.core import sealed_store
from stories.crypto import sealing
from stories.crypto.sealing import Place
from stories.danger import NONE, NOW, Danger
from stories.intake import other_languages, questions
from stories.models import SealedText, Submission

_FIXED_TIME = (0, 0)


def mark_duty(submission: Submission, spoken_of: Danger = NONE) -> None:
    """Leave the mark for an account that is ticked as urgent or speaks of danger to life now; for no flood.

    Whatever goes wrong with it stands in nobody's way: the account is kept all the same. It isn't logged either: a line
    that only danger brings about would tell of it, to the second. `manage.py check` looks whether it can be left.
    """
    if submission.practice_for_id is None:
        mark_words(spoken_of, is_ticked=submission.is_urgent, is_flood=submission.is_flood)


def mark_words(spoken_of: Danger, *, is_ticked: bool = False, is_flood: bool = False) -> None:
    """The same for words that belong to no account, such as a take-down request's."""
    if settings.DUTY_EMAIL and (is_ticked or spoken_of.life == NOW) and not is_flood:
        with suppress(OSError):
            leave_mark()


def leave_mark() -> None:
    """Leave the mark; one that is there already stays as it is."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        path.touch(mode=0o600, exist_ok=False)
        for touched in (path, path.parent):
            os.utime(touched, _FIXED_TIME)


def mark_is_left() -> bool:
    """True where something urgent came since the last duty mail."""
    return _path().exists()


def take_mark_away() -> None:
    path = _path()
    path.unlink(missing_ok=True)
    if path.parent.exists():
        os.utime(path.parent, _FIXED_TIME)


def _path() -> Path:
    return Path(settings.RUN_DIR) / "urgent-came"


# Every set of labels has the same length, so that none can be told from another; the fullest one fits.
SIZE = 384  # bytes
# Slower than people read the news: these are read with care.
_WORDS_A_MINUTE = 180
_LONGEST = 999  # minutes
_KINDS = tuple(option.slug for option in questions.BY_NAME["kinds"].options)
NO_STORY = "no-story"
# Told for somebody of whom nobody said that they are 18 or over.
AGE_UNKNOWN = "age-unknown"


@dataclass(frozen=True)
class Labels:
    """Kinds of harm by slug, whole minutes to read, whether it is hard to read, flags by slug, and danger.

    `dangers` counts the texts of theirs that speak of danger now or of a child: one more is something new to answer.
    `words` is equal for accounts of the same words, so that a flood of one text is seen without opening it.
    """

    kinds: tuple[str, ...] = ()
    minutes: int = 1
    is_hard: bool = False
    flags: tuple[str, ...] = ()
    danger: Danger = NONE
    dangers: int = 0
    words: str = ""

    @property
    def language(self) -> str:
        """The code of the language that its contributor named; empty where they named none of `other_languages`."""
        return next((flag for flag in self.flags if flag in other_languages.NAMES), "")


def seal_labels(submission: Submission, made: Labels) -> bytes:
    """Return 48 + `SIZE` bytes that only the story key opens."""
    payload = {"kinds": made.kinds, "minutes": made.minutes, "is_hard": made.is_hard, "flags": made.flags}
    payload["words"] = made.words
    payload["danger"] = [made.danger.life, made.danger.child, made.danger.is_near, made.dangers]
    # By itself: the release before reads these four.
    payload["is_unread"] = made.danger.is_unread
    return sealing.seal_payload(payload, to=bytes(submission.public_key), place=_place(submission), size=SIZE)


def opened_labels(submission: Submission, *, private: bytes) -> Labels | None:
    """Return the labels of a row; None where it has none. Raises `DoesNotOpen`."""
    if not submission.labels:
        return None
    payload = sealing.open_sealed(bytes(submission.labels), private=private, place=_place(submission))
    kinds, flags = (tuple(payload[name]) for name in ("kinds", "flags"))
    # What was sealed before danger was looked for says nothing of it, and what was sealed before languages, of those.
    *spoken_of, dangers = payload.get("danger", [0])
    spoken = replace(Danger(*spoken_of), is_unread=payload.get("is_unread", False))
    return Labels(kinds, payload["minutes"], payload["is_hard"], flags, spoken, dangers, payload.get("words", ""))


def renew_labels(submission: Submission, *, private: bytes) -> None:
    """Seal them anew from the newest account, answers and messages; call it in the transaction that changed one."""
    account, answers = (
        sealed_store.latest_opened(submission, kind, private=private)
        for kind in (SealedText.Kind.ACCOUNT, SealedText.Kind.ANSWERS)
    )
    messages = sealed_store.all_opened(submission, SealedText.Kind.MESSAGE, private=private)
    before = opened_labels(submission, private=private) or Labels()
    made = labels_from(account, answers, [each["text"] for each in messages if each["from"] == "contributor"])
    if made.dangers > before.dangers:
        mark_duty(submission, made.danger)
    submission.labels = seal_labels(submission, made)
    submission.save(update_fields=["labels"])


def keep_labels(submission: Submission, account: Mapping[str, str], answers: Mapping[str, object]) -> None:
    """Seal and store them for this account and these answers, where those before can't be opened.

    They count more texts of danger than those before can have counted, so that no earlier no is one to these.
    """
    made = labels_from(account, answers)
    before = submission.texts.filter(kind=SealedText.Kind.MESSAGE).count() * len(account)
    made = replace(made, dangers=made.dangers + before)
    submission.labels = seal_labels(submission, made)
    submission.save(update_fields=["labels"])


def labels_from(account: Mapping[str, str], answers: Mapping[str, object], messages: Sequence[str] = ()) -> Labels:
    words = sum(len(text.split()) for text in account.values())
    given = _slugs(answers.get("kinds"))
    kinds = tuple(slug for slug in _KINDS if slug in given)
    minutes = min(max(math.ceil(words / _WORDS_A_MINUTE), 1), _LONGEST)
    spoken_of = [danger.scan_for_danger(text) for text in (*account.values(), *messages)]
    # A short hash of the words alone: other spaces, capitals or marks between them make no other text.
    letters = "".join(letter for text in account.values() for letter in text.casefold() if letter.isalnum())
    flags = [flag for flag, (name, means) in questions.FLAGS.items() if not _slugs(answers.get(name)).isdisjoint(means)]
    if "not-theirs" in flags and questions.may_be_child(answers):
        flags.append(AGE_UNKNOWN)
    # Sealed like every answer: a rare language and a week would single somebody out.
    flags += [code for code in other_languages.NAMES if code == answers.get("language")]
    return Labels(
        kinds,
        minutes,
        any(not _slugs(answers.get(name)).isdisjoint(hard) for name, hard in questions.HARD.items()),
        (*flags, *(() if answers.get("consent_publish") else (NO_STORY,))),
        reduce(or_, spoken_of, NONE),
        sum(each.is_urgent for each in spoken_of),
        hashlib.blake2b(letters.encode(), digest_size=6).hexdigest(),
    )


def _slugs(answer: object) -> frozenset[object]:
    return frozenset(answer) if isinstance(answer, list | tuple) else frozenset({answer})


def _place(submission: Submission) -> Place:
    return Place(row=str(submission.pk), kind="labels", number=0)
