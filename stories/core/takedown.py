"""The ways down for a story; each is public at once, because each begins a new edition."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal
from django_stubs_ext import StrPromise

from stories.core import agreed_text, faults, journal, lifecycle, snapshot
from stories.models import Story, TakeDownRequest
from stories.models.take_down import OF_FORCES

# Sent once a story is gone for good, in the same transaction: what was said of that story alone goes with it.
removed = Signal()
# Sent once that is committed: the database still holds what was deleted.
removal_committed = Signal()
logger = logging.getLogger(__name__)


@transaction.atomic
def hide_story(story: Story, *, by_request: bool = False) -> None:
    """Take a story off every page, keeping its agreed words so that it can be put back."""
    row = Story.objects.select_for_update().get(pk=story.pk)
    if row.status not in (Story.Status.LIVE, Story.Status.AGREED):
        return
    was_public = row.status == Story.Status.LIVE
    row.status = Story.Status.HIDDEN
    row.hidden_by_request = by_request
    row.save(update_fields=["status", "hidden_by_request"])
    journal.note_deed("down", row.pk)
    story.status = row.status
    if was_public:
        snapshot.invalidate(only_stories=True)


@transaction.atomic
def withhold_story(story: Story) -> None:
    """Take a story down for a legal objection, and have its address say that, and no more."""
    hide_story(story)
    row = Story.objects.select_for_update().get(pk=story.pk)
    if row.status != Story.Status.HIDDEN:
        return
    # It isn't a stranger's request alone that keeps it down from here on.
    row.is_withheld, row.hidden_by_request = True, False
    row.save(update_fields=["is_withheld", "hidden_by_request"])
    snapshot.invalidate(only_stories=True)


@transaction.atomic
def stop_story(story: Story, *, wish: str) -> None:
    """Hide a story whose contributor wants another text than was agreed: from here on nobody can put it back.

    `wish` is one of `lifecycle.WISHES`; the same twice is once.
    """
    if not lifecycle.wants_a_change(story.submission, since="agree"):
        lifecycle.record_event(story.submission, wish)
    journal.note_deed("stopped", story.pk, story.digest)
    hide_story(story)


@transaction.atomic
def hide_all_stories() -> int:
    """Take every story off the site and out of the batch in one statement; returns how many. Two put each back.

    After a restore without a journal, when nobody can say which of them somebody took back.
    """
    is_up = Q(status__in=(Story.Status.LIVE, Story.Status.AGREED))
    one_puts_back = Q(status=Story.Status.HIDDEN, hidden_by_request=True)
    count = Story.objects.filter(is_up | one_puts_back).update(status=Story.Status.HIDDEN, hidden_by_request=False)
    snapshot.start_over(recount=True)
    return count


@transaction.atomic
def follow_choices(story: Story, *, publish: bool, quote: bool, training: bool) -> None:
    """Have a story follow at once what its contributor allows now; without `publish` it comes off every page."""
    row = Story.objects.select_for_update().get(pk=story.pk)
    was_public = row.status == Story.Status.LIVE or row.is_withheld
    row.may_publish, row.may_quote, row.may_train = publish, quote, training
    if not publish:
        # So that no single moderator puts it back, whoever took it down before.
        row.hidden_by_request = row.is_withheld = False
        if row.status in (Story.Status.LIVE, Story.Status.AGREED):
            row.status = Story.Status.HIDDEN
    row.save(update_fields=["may_publish", "may_quote", "may_train", "hidden_by_request", "is_withheld", "status"])
    # What isn't public begins no edition, whose time anybody can see.
    if was_public:
        snapshot.invalidate(only_stories=True)


@transaction.atomic
def remove_story(story: Story) -> None:
    """Take a story down for good and erase its words; its address stays, to say that it is gone."""
    row = Story.objects.select_for_update().get(pk=story.pk)
    was_public = row.status == Story.Status.LIVE or row.is_withheld
    journal.note_deed("removed", row.pk)
    row.status = Story.Status.REMOVED
    row.is_withheld = row.is_answered = False
    for name in (*agreed_text.TEXT_COLUMNS, "agreed", "salt", "digest"):
        setattr(row, name, "")
    row.force = row.outcome = row.year = None
    row.save()
    # That a force objected, its clock and what came of it stay.
    forget_other_forces(row)
    TakeDownRequest.objects.filter(story=row, ground__in=OF_FORCES).update(box=b"", queue_epoch=None)
    try:
        # A fault there keeps no story up, and nobody from taking theirs back: the night looks for what is left.
        with transaction.atomic():
            removed.send(sender=None)
    except Exception as error:
        logger.error("What was said of a story that is gone stays until the night: %s", faults.Fault(error))
    # Of its words, and of those that went with them: what they sent may have been erased long before.
    transaction.on_commit(lambda: removal_committed.send(sender=None), robust=True)
    if was_public:
        snapshot.invalidate(only_stories=True)


def forget_other_forces(story: Story) -> None:
    """Take out of a story's objections each force that it doesn't show; their boxes go on saying it."""
    TakeDownRequest.objects.filter(story=story).exclude(force=story.force_id).update(force=None)


@dataclass(frozen=True)
class Quoting:
    """A place that quotes or links to a story: its title, an address to open, and whether the public sees it."""

    title: StrPromise | str
    address: str
    is_public: bool = True


_finders: list[Callable[[Story], Iterable[Quoting]]] = []
# Have a function find more of the places; call it while the apps get ready.
register_quotes = _finders.append


def quoting_places(story: Story) -> list[Quoting]:
    """Every place that is known to quote or link to this story, those that the public sees first."""
    found = [place for find in _finders for place in find(story)]
    return sorted(found, key=lambda place: not place.is_public)
