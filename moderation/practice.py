"""Learning the room on invented accounts: sealed like any other, nobody else's, never published, soon erased.

Each file of `practice_accounts` is an exercise: an account with what its contributor ticked, and the answer sheet of
its first reader; in `second` what that reader would publish, with something missed, and the sheet of the second one.
A flood has texts in place of an account. A line of a sheet is met where all that it names is so: `said` the answers
that are good, by what was asked or decided; `gone` words of which none is in their text; `kept` words of which one is.
"""

import tomllib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.translation import gettext as _

from moderation import reading
from moderation.queue.similar_texts import group_similar
from moderation.redaction.findings import bare_words
from moderation.team.permissions import Refused, refuse_if, why_not
from moderation.team.vault import OpenVault
from stories.core import lifecycle, publication_gate
from stories.core.scanner import Look
from stories.crypto import receipts, sealing
from stories.intake import coming_back, labels, questions, receive, retention
from stories.models import Submission

DEED = "learn the room"
LASTS = timedelta(days=7)
# What every one of their contributors ticked; more stands with each.
_ANSWERS: dict[str, object] = {
    **dict.fromkeys(questions.CONSENTS, False),
    **{"consent_publish": True, "adult": "yes", "whose": "mine", "place_shown": "nothing"},
}
# A line of an answer sheet: `words` that say what there was to meet, `why` it matters, and when it is met.
Line = Mapping[str, Any]


@dataclass(frozen=True)
class Exercise:
    """One file. `minutes` are about those of both sides; `text` is one way to put what can be a story."""

    slug: str
    title: str
    says: str
    end: str
    minutes: int
    sheet: Sequence[Line]
    account: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, object] = field(default_factory=dict)
    language: str = "en"
    text: str = ""
    second: Mapping[str, Any] = field(default_factory=dict)
    flood: Sequence[Mapping[str, str]] = ()

    @cached_property
    def rows(self) -> list[list[Mapping[str, str]]]:
        """The rows of a flood, as the tray would show them: the largest group first."""
        by_id = {uuid.UUID(int=at): each for at, each in enumerate(self.flood)}
        groups = group_similar({at: each["text"] for at, each in by_id.items()})
        return sorted(([by_id[at] for at in group] for group in groups), key=len, reverse=True)


def _exercise(path: Path) -> Exercise:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    account = {name: words.strip() for name, words in said.pop("account", {}).items()}
    second = said.pop("second", {})
    second |= {name: second[name].strip() for name in ("account", "text") if name in second}
    answers = _ANSWERS | said.pop("answers", {})
    slug, text = path.stem.partition("_")[2].replace("_", "-"), said.pop("text", "").strip()
    return Exercise(slug, account=account, answers=answers, second=second, text=text, **said)


EXERCISES = {
    each.slug: each for each in map(_exercise, sorted(Path(__file__).with_name("practice_accounts").glob("*.toml")))
}


def reckon(sheet: Sequence[Line], *, said: Mapping[str, str], text: str = "") -> list[tuple[Line, bool]]:
    """Hold what somebody said, by what was asked, and their text against a sheet: each line, and whether it is met."""
    words, outcome = bare_words(text), []
    for line in sheet:
        is_said = all(said.get(asked, "") in good for asked, good in line.get("said", {}).items())
        is_gone = "gone" not in line or (bool(text) and not any(bare_words(each) in words for each in line["gone"]))
        is_kept = "kept" not in line or any(bare_words(each) in words for each in line["kept"])
        outcome.append((line, is_said and is_gone and is_kept))
    return outcome


def practice_account_of(person: User) -> Submission | None:
    return Submission.objects.filter(practice_for=person).first()


def exercise_of(submission: Submission, *, vault: OpenVault) -> Exercise | None:
    """The exercise that it is, by its words; None of an account that an earlier release made."""
    words = reading.unsealed_texts(submission, vault=vault).account
    return next((each for each in EXERCISES.values() if each.account == words), None)


@transaction.atomic
def begin_practice(person: User, exercise: Exercise) -> Submission:
    """Make a new one in place of any that is there; raises `Refused`."""
    refuse_if(why_not(DEED, person))
    end_practice(person)
    queue = receive.queue_key()
    if queue is None:
        raise Refused(_("The vault has no key yet, so nothing can be sealed. Make the first key, then come back."))
    account, answers = dict(exercise.account), dict(exercise.answers)
    # A row like any other, but with its owner, a date of its own, and no code that opens it.
    pair, row_id = sealing.new_pair(), uuid.uuid4()
    submission = Submission(
        id=row_id,
        look_up_id=receipts.look_up_id(receipts.new_code(), pepper=settings.RECEIPT_PEPPER),
        week=lifecycle.this_week(),
        erase_on=lifecycle.today() + LASTS,
        public_key=pair.public,
        key_for_queue=receive.sealed_for_queue(pair.private, queue, row_id),
        queue_epoch=queue,
        practice_for=person,
        language=exercise.language,
    )
    submission.labels = labels.seal_labels(submission, labels.labels_from(account, answers))
    submission.save(force_insert=True)
    try:
        receive.refuse_if_rotated(queue)
    except receive.Rotated:
        raise Refused(_("The team’s key was changed just now. Press again.")) from None
    for text in receive.both_texts(submission, coming_back.Sent(account, answers)):
        text.save(force_insert=True)
    lifecycle.record_event(submission, "receive")
    return submission


@transaction.atomic
def end_practice(person: User | AnonymousUser) -> None:
    """Erase it, with everything that was done to it: of an exercise nothing has to be told later."""
    _number, rows = Submission.objects.filter(practice_for=person.pk).delete()
    if rows:
        transaction.on_commit(retention.scrub_database, robust=True)


def practice_outcome(
    submission: Submission, exercise: Exercise, *, decision: str, vault: OpenVault, look: Look
) -> list[tuple[Line, bool]]:
    """What was met in it: by the newest first look, the newest version, and what they did."""
    seen = reading.unsealed_texts(submission, vault=vault)
    fields = seen.version(seen.facts.newest)["fields"] if seen.facts.newest else {}
    said = dict(seen.danger.looks[-1]["answers"]) if seen.danger.looks else {}
    said |= {
        "decision": decision,
        "rang": "yes" if any(each.deed == "rang safeguarding" for each in seen.facts.events) else "",
    }
    text = " ".join(fields.get(name, "") for name in publication_gate.WORDS_OF_A_STORY).strip()
    return reckon(sheet_with_marks(exercise, look), said=said, text=text)


def sheet_with_marks(exercise: Exercise, look: Look) -> list[Line]:
    """The first reader's sheet, where words had to go with whether our finder marks them, or only people see them."""
    account = exercise.account["account"]
    marked = bare_words(" ".join(account[each.start : each.end] for each in look.with_indirect(account)))
    sheet = []
    for line in exercise.sheet:
        is_marked = any(bare_words(each) in marked for each in line.get("gone", ()))
        says = _("The marks show it.") if is_marked else _("No mark shows it: people have to see it.")
        sheet.append({**line, "why": f"{line['why']} {says}"} if "gone" in line else line)
    return sheet
