"""Asking that a story come down: without a code, and where it says who somebody is, at once."""

import re
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from stories import danger
from stories.core import dates, disk_space, lifecycle, retention_days, sealed_store, takedown
from stories.crypto import receipts, sealing
from stories.crypto.sealing import DoesNotOpen, UnreadableCode
from stories.intake import labels, receive
from stories.models import LastRun, Story, TakeDownRequest
from stories.models.take_down import OF_FORCES


@dataclass(frozen=True)
class OpenedRequest:
    """A request with the private half of its own key, which opens the answer."""

    request: TakeDownRequest
    private: bytes = field(repr=False)


def code_columns(code: str, request_id: uuid.UUID) -> dict[str, bytes]:
    """Return what a row keeps for a fresh code: by what it is found, and a new key locked under it."""
    pair = sealing.new_pair()
    wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
    return {
        "look_up_id": receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER),
        "public_key": pair.public,
        "key_under_code": sealing.lock_key(
            pair.private, under=wrapping, place=sealed_store.request_key_place(request_id)
        ),
    }


def open_request(code: str) -> OpenedRequest | None:
    """Return the request that `code` opens, or None; a code that can't be one opens nothing either."""
    with suppress(UnreadableCode, DoesNotOpen):
        look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
        wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
        request = TakeDownRequest.objects.select_related("story").filter(look_up_id=look_up_id).first()
        if request is not None and request.key_under_code:
            place = sealed_store.request_key_place(request.pk)
            return OpenedRequest(request, sealing.unlock_key(request.key_under_code, under=wrapping, place=place))
    return None


def request_standing(opened: OpenedRequest) -> dict[str, object]:
    request = opened.request
    is_live = request.story.status == Story.Status.LIVE
    return {
        "is_settled": request.settled_on is not None,
        "is_live": is_live,
        "answer": sealed_store.answer_opened(request, private=opened.private),
        "story_url": request.story.get_absolute_url() if is_live else "",
        "erase_on": request_erased_on(request),
        "due_on": request.due_on,
        "is_late": request.due_on is not None and request.due_on < lifecycle.today(),
    }


def request_erased_on(request: TakeDownRequest) -> date:
    """The day on which its words, its answer and its code go: 30 days after it was settled, or 90 undecided."""
    if request.settled_on is None:
        return retention_days.erased_undecided(request.week)
    return retention_days.erased_after_decision(request.settled_on)


HIDE_AT_ONCE = (TakeDownRequest.Ground.ABOUT_ME, TakeDownRequest.Ground.IDENTIFIES)
# So that nobody can empty the site in an afternoon; the fourth of a day waits for a moderator.
MOST_A_DAY = 3
# Unsettled requests that did not hide a story. Past it chance decides, and those over a limit go first.
MOST_WAITING = 1_000
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_SLUG = re.compile(r"(?:^|/)([0-9a-z]{12})(?:[/?#]|$)")


class TooManyWait(RuntimeError):
    """More requests wait than can be kept, and chance let go of this one; nothing was done."""


class Asked(NamedTuple):
    story: Story
    ground: str
    words: str = ""


def find_story(typed: str) -> Story | None:
    """Return the story that an address or its last part names, if it is or was on the site."""
    slug = _SLUG.search(typed.strip().lower())
    return Story.objects.filter(slug=slug[1]).exclude(sequence=None).first() if slug else None


@disk_space.with_reserve
@transaction.atomic
def ask_to_take_down(asked: Asked, *, request_id: uuid.UUID, code: str = "", is_flood: bool = False) -> TakeDownRequest:
    """Keep the request, and hide the story if its ground says so; the same `request_id` again does nothing more.

    `code` is the one that will open the answer. Where there is no key to seal the words to, the
    request is kept without them: hiding a story can't wait for that. Raises `TooManyWait`.
    """
    queue = receive.queue_key()
    story = Story.objects.select_for_update().get(pk=asked.story.pk)
    if known := TakeDownRequest.objects.filter(pk=request_id).first():
        return known
    hides = not is_flood and _may_hide(story, asked.ground)
    if hides:
        takedown.hide_story(story, by_request=True)
        lifecycle.record_event(story.submission, "hide by request")
    words, to = asked.words.strip(), bytes(queue.public) if queue else b""
    request = TakeDownRequest.objects.create(
        id=request_id,
        story=story,
        ground=asked.ground,
        week=lifecycle.this_week(),
        hid_the_story=hides,
        is_flood=is_flood,
        box=sealed_store.request_sealed({"text": words}, to=to, request_id=request_id) if words and to else b"",
        queue_epoch=queue,
        due_on=dates.due_on(lifecycle.today()),
        **(code_columns(code, request_id) if code else {}),
    )
    if queue is not None:
        receive.refuse_if_rotated(queue)
    _make_room_for(request)
    labels.mark_words(danger.scan_for_danger(asked.words), is_flood=is_flood)
    return request


def _make_room_for(request: TakeDownRequest) -> None:
    """Ids are random, so the lowest thousand are a fair draw, as in the flood tray."""
    waiting = TakeDownRequest.objects.filter(settled_on__isnull=True, hid_the_story=False).exclude(ground__in=OF_FORCES)
    if request.hid_the_story or waiting.count() <= MOST_WAITING:
        return
    over = list(waiting.order_by("is_flood", "id").values_list("pk", flat=True)[MOST_WAITING:])
    if request.pk in over:
        raise TooManyWait
    TakeDownRequest.objects.filter(pk__in=over).delete()


def _may_hide(story: Story, ground: str) -> bool:
    """Once for each story: what two people agreed on and one put back isn't hidden by a stranger again.

    And while one of the day's places is free. A request itself keeps no day, only its week; so the count is
    three rows that say on which day each place was last taken: the day alone, and not for which story.
    """
    if ground not in HIDE_AT_ONCE or story.status != Story.Status.LIVE:
        return False
    if TakeDownRequest.objects.filter(story=story, hid_the_story=True).exists():
        return False
    midnight = timezone.make_aware(datetime.combine(lifecycle.today(), time.min))
    names = [f"hide by request {number}" for number in range(1, MOST_A_DAY + 1)]
    LastRun.objects.bulk_create([LastRun(name=name, at=_LONG_AGO) for name in names], ignore_conflicts=True)
    # Each update looks again at the day that it replaces, so two at once never take the same place.
    return any(LastRun.objects.filter(name=name, at__lt=midnight).update(at=midnight) for name in names)
