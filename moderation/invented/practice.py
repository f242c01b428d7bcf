"""Learning the room on an invented account: sealed like any other, nobody else's, never published, soon erased."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from moderation import policies, reading, versions
from moderation.errors import Refused, refuse_if
from moderation.invented.practice_account import ACCOUNT, ANSWERS, DETAILS, Detail
from moderation.safekeeping.vault import OpenVault
from stories import going_public, lifecycle
from stories.looking import Look
from stories.models import QueueKey, Submission
from stories.telling import erasing, intake, labels, receipts, sealing

DEED = "learn the room"
LASTS = timedelta(days=7)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Weighed:
    """One detail of the account, and whether our finder marks it or only people see it."""

    detail: Detail
    is_marked: bool


@dataclass(frozen=True)
class Outcome:
    """What somebody took out, and what still stands in their text."""

    found: list[Weighed]
    missed: list[Weighed]


def of(person: Any) -> Submission | None:
    """This person's practice account, if they have one."""
    return Submission.objects.filter(practice_for=person).first()


@transaction.atomic
def begin(person: Any) -> Submission:
    """Make a new one in place of any that is there; raises `Refused`."""
    refuse_if(policies.why_not(DEED, person))
    end(person)
    queue = intake.queue_key()
    if queue is None:
        raise Refused(_("The vault has no key yet, so nothing can be sealed. Make the first key, then come back."))
    submission = _row(person, queue)
    submission.save(force_insert=True)
    try:
        intake.refuse_if_rotated(queue)
    except intake.Rotated:
        raise Refused(_("The team’s key was changed just now. Press again.")) from None
    for text in intake.both_texts(submission, intake.Sent(ACCOUNT, ANSWERS)):
        text.save(force_insert=True)
    lifecycle.record(submission, "receive")
    return submission


@transaction.atomic
def end(person: Any) -> None:
    """Erase it, with everything that was done to it: of an exercise nothing has to be told later."""
    _number, rows = Submission.objects.filter(practice_for=person).delete()
    if rows:
        transaction.on_commit(erasing.scrub, robust=True)


def outcome(submission: Submission, *, vault: OpenVault, look: Look) -> Outcome:
    """Compare the newest version with what could be found."""
    copy = versions.current(submission)
    if copy is None:
        raise Refused(_("Save a version first; there is nothing to compare yet."))
    fields = reading.working_copy(copy.sealed, vault=vault)["fields"]
    return compared(reading.account(submission, vault=vault), fields, look=look)


def compared(account: Mapping[str, str], fields: Mapping[str, str], *, look: Look) -> Outcome:
    """Sort the details by whether these fields still hold them."""
    whole = _bare(" ".join(fields[name] for name in going_public.WORDS_OF_A_STORY))
    marked = _bare(" ".join(_marked(account["account"], look)))
    outcome = Outcome([], [])
    for detail in DETAILS:
        is_there = any(_bare(words) in whole for words in detail.told_by)
        is_marked = any(_bare(words) in marked for words in detail.told_by)
        (outcome.missed if is_there else outcome.found).append(Weighed(detail, is_marked))
    return outcome


def _marked(text: str, look: Look) -> list[str]:
    return [text[each.start : each.end] for each in look(text)]


def _bare(text: str) -> str:
    """The words of a text between spaces, so that "Meg" isn't in "Megan"."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _row(person: Any, queue: QueueKey) -> Submission:
    """A row like any other, but with its owner, a date of its own, and no code that opens it."""
    pair, row_id = sealing.new_pair(), uuid.uuid4()
    submission = Submission(
        id=row_id,
        look_up_id=receipts.look_up_id(receipts.new_code(), pepper=settings.RECEIPT_PEPPER),
        week=lifecycle.this_week(),
        erase_on=lifecycle.today() + LASTS,
        public_key=pair.public,
        key_for_queue=intake.for_queue(pair.private, queue, row_id),
        queue_epoch=queue,
        practice_for=person,
    )
    submission.labels = labels.seal(submission, ACCOUNT, ANSWERS)
    return submission
