"""Learning the room on invented accounts: sealed like any other, nobody else's, never published, soon erased.

There are three exercises: a plain account, one that speaks of danger now, and a second reading of a text whose first
reader missed something. The third is a page alone, for its first reader is nobody.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction
from django.utils.translation import gettext as _

from moderation import reading
from moderation.policies.danger import ALARMS, LIFE, SELF_HARM
from moderation.redaction import findings
from moderation.redaction.anonymity_check import CLEAR
from moderation.team.permissions import Refused, refuse_if, why_not
from moderation.team.vault import OpenVault
from stories.core import lifecycle, publication_gate
from stories.core.scanner import Look
from stories.crypto import receipts, sealing
from stories.intake import coming_back, labels, receive, retention
from stories.models import Submission

# Texts, and what there is to meet in each. The numbers are of those that Ofcom keeps free for drama; towns, people and
# papers are invented.
_TEXTS = json.loads(Path(__file__).with_name("practice_accounts.json").read_text())
ACCOUNT: dict[str, str] = _TEXTS["account"]
ANSWERS: dict[str, object] = _TEXTS["answers"]
# Words of the account that a reader should find; each of their `pieces` has to be gone, or the words themselves.
DETAILS: list[dict[str, Any]] = [{"pieces": [each["words"]]} | each for each in _TEXTS["details"]]
# One that speaks of danger now.
DANGER_ACCOUNT: dict[str, str] = _TEXTS["danger_account"]
DANGER_ANSWERS = ANSWERS | {"case": "no", "online": "yes", "year": "2026"}
# One for a second reading, and what its invented first reader would publish: names and places are gone, and three
# things are not, each with the line of the anonymity check in which a second one says so (none of danger).
SECOND_ACCOUNT: dict[str, str] = _TEXTS["second_account"]
FIRST_READERS_TEXT: str = _TEXTS["first_readers_text"]
MISSED: list[dict[str, str]] = _TEXTS["missed"]

DEED = "learn the room"
PLAIN, DANGER = "plain", "danger"
_EXERCISES = {PLAIN: (ACCOUNT, ANSWERS), DANGER: (DANGER_ACCOUNT, DANGER_ANSWERS)}
LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Met:
    """One thing that an exercise asks for, and whether it was met."""

    words: str
    why: str
    is_met: bool


def practice_account_of(person: User) -> Submission | None:
    return Submission.objects.filter(practice_for=person).first()


@transaction.atomic
def begin_practice(person: User, exercise: str = PLAIN) -> Submission:
    """Make a new one in place of any that is there; raises `Refused`."""
    refuse_if(why_not(DEED, person))
    end_practice(person)
    queue = receive.queue_key()
    if queue is None:
        raise Refused(_("The vault has no key yet, so nothing can be sealed. Make the first key, then come back."))
    account, answers = _EXERCISES[exercise]
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


def practice_outcome(submission: Submission, *, vault: OpenVault, look: Look) -> tuple[str, list[Met]]:
    """The exercise that it is, and what was met in it: in the newest version, or by the newest first look and what
    they did.
    """
    seen = reading.unsealed_texts(submission, vault=vault)
    if not is_of_danger(submission, vault=vault):
        if seen.facts.newest is None:
            raise Refused(_("Save a version first; there is nothing to compare yet."))
        return PLAIN, compared_with_ours(seen.account, seen.version(seen.facts.newest)["fields"], look=look)
    said = seen.danger.looks[-1]["answers"] if seen.danger.looks else {}
    are_met = (
        said.get(LIFE) in ALARMS,
        submission.events.filter(deed="rang safeguarding").exists(),
        said.get(SELF_HARM) in ALARMS,
        submission.status == Submission.Status.RECEIVED,
    )
    return DANGER, [Met(**words, is_met=is_met) for words, is_met in zip(_TEXTS["in_danger"], are_met, strict=True)]


def compared_with_ours(account: Mapping[str, str], fields: Mapping[str, str], *, look: Look) -> list[Met]:
    """Every detail, met where these fields no longer hold it, and whether our finder marks it or only people see it."""
    whole = findings.bare_words(" ".join(fields[name] for name in publication_gate.WORDS_OF_A_STORY))
    marked = findings.bare_words(
        " ".join(account["account"][each.start : each.end] for each in look(account["account"]))
    )
    outcome = []
    for detail in DETAILS:
        is_marked = any(findings.bare_words(words) in marked for words in detail["pieces"])
        says = _("The marks show it.") if is_marked else _("No mark shows it: people have to see it.")
        is_there = any(findings.bare_words(words) in whole for words in detail["pieces"])
        outcome.append(Met(detail["words"], f"{detail['why']} {says}", not is_there))
    return outcome


def is_of_danger(submission: Submission, *, vault: OpenVault) -> bool:
    return reading.unsealed_texts(submission, vault=vault).account["account"] == DANGER_ACCOUNT["account"]


def second_met(check: Mapping[str, str], *, danger: str, sent_back: bool) -> list[Met]:
    """The points that the first reader missed and somebody met, by their answers to the check and to danger."""
    found = [
        Met(each["words"], each["why"], check.get(each["line"], CLEAR) != CLEAR if "line" in each else danger in ALARMS)
        for each in MISSED
    ]
    why = _("A text with anything still to change goes back to its first reader, with a line that says what.")
    return [*found, Met(_("Sending it back"), why, sent_back)]
