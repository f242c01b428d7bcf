"""The code of a take-down request: what it finds, where that stands, and the answer that only it opens."""

import contextlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings

from stories import lifecycle
from stories.models import Story, TakeDownRequest
from stories.telling import receipts, sealed_store, sealing
from stories.telling.errors import DoesNotOpen, UnreadableCode


@dataclass(frozen=True)
class OpenedRequest:
    """A request with the private half of its own key, which opens the answer."""

    request: TakeDownRequest
    private: bytes = field(repr=False)


@dataclass(frozen=True)
class Standing:
    """Where a request stands, for its page; of the days each is None where there is none to tell."""

    is_settled: bool
    is_live: bool
    answer: str
    story_url: str
    erase_on: date
    due_on: date | None = None
    is_late: bool = False


def columns(code: str, request_id: UUID) -> dict[str, bytes]:
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


def opens(request: TakeDownRequest, code: str) -> bool:
    """True if this is the code of that request."""
    return request.look_up_id is not None and bytes(request.look_up_id) == receipts.look_up_id(
        code, pepper=settings.RECEIPT_PEPPER
    )


def find(code: str) -> OpenedRequest | None:
    """Return the request that `code` opens, or None; a code that can't be one opens nothing either."""
    with contextlib.suppress(UnreadableCode, DoesNotOpen):
        look_up_id = receipts.look_up_id(code, pepper=settings.RECEIPT_PEPPER)
        wrapping = receipts.wrapping_key(code, pepper=settings.RECEIPT_PEPPER)
        request = TakeDownRequest.objects.select_related("story").filter(look_up_id=look_up_id).first()
        if request is not None and request.key_under_code:
            place = sealed_store.request_key_place(request.pk)
            return OpenedRequest(request, sealing.unlock_key(request.key_under_code, under=wrapping, place=place))
    return None


def standing(opened: OpenedRequest) -> Standing:
    """Say where the request stands, with the answer if a moderator wrote one."""
    request = opened.request
    is_live = request.story.status == Story.Status.LIVE
    return Standing(
        is_settled=request.settled_on is not None,
        is_live=is_live,
        answer=sealed_store.answer_opened(request, private=opened.private),
        story_url=request.story.get_absolute_url() if is_live else "",
        erase_on=erase_on(request),
        due_on=request.due_on,
        is_late=request.due_on is not None and request.due_on < lifecycle.today(),
    )


def erase_on(request: TakeDownRequest) -> date:
    """The day on which its words, its answer and its code go: 30 days after it was settled, or 90 undecided."""
    if request.settled_on is None:
        return request.week + timedelta(days=lifecycle.DAYS_UNDECIDED)
    return request.settled_on + timedelta(days=lifecycle.DAYS_AFTER_DECISION)
