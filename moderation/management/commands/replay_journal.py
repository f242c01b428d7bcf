"""`manage.py replay_journal FOLDER`: after a restore, take back again what was taken back since the backup.

Reads the files of a journal, or with `-` what `journal_copy` wrote, from standard input. Each deed has a transaction of
its own, and what is done already is left alone, so it can run twice. Ends with how many of each kind, and no more.
"""

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from wagtail.models import Page

from moderation.models import PutBack
from stories.core import journal, lifecycle, takedown
from stories.core.journal import entry_of
from stories.intake import changes, coming_back, retention
from stories.intake.coming_back import LEAST, Opened
from stories.models import Response, SealedText, Story, Submission

# Why an event is there that nobody's deed left: the team reads that it came of a restore.
RESTORED = "restored"
logger = logging.getLogger(__name__)
# It says whether there was anything to do.
Deed = Callable[[], bool]


class Command(BaseCommand):
    help = "Withdraw, erase, take down and hold back again what the journal says, in a database that was restored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("journal", help="the folder with its files, or - for a copy on standard input")
        told = "the day of the backup, such as 2026-03-01: what is older is in it, and is left as it stands there"
        parser.add_argument("--since", type=date.fromisoformat, default=date.min, help=told)

    def handle(self, *args: object, **options: object) -> None:
        done: Counter[str] = Counter()
        failed = 0
        entries = _read_entries(str(options["journal"]), since=options["since"])
        for kind, deed in list(_deeds_in(entries)):
            try:
                done[kind] += deed()
            except Exception as error:
                failed += 1
                logger.error("Not done again (%s): %s", kind, type(error).__name__)
        # A restore of an older backup needs them too.
        journal.add_entries(entries)
        for kind, many in sorted(done.items()):
            self.stdout.write(f"{kind}: {many}")
        if failed:
            raise CommandError(f"{failed} could not be done again; the log says why. Run it again before you open.")


def _read_entries(place: str, *, since: object) -> set[bytes]:
    try:
        is_copy = place == "-"
        days = journal.read_copy(sys.stdin.buffer.read()) if is_copy else journal.read_folder(Path(place))
    except (journal.Unreadable, OSError):
        raise CommandError("This is no journal. Name the folder with its files, or give a whole copy to “-”.") from None
    return set().union(*(entries for day, entries in days.items() if day >= since))  # type: ignore[operator]


def _deeds_in(entries: set[bytes]) -> Iterator[tuple[str, Deed]]:
    """Each deed that these entries tell of, as far as the database knows its row; withdrawing comes first."""
    for pk in Submission.objects.values_list("pk", flat=True):
        for kind, deed in _OF_SUBMISSIONS.items():
            if entry_of(kind, pk) in entries:
                yield kind, partial(deed, pk)
        for name in LEAST:
            if entry_of("less", pk, name) in entries:
                yield "less", partial(_choose_less, pk, name)
    for pk, digest in Story.objects.values_list("pk", "digest"):
        for kind, on_story in _OF_STORIES.items():
            ids = (pk, digest) if kind in ("stopped", "changed") else (pk,)
            if entry_of(kind, *ids) in entries:
                yield kind, partial(_on_story, pk, on_story)
    kinds = (SealedText.Kind.ACCOUNT, SealedText.Kind.MESSAGE)
    for pk in SealedText.objects.filter(kind__in=kinds).values_list("pk", flat=True):
        if entry_of("replaced", pk) in entries:
            yield "replaced", partial(_let_go, pk)
    for kind, public in (("answer", Response.public.all()), ("page", Page.objects.live())):
        for row in public:
            if entry_of(kind, row.pk) in entries:
                yield kind, partial(_unpublish, row)


def _withdraw(pk: UUID) -> bool:
    row = Submission.objects.get(pk=pk)
    is_new = row.status != Submission.Status.WITHDRAWN
    if is_new:
        retention.withdraw_submission(Opened(row, b""))
    return is_new


@transaction.atomic
def _erase(pk: UUID) -> bool:
    # Something may have gone with an earlier one, as the row of a draft does.
    if not Submission.objects.filter(pk=pk, erased_on=None).update(erase_on=lifecycle.today()):
        return False
    return bool(retention.erase_when_due(pk, lifecycle.today()))


@transaction.atomic
def _choose_less(pk: UUID, name: str) -> bool:
    """Have a story follow, and where there is none yet, say in an event what the sealed answers don't."""
    row, story = lifecycle.lock_both(pk)
    column = changes.OF_A_STORY.get(name, "")
    if story is not None and story.status != Story.Status.REMOVED and getattr(story, column, False):
        now = {each: getattr(story, each) and each != column for each in changes.OF_A_STORY.values()}
        takedown.follow_choices(story, publish=now["may_publish"], quote=now["may_quote"], training=now["may_train"])
    elif row.status not in lifecycle.UNDECIDED or name in coming_back.choices_taken_back(coming_back.changes_of(row)):
        return False
    if not row.is_erased:
        lifecycle.record_event(row, "consents", reason=name)
        changes.back_to_the_first_reader(row)
    return True


@transaction.atomic
def _on_story(pk: UUID, deed: Callable[[Story], bool]) -> bool:
    row = Story.objects.select_for_update().get(pk=pk)
    return row.status != Story.Status.REMOVED and deed(row)


def _remove(story: Story) -> bool:
    takedown.remove_story(story)
    return True


def _stop(story: Story) -> bool:
    """Its contributor wanted another text: nobody puts this one back."""
    is_new = not lifecycle.wants_a_change(story.submission, since="agree")
    takedown.stop_story(story, wish="ask for a change")
    return is_new


def _hold_back(story: Story) -> bool:
    """Keep it down until two have agreed to put it back; a wish of before counts for neither of them."""
    is_up = story.status != Story.Status.HIDDEN or story.hidden_by_request
    PutBack.objects.filter(story=story).delete()
    takedown.hide_story(story)
    Story.objects.filter(pk=story.pk).update(hidden_by_request=False)
    if is_up:
        lifecycle.record_event(story.submission, "take down", reason=RESTORED)
    return is_up


@transaction.atomic
def _let_go(pk: UUID) -> bool:
    """Erase a message that its writer took back; have the team ask about words that were changed unread."""
    text = SealedText.objects.select_related("submission").get(pk=pk)
    if text.kind == SealedText.Kind.MESSAGE:
        text.delete()
        transaction.on_commit(retention.scrub_database, robust=True)
    elif text.submission.events.filter(reason=RESTORED).exists():
        return False
    else:
        lifecycle.record_event(text.submission, "ask for a change", reason=RESTORED)
    return True


def _unpublish(row: Response | Page) -> bool:
    row.refresh_from_db()
    if row.live:
        row.specific.unpublish() if isinstance(row, Page) else row.unpublish()
    return True


_OF_SUBMISSIONS: dict[str, Callable[[UUID], bool]] = {"withdrawn": _withdraw, "erased": _erase}
_OF_STORIES: dict[str, Callable[[Story], bool]] = {
    **{"removed": _remove, "stopped": _stop},
    **{"changed": _hold_back, "down": _hold_back},
}
